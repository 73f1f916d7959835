package org.unblend.io.matrix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.StringTokenizer;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;

/**
 * The Matrix Market exchange format (Boisvert, Pozo and Remington 1996, NISTIR 5935): coordinate matrices of type real,
 * integer or pattern become sparse, array matrices dense; general or symmetric. Entries given twice are added; zeros that the
 * file stores stay stored.
 */
final class MatrixMarketReader {
    private final Path file;
    private final BufferedReader in;
    private int line;
    private String text = "";

    private MatrixMarketReader(Path file, BufferedReader in) {
        this.file = file;
        this.in = in;
    }

    static LabelledMatrix read(Path file) throws IOException {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(Bytes.of(file), StandardCharsets.ISO_8859_1))) {
            return LabelledMatrix.unnamed(new MatrixMarketReader(file, in).matrix());
        }
    }

    private Matrix matrix() throws IOException {
        String first = in.readLine();
        line = 1;
        text = first == null ? "" : first;
        String[] banner = text.strip().toLowerCase(Locale.ROOT).split("\\s+");
        if (banner.length != 5 || !banner[0].equals("%%matrixmarket") || !banner[1].equals("matrix")) {
            throw bad("is no Matrix Market file", "begin with '%%MatrixMarket matrix coordinate real general'");
        }
        boolean coordinate = banner[2].equals("coordinate");
        boolean pattern = banner[3].equals("pattern");
        boolean symmetric = banner[4].equals("symmetric");
        if (!(coordinate || banner[2].equals("array"))
                || !Set.of("real", "integer", "double", "pattern").contains(banner[3])
                || !(symmetric || banner[4].equals("general"))
                || (pattern && !coordinate)) {
            throw bad(
                    "matrices that are " + banner[2] + ", " + banner[3] + ", " + banner[4] + " are not read",
                    "give a coordinate or array matrix that is real, integer or pattern, and general or symmetric");
        }
        StringTokenizer size = next();
        int rows = (int) whole(size, 1, Integer.MAX_VALUE - 8);
        int columns = (int) whole(size, 1, Integer.MAX_VALUE - 8);
        if (symmetric && rows != columns) {
            throw bad("a symmetric matrix is not " + rows + " x " + columns, "correct the size");
        }
        return coordinate
                ? coordinate(rows, columns, (int) whole(size, 0, Integer.MAX_VALUE / 2 - 8), pattern, symmetric)
                : array(rows, columns, symmetric);
    }

    private Dense array(int rows, int columns, boolean symmetric) throws IOException {
        Dense x = Dense.zeros(rows, columns);
        for (int j = 0; j < columns; j++) {
            for (int i = symmetric ? j : 0; i < rows; i++) {
                double v = number(next());
                x.row(i)[j] = v;
                if (symmetric) {
                    x.row(j)[i] = v;
                }
            }
        }
        end();
        return x;
    }

    private Sparse coordinate(int rows, int columns, int count, boolean pattern, boolean symmetric) throws IOException {
        int room = symmetric ? 2 * count : count;
        int[] row = new int[room];
        int[] column = new int[room];
        double[] value = new double[room];
        int n = 0;
        for (int e = 0; e < count; e++) {
            StringTokenizer tokens = next();
            int i = (int) whole(tokens, 1, rows) - 1;
            int j = (int) whole(tokens, 1, columns) - 1;
            double v = pattern ? 1 : number(tokens);
            row[n] = i;
            column[n] = j;
            value[n++] = v;
            if (symmetric && i != j) {
                row[n] = j;
                column[n] = i;
                value[n++] = v;
            }
        }
        end();
        return compressed(rows, columns, Arrays.copyOf(row, n), column, value);
    }

    /** Sorts by column within row and adds what is given twice. */
    private static Sparse compressed(int rows, int columns, int[] row, int[] column, double[] value) {
        int n = row.length;
        int[] byColumn = ordered(column, null, n, columns);
        int[] order = ordered(row, byColumn, n, rows);
        int[] start = new int[rows + 1];
        int[] columnOf = new int[n];
        double[] valueOf = new double[n];
        int p = 0;
        for (int t = 0; t < n; ) {
            int i = row[order[t]];
            int j = column[order[t]];
            double sum = 0;
            for (; t < n && row[order[t]] == i && column[order[t]] == j; t++) {
                sum += value[order[t]];
            }
            columnOf[p] = j;
            valueOf[p++] = sum;
            start[i + 1] = p;
        }
        for (int i = 0; i < rows; i++) {
            start[i + 1] = Math.max(start[i + 1], start[i]);
        }
        return new Sparse(columns, start, Arrays.copyOf(columnOf, p), Arrays.copyOf(valueOf, p));
    }

    /** Counting sort, stable with respect to an earlier order. */
    private static int[] ordered(int[] key, int[] earlier, int n, int keys) {
        int[] begin = new int[keys + 1];
        for (int t = 0; t < n; t++) {
            begin[key[t] + 1]++;
        }
        for (int k = 0; k < keys; k++) {
            begin[k + 1] += begin[k];
        }
        int[] order = new int[n];
        for (int t = 0; t < n; t++) {
            int e = earlier == null ? t : earlier[t];
            order[begin[key[e]]++] = e;
        }
        return order;
    }

    /** The next line that holds anything. */
    private StringTokenizer next() throws IOException {
        do {
            String read = in.readLine();
            line++;
            if (read == null) {
                text = "";
                throw bad("ends before its last entry", "check the size in its second line");
            }
            text = read;
        } while (text.isBlank() || text.startsWith("%"));
        return new StringTokenizer(text);
    }

    private void end() throws IOException {
        for (String rest = in.readLine(); rest != null; rest = in.readLine()) {
            line++;
            if (!rest.isBlank()) {
                text = rest;
                throw bad("there are more entries than announced", "correct the size in the second line");
            }
        }
    }

    private long whole(StringTokenizer tokens, long least, long most) {
        String token = tokens.hasMoreTokens() ? tokens.nextToken() : "";
        try {
            long v = Long.parseLong(token);
            if (v >= least && v <= most) {
                return v;
            }
            throw bad(token + " is outside " + least + " to " + most, "correct it");
        } catch (NumberFormatException e) {
            throw bad("'" + token + "' is not a whole number", "correct it");
        }
    }

    private double number(StringTokenizer tokens) {
        String token = tokens.hasMoreTokens() ? tokens.nextToken() : "";
        try {
            double v = Double.parseDouble(token);
            if (Double.isFinite(v)) {
                return v;
            }
            throw bad("the entry is " + token, "give a finite number");
        } catch (NumberFormatException e) {
            throw bad("'" + token + "' is not a number", "write a number with a decimal point");
        }
    }

    private BadInput bad(String reason, String remedy) {
        return new BadInput("X030", new Place(file, line, 1, "", text), reason, remedy);
    }
}
