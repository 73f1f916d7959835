package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.unblend.io.json.BadInput;

class MatrixDataTest {

    private static void refused(int rows, int columns, long memory) {
        MatrixOptions options = new MatrixOptions();
        options.matrix = Path.of("X.mtx");
        BadInput e = assertThrows(BadInput.class, () -> MatrixData.checkMemory(options, rows, columns, memory));
        assertEquals("X052", e.mistakes().get(0).code());
    }

    @Test
    void matricesThatMemoryCannotHoldAreRefused() {
        refused(20_000, 5_000, 4_000_000_000L);
        refused(100_000, 100_000, Long.MAX_VALUE);
        assertDoesNotThrow(() -> MatrixData.checkMemory(new MatrixOptions(), 2000, 2000, 1_000_000_000L));
    }
}
