package org.unblend.cli.validate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.unblend.io.AtomicFile;

/**
 * Trials that are finished, a line each in a file, so that hours of work survive an interruption and the numbers behind a
 * table can be seen. Trials of another program are dropped. Threads may add trials at the same time.
 */
final class KeptTrials {
    private static final String HEADER = "problem,seed,log_z,error,ess,evaluations,cpu_s,refined,warned";

    private final Path file;
    private final Map<String, SeedScores.Trial> trials = new ConcurrentHashMap<>();

    /**
     * Reads what was kept.
     *
     * @param file is made, or made anew where it belongs to another program
     * @param program digest of the program
     */
    KeptTrials(Path file, String program) throws IOException {
        this.file = file;
        String head = "# program " + program + "\n" + HEADER + "\n";
        String text = Files.exists(file) ? Files.readString(file) : "";
        // A line that was cut off by an interruption is dropped.
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        if (!whole.startsWith(head)) {
            AtomicFile.write(file, head);
            return;
        }
        for (String line : whole.substring(head.length()).lines().toList()) {
            read(line.split(","));
        }
        if (whole.length() < text.length()) {
            AtomicFile.write(file, whole);
        }
    }

    private void read(String[] cells) {
        trials.put(
                key(cells[0], Integer.parseInt(cells[1])),
                new SeedScores.Trial(
                        Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4]),
                        Long.parseLong(cells[5]),
                        Double.parseDouble(cells[6]),
                        Boolean.parseBoolean(cells[7]),
                        Boolean.parseBoolean(cells[8])));
    }

    /** The trial of this problem with this seed, if it was kept. */
    Optional<SeedScores.Trial> find(String problem, int seed) {
        return Optional.ofNullable(trials.get(key(problem, seed)));
    }

    /** Keeps a trial. */
    synchronized void add(String problem, int seed, SeedScores.Trial t) {
        trials.put(key(problem, seed), t);
        List<?> cells =
                List.of(problem, seed, t.logZ(), t.error(), t.ess(), t.evaluations(), t.cpu(), t.refined(), t.warned());
        String line = String.join(",", cells.stream().map(Object::toString).toList()) + "\n";
        try {
            Files.write(file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String key(String problem, int seed) {
        return problem + "," + seed;
    }
}
