package org.unblend.io.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.Untrained;
import org.unblend.io.json.BadInput;
import org.unblend.model.RowStatus;

class EmulatorFileTest {
    @TempDir
    Path directory;

    private Path written() throws IOException {
        Path file = directory.resolve("e.json");
        EmulatorFile.write(Untrained.lines("CO", 4), file);
        return file;
    }

    @Test
    void whatIsReadIsWhatWasWrittenInSinglePrecision() throws IOException {
        Emulator e = Untrained.lines("CO", 4);
        Emulator back = EmulatorFile.read(written());
        double[] in = {20, 1e5, 1e15, 290, 1e3, 1e18};
        double[] a = new double[6];
        double[] b = new double[6];
        e.evaluate(in, a, new RowStatus[2], 2);
        back.evaluate(in, b, new RowStatus[2], 2);
        for (int i = 0; i < 6; i++) {
            assertEquals(a[i], b[i], 1e-5 * (Math.abs(a[i]) + 0.03));
        }
        e.errors(in, a, 2);
        back.errors(in, b, 2);
        assertArrayEquals(a, b, 1e-5);
        assertEquals(e.card(), back.card());
        assertEquals(e.domain(), back.domain());
        assertEquals(e.outputs(), back.outputs());
        // Once rounded, weights come back exactly.
        Path again = directory.resolve("again.json");
        EmulatorFile.write(back, again);
        assertEquals(back.fingerprint(), EmulatorFile.read(again).fingerprint());
        assertEquals(Files.readString(written()), Files.readString(again));
    }

    private void refused(String from, String to, String code, String reason) throws IOException {
        Path file = written();
        String text = Files.readString(file);
        String changed = text.replaceFirst(from, to);
        assertTrue(!changed.equals(text), from);
        Files.writeString(file, changed);
        String message =
                assertThrows(BadInput.class, () -> EmulatorFile.read(file)).getMessage();
        assertTrue(message.contains(code) && message.contains(reason), message);
    }

    @Test
    void damageIsNoticed() throws IOException {
        refused("\"float32_le\" : \"...", "\"float32_le\" : \"AAA", "E003", "checksum");
        refused("\"float32_le\" : \".", "\"float32_le\" : \"*", "E003", "no base64");
        refused("\"float32_le\" : \"....", "\"float32_le\" : \"", "E003", "weights, but the text holds");
        refused("\"outputs\" : 9", "\"outputs\" : 8", "E003", "bytes");
        refused("\"inputs\" : 3", "\"inputs\" : 0", "E001", "'inputs' is 0");
        refused("silu", "sulu", "E002", "no activation is called 'sulu'");
        refused("\"asinh\"", "\"asin\"", "E006", "no scale is called 'asin'");
        refused("emulator/1", "emulator/2", "J007", "emulator/2");
        refused("\"low\" : 5.0", "\"low\" : -5.0", "E007", "interval of 'tkin'");
        refused("\"sd\" : 3.0", "\"sd\" : 0", "E005", "cannot be learnt");
        refused("\"card\"|\"source\"", "\"sauce\"", "J008", "'source' is missing");
    }

    @Test
    void halfAFileIsNoEmulator() throws IOException {
        Path file = written();
        String text = Files.readString(file);
        Files.writeString(file, text.substring(0, text.length() / 2));
        assertThrows(BadInput.class, () -> EmulatorFile.read(file));
        assertThrows(BadInput.class, () -> EmulatorFile.read(directory.resolve("none.json")));
    }
}
