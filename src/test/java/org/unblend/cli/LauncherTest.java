package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher tells what is missing before it builds or starts anything. */
class LauncherTest {
    @TempDir
    Path directory;

    private String launch(Path javaHome, String path) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", Path.of("unblend").toAbsolutePath().toString(), "--help");
        builder.environment().remove("JAVA_HOME");
        if (javaHome != null) {
            builder.environment().put("JAVA_HOME", javaHome.toString());
        }
        builder.environment().put("PATH", path);
        Process process = builder.redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        assertEquals(3, process.exitValue(), printed);
        return printed;
    }

    /** A directory with the tools of the launcher and no java. */
    private String tools() throws IOException {
        Path bin = Files.createDirectories(directory.resolve("bin"));
        for (String tool : new String[] {"dirname", "readlink", "sed", "head", "find", "cat"}) {
            Path real = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin", tool) : Path.of("/bin", tool);
            Files.createSymbolicLink(bin.resolve(tool), real);
        }
        return bin.toString();
    }

    private Path jdk(String version) throws IOException {
        Path home = Files.createDirectories(directory.resolve("jdk"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(
                home.resolve("bin/java"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return home;
    }

    @Test
    void saysThatThereIsNoJava() throws IOException, InterruptedException {
        String printed = launch(null, tools());
        assertTrue(printed.contains("no Java found. Install Java 17 or newer"), printed);
    }

    @Test
    void saysThatJavaIsTooOld() throws IOException, InterruptedException {
        String printed = launch(jdk("11.0.2"), tools());
        assertTrue(printed.contains("Java 17 or newer is needed"), printed);
        assertTrue(printed.contains("is version 11"), printed);
    }
}
