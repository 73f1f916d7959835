package org.unblend.io.matrix;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes matrices as numpy does (format version 1.0, little-endian f8, by rows). */
public final class NpyWriter {
    private NpyWriter() {}

    /** @param rows {@code [rows x columns]}, at least one row, all of the same length */
    public static void write(Path file, double[][] rows) throws IOException {
        String header =
                "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows.length + ", " + rows[0].length + "), }";
        // Magic, version, length and header with its line end fill a multiple of 64 bytes.
        header += " ".repeat(63 - (10 + header.length()) % 64) + "\n";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
            out.write(new byte[] {(byte) header.length(), (byte) (header.length() >> 8)});
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (double[] row : rows) {
                ByteBuffer bytes = ByteBuffer.allocate(8 * row.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asDoubleBuffer().put(row);
                out.write(bytes.array());
            }
        }
    }
}
