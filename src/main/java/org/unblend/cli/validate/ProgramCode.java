package org.unblend.cli.validate;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The compiled program, to tell whether results kept from earlier were made by the same one. */
final class ProgramCode {
    private ProgramCode() {}

    /**
     * A digest of all classes of some packages and of those below them.
     *
     * @param packages names such as {@code nested}, below {@code org.unblend}
     * @return 16 hexadecimal digits; another compiler may give others for the same source
     */
    static String digest(List<String> packages) throws IOException {
        try {
            Path place = Path.of(ProgramCode.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(place)) {
                return digest(place, packages);
            }
            try (FileSystem jar = FileSystems.newFileSystem(place)) {
                return digest(jar.getPath("/"), packages);
            }
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static String digest(Path root, List<String> packages) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String name : packages) {
                try (Stream<Path> files = Files.walk(root.resolve("org/unblend/" + name))) {
                    for (Path file : files.filter(f -> f.toString().endsWith(".class"))
                            .sorted()
                            .toList()) {
                        digest.update(Files.readAllBytes(file));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
