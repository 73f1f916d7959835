package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFileTest {
    private static final double[] FIRST = {1, 2, 3};
    private static final double[] SECOND = {4, 5};

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve("journal.bin");
        try (JournalFile journal = JournalFile.open(file, "key")) {
            assertFalse(journal.resumed());
            assertEquals(-1, journal.replay(FIRST, new double[3], 3));
            journal.record(FIRST, new double[] {-1, Double.NEGATIVE_INFINITY, -3}, 3, 1);
            journal.record(SECOND, new double[] {-4, -5}, 2, 0);
        }
    }

    @Test
    void givesBackWhatWasRecordedThenGoesOn() throws IOException {
        try (JournalFile journal = JournalFile.open(file, "key")) {
            assertTrue(journal.resumed());
            double[] logL = new double[3];
            assertEquals(1, journal.replay(FIRST, logL, 3));
            assertArrayEquals(new double[] {-1, Double.NEGATIVE_INFINITY, -3}, logL);
            assertEquals(0, journal.replay(SECOND, logL, 2));
            assertArrayEquals(new double[] {-4, -5, -3}, logL);
            assertEquals(-1, journal.replay(FIRST, logL, 3));
            journal.record(FIRST, logL, 3, 0);
        }
        assertEquals(3, records());
    }

    @Test
    void cutsOffATornRecordWhereverItTore() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        int second = 16 + 8 * 2;
        for (int lost = 1; lost <= second; lost++) {
            Files.write(file, Arrays.copyOf(whole, whole.length - lost));
            assertEquals(1, records(), lost + " bytes lost");
            assertEquals(whole.length - second, Files.size(file));
        }
    }

    @Test
    void cutsOffARecordWithAFlippedBit() throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 7] ^= 4;
        Files.write(file, bytes);
        assertEquals(1, records());
    }

    @Test
    void startsOverWhenEvenTheHeaderIsTorn() throws IOException {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 5));
        assertEquals(0, records());
    }

    @Test
    void refusesAnotherKey() {
        assertThrows(JournalFile.ForeignJournal.class, () -> JournalFile.open(file, "kez"));
        assertThrows(JournalFile.ForeignJournal.class, () -> JournalFile.open(file, "ke"));
    }

    @Test
    void refusesToBeOpenTwice() throws IOException {
        try (JournalFile journal = JournalFile.open(file, "key")) {
            assertTrue(journal.resumed());
            assertThrows(JournalFile.Busy.class, () -> JournalFile.open(file, "key"));
        }
    }

    @Test
    void refusesOtherPoints() throws IOException {
        try (JournalFile journal = JournalFile.open(file, "key")) {
            double[] logL = new double[3];
            assertThrows(IllegalStateException.class, () -> journal.replay(new double[] {1, 2, 3.0000001}, logL, 3));
            assertThrows(IllegalStateException.class, () -> journal.replay(SECOND, logL, 2));
        }
    }

    private int records() throws IOException {
        try (JournalFile journal = JournalFile.open(file, "key")) {
            int n = 0;
            double[] logL = new double[3];
            while (journal.replay(n == 1 ? SECOND : FIRST, logL, n == 1 ? 2 : 3) >= 0) {
                n++;
            }
            return n;
        }
    }
}
