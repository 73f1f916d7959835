package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two parts on separate features, matched with a table that names them. */
class FactorMatchTest {
    @TempDir
    Path directory;

    private Path data;

    @BeforeEach
    void write() throws IOException {
        data = Files.writeString(directory.resolve("x.csv"), ",s,t,u\na,6,0,3\nb,2,0,1\nc,0,4,2\nd,0,8,4\n");
    }

    private Cli factorise(String references) throws IOException {
        Path table = Files.writeString(directory.resolve("refs.csv"), references);
        return Cli.run("factorise", data, "--rank", 2, "--match", table, "--out", directory.resolve("out"));
    }

    @Test
    void everyPartGetsItsReference() throws IOException {
        Cli cli = factorise(",second,first\nd,2,0\nc,1,0\nb,0,1\na,0,3\n");
        assertEquals(0, cli.exit(), cli.err());
        List<String> lines = Files.readAllLines(directory.resolve("out/factors/match.csv"));
        assertEquals("component,reference,cosine", lines.get(0));
        List<String> w = Files.readAllLines(directory.resolve("out/factors/W.csv"));
        for (int k = 1; k <= 2; k++) {
            // A component that is large in feature a is the first.
            boolean first = Double.parseDouble(w.get(1).split(",")[k]) > 0.1;
            String[] cells = lines.get(k).split(",");
            assertEquals(first ? "first" : "second", cells[1]);
            assertEquals(1, Double.parseDouble(cells[2]), 1e-4);
        }
        assertTrue(cli.out().contains("matches first, cosine 1.000"), cli.out());
    }

    @Test
    void aPartMayBeLeftWithoutReference() throws IOException {
        Cli cli = factorise(",only\na,3\nb,1\nc,0\nd,0\n");
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("has no reference left"), cli.out());
    }

    @Test
    void aReferenceTableOfOtherFeaturesIsBadInput() throws IOException {
        Cli cli = factorise(",only\na,3\nb,1\nc,0\n");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("no row for the feature 'd'"), cli.err());
        assertFalse(Files.exists(directory.resolve("out")));
    }
}
