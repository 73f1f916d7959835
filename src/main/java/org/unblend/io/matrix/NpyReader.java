package org.unblend.io.matrix;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.math.Dense;

/**
 * Arrays of one or two dimensions as numpy saves them (format versions 1 to 3), of type f4, f8, i4 or i8, in either byte
 * order, by rows or by columns. An array of one dimension is read as one column.
 */
final class NpyReader {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([<>=|])([a-z]\\d+)'");
    private static final Pattern FORTRAN = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE =
            Pattern.compile("'shape'\\s*:\\s*\\(\\s*(\\d+)\\s*(?:,\\s*(\\d+)\\s*)?,?\\s*\\)");
    private static final int LONGEST_HEADER = 1 << 20;

    private NpyReader() {}

    static LabelledMatrix read(Path file, boolean missing) throws IOException {
        try (InputStream raw = Bytes.of(file);
                DataInputStream in = new DataInputStream(raw)) {
            String header = header(file, in);
            Matcher type = match(file, TYPE, header, "is no plain array");
            Matcher fortran = match(file, FORTRAN, header, "has no order");
            Matcher shape = match(file, SHAPE, header, "has neither one nor two dimensions");
            if (!Set.of("f4", "f8", "i4", "i8").contains(type.group(2))) {
                throw bad(file, "has type " + type.group(2), "save it as float64");
            }
            long rows = Long.parseLong(shape.group(1));
            long columns = shape.group(2) == null ? 1 : Long.parseLong(shape.group(2));
            if (rows == 0 || columns == 0 || rows > Integer.MAX_VALUE || columns > Integer.MAX_VALUE) {
                throw bad(file, "has shape " + rows + " x " + columns, "give at least one entry");
            }
            boolean byColumn = fortran.group(1).equals("True");
            ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            int lines = (int) (byColumn ? columns : rows);
            int length = (int) (byColumn ? rows : columns);
            double[][] stored = new double[lines][];
            for (int i = 0; i < lines; i++) {
                stored[i] = line(file, in, type.group(2), order, length);
            }
            Dense x = byColumn ? Dense.of(stored).transpose() : Dense.of(stored);
            for (int i = 0; i < x.rows(); i++) {
                for (int j = 0; j < x.columns(); j++) {
                    MatrixReader.checked(file, x.get(i, j), i, j, missing);
                }
            }
            return LabelledMatrix.unnamed(x);
        } catch (EOFException e) {
            throw bad(file, "ends too early", "save it again");
        }
    }

    private static String header(Path file, DataInputStream in) throws IOException {
        byte[] start = new byte[8];
        in.readFully(start);
        if (!Arrays.equals(MAGIC, Arrays.copyOf(start, 6)) || start[6] < 1 || start[6] > 3) {
            throw bad(file, "is no NPY file of version 1 to 3", "save it with numpy.save");
        }
        int length = start[6] == 1
                ? Short.toUnsignedInt(Short.reverseBytes(in.readShort()))
                : Integer.reverseBytes(in.readInt());
        if (length < 0 || length > LONGEST_HEADER) {
            throw bad(file, "has a header of " + length + " bytes", "save it again");
        }
        byte[] header = new byte[length];
        in.readFully(header);
        return new String(header, StandardCharsets.UTF_8);
    }

    private static double[] line(Path file, DataInputStream in, String type, ByteOrder order, int length)
            throws IOException {
        int width = type.charAt(1) - '0';
        if ((long) length * width > Integer.MAX_VALUE) {
            throw bad(file, "has lines of " + length + " entries", "save it transposed");
        }
        byte[] bytes = new byte[length * width];
        in.readFully(bytes);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        double[] line = new double[length];
        for (int j = 0; j < length; j++) {
            line[j] = switch (type) {
                case "f4" -> buffer.getFloat();
                case "f8" -> buffer.getDouble();
                case "i4" -> buffer.getInt();
                default -> buffer.getLong();
            };
        }
        return line;
    }

    private static Matcher match(Path file, Pattern pattern, String header, String otherwise) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            throw bad(file, otherwise, "save an array of one or two dimensions and of type float64");
        }
        return matcher;
    }

    private static BadInput bad(Path file, String reason, String remedy) {
        return new BadInput("X020", Place.of(file), reason, remedy);
    }
}
