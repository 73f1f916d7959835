package org.unblend.radiative;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Finds molecules by name: among those that come with the program, or among the LAMDA files of a directory. Names are
 * compared in the spelling of LAMDA's files: lower case, with {@code +} written {@code p}, so {@code HCO+} and {@code
 * hcop} are one molecule.
 */
public final class MoleculeCatalog {
    /** One of the two is null. */
    private final BuiltInMolecules builtIn;

    private final Path directory;

    private MoleculeCatalog(BuiltInMolecules builtIn, Path directory) {
        this.builtIn = builtIn;
        this.directory = directory;
    }

    /** The molecules that come with the program; valid from 10 to 300 K. */
    public static MoleculeCatalog builtIn() {
        return new MoleculeCatalog(new BuiltInMolecules(), null);
    }

    /** The LAMDA files of a directory. */
    public static MoleculeCatalog lamda(Path directory) {
        return new MoleculeCatalog(null, directory);
    }

    /**
     * The molecule with this name.
     *
     * @throws IllegalArgumentException if there is none; the message lists those that there are
     * @throws IOException if its file cannot be read or is malformed ({@link LamdaFormatException})
     */
    public Molecule find(String name) throws IOException {
        String key = key(name);
        if (builtIn != null) {
            return builtIn.names().stream()
                    .filter(n -> key(n).equals(key))
                    .findFirst()
                    .flatMap(builtIn::find)
                    .orElseThrow(() -> unknown(name, "built-in molecules are " + builtIn.names()));
        }
        Path file = directory.resolve(key + ".dat");
        // A name is never a path that leads out of the directory.
        if (key.matches("[a-z0-9][a-z0-9@_.-]*") && Files.isRegularFile(file)) {
            return LamdaReader.read(file);
        }
        throw unknown(name, Files.isDirectory(directory) ? directory + " holds " + names() : directory + " is missing");
    }

    /** Names that {@link #find} knows, sorted. */
    public List<String> names() throws IOException {
        if (builtIn != null) {
            return builtIn.names().stream().sorted().toList();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".dat"))
                    .map(f -> f.substring(0, f.length() - ".dat".length()))
                    .sorted()
                    .toList();
        }
    }

    /** The spelling of LAMDA's file names: {@code HCO+} becomes {@code hcop}. */
    public static String key(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace('+', 'p');
    }

    private static IllegalArgumentException unknown(String name, String known) {
        return new IllegalArgumentException("no molecule '" + name + "': " + known
                + "; correct the name, or give a directory with the LAMDA file " + key(name) + ".dat");
    }
}
