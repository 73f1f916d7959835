package org.unblend.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;

/**
 * Where a run works until it is finished: a directory with the journal, beside the place of the result. Finishing
 * renames it into that place, so a result directory is whole or absent; an interrupted run leaves the workplace, and the
 * next one goes on there.
 */
public final class Workplace implements Closeable {
    private static final String JOURNAL = "journal.bin";

    private final Path directory;
    private final Path result;
    private final JournalFile journal;

    private Workplace(Path directory, Path result, JournalFile journal) {
        this.directory = directory;
        this.result = result;
        this.journal = journal;
    }

    /**
     * Opens the workplace of a result, which may have been left by an interrupted run.
     *
     * @param directory the workplace; made if missing
     * @param result where the result will lie; must not exist, or be empty
     * @param key what the run depends on, see {@link JournalFile#open}
     * @param fresh true to discard what an interrupted run left
     * @throws BadInput if the result exists, another run works there, or an interrupted one with another key
     */
    public static Workplace open(Path directory, Path result, String key, boolean fresh) throws IOException {
        if (Files.exists(result) && !(Files.isDirectory(result) && isEmpty(result))) {
            throw new BadInput(
                    "W001",
                    Place.of(result),
                    "already exists and is not an empty directory",
                    "choose another, or move it");
        }
        try {
            Files.createDirectories(directory);
        } catch (FileAlreadyExistsException e) {
            throw new BadInput("W002", Place.of(directory), "is not a directory", "choose another place with --out");
        } catch (IOException e) {
            throw new BadInput("W002", Place.of(directory), "cannot be made: " + e, "choose another place with --out");
        }
        if (fresh) {
            Files.deleteIfExists(directory.resolve(JOURNAL));
        }
        try {
            return new Workplace(directory, result, JournalFile.open(directory.resolve(JOURNAL), key));
        } catch (JournalFile.ForeignJournal e) {
            throw new BadInput(
                    "W003",
                    Place.of(directory),
                    "holds an interrupted run with another model, data, seed, setting or version",
                    "add --fresh to discard it, or run it with the files it was started with");
        } catch (JournalFile.Busy e) {
            throw new BadInput(
                    "W004",
                    Place.of(directory),
                    "another run is working there",
                    "wait for it, or choose another --out");
        }
    }

    /** Directory to write files into. */
    public Path directory() {
        return directory;
    }

    /** What was evaluated before, and where evaluations are recorded. */
    public JournalFile journal() {
        return journal;
    }

    /** Puts the finished result in its place; the workplace is gone afterwards. */
    public void finish() throws IOException {
        journal.close();
        Files.deleteIfExists(directory.resolve(JOURNAL));
        Files.deleteIfExists(result);
        Files.createDirectories(result.toAbsolutePath().getParent());
        Files.move(directory, result, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves an unfinished workplace for another try, unless nothing has been done in it. */
    @Override
    public void close() throws IOException {
        journal.close();
        if (journal.isEmpty() && Files.isDirectory(directory) && holdsJournalOnly()) {
            Files.deleteIfExists(directory.resolve(JOURNAL));
            Files.delete(directory);
        }
    }

    private boolean holdsJournalOnly() throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.allMatch(f -> f.getFileName().toString().equals(JOURNAL));
        }
    }

    /** Makes {@code link} a symbolic link to its sibling {@code target}, replacing an older link. */
    public static void link(Path link, Path target) throws IOException {
        Path fresh = link.resolveSibling("." + link.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try {
            Files.createSymbolicLink(fresh, target.getFileName());
        } catch (UnsupportedOperationException e) {
            return; // A file system without links has the dated directories alone.
        }
        Files.move(fresh, link, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> inside = Files.list(directory)) {
            return inside.findAny().isEmpty();
        }
    }
}
