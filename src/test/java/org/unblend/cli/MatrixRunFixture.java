package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/** A run file with a small matrix, and the verb that does the same. */
abstract class MatrixRunFixture {
    static final String TABLE = """
            ,a,b,c,d
            CO,2,1,5,0
            HCN,4,0,4,6
            CS,3,1,7,3
            """;

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        file("model.json", """
                {
                  "format": "model/1",
                  "name": "maps",
                  "axes": { "line": "open", "pixel": "open", "component": "open" },
                  "nodes": [
                    { "parameter": "W", "axes": ["line", "component"] },
                    { "parameter": "H", "axes": ["component", "pixel"] },
                    { "product": "mean", "left": "W", "right": "H" },
                    { "observe": "X", "axes": ["line", "pixel"], "normal": { "mean": "mean", "sd": 1 } }
                  ],
                  "priors": { "W": { "flat": { "low": 0 } }, "H": { "flat": { "low": 0 } } }
                }
                """);
        file("X.csv", TABLE);
        file("run.json", """
                {
                  "format": "run/1",
                  "model": "model.json",
                  "axes": { "component": 2 },
                  "data": {
                    "X": { "matrix": "X.csv", "rows": "line", "columns": "pixel" }
                  },
                  "want": ["point"],
                  "seed": 5
                }
                """);
    }

    Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    void edit(String name, String from, String to) throws IOException {
        String text = Files.readString(directory.resolve(name));
        assertTrue(text.contains(from), name + " does not contain " + from);
        file(name, text.replace(from, to));
    }

    Path run(String name) {
        Path out = directory.resolve(name);
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        return out;
    }

    Path factorise(String name, String matrix, Object... more) {
        Path out = directory.resolve(name);
        Object[] words = {"factorise", directory.resolve(matrix), "--rank", 2, "--seed", 5, "--out", out};
        Object[] all = new Object[words.length + more.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        Cli cli = Cli.run(all);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        return out;
    }

    static void assertSame(Path one, Path other) throws IOException {
        for (String name : List.of("factors/W.csv", "factors/H.csv", "summary.txt", "diagnosis.txt", "factors.svg")) {
            List<String> expected = Files.readAllLines(one.resolve(name)).stream()
                    .filter(l -> !l.startsWith("note: neither"))
                    .toList();
            assertEquals(expected, Files.readAllLines(other.resolve(name)), name);
        }
    }

    static Dense matrix(Path file) {
        return MatrixReader.read(file, false).values().dense();
    }

    void refused(String code, String place, String reason, String remedy) {
        Path out = directory.resolve("refused");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(place), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertTrue(cli.err().contains(remedy), cli.err());
        assertTrue(cli.err().contains("1 mistake;"), cli.err());
        assertFalse(Files.exists(out));
        assertFalse(Files.exists(directory.resolve("refused.unfinished")));
    }
}
