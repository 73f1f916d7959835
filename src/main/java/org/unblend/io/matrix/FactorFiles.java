package org.unblend.io.matrix;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unblend.io.AtomicFile;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Moment;

/** The files of a factorisation in a result directory: {@code factors/W.csv}, {@code factors/H.csv}, {@code trace.csv}. */
public final class FactorFiles {
    private FactorFiles() {}

    /**
     * Writes {@code factors/W.csv} (a row per feature) and {@code factors/H.csv} (a row per component), with names; numbers
     * have as many digits as needed to read back the same.
     *
     * @param features {@code [features]}
     * @param components {@code [components]}
     * @param samples {@code [samples]}
     */
    public static void writeFactors(
            Path directory, Factors factors, List<String> features, List<String> components, List<String> samples)
            throws IOException {
        write(directory.resolve("factors/W.csv"), new LabelledMatrix(factors.w(), features, components));
        write(directory.resolve("factors/H.csv"), new LabelledMatrix(factors.h(), components, samples));
    }

    /**
     * The W that {@link #writeFactors} wrote.
     *
     * @throws org.unblend.io.json.BadInput if it is not there or no longer a table of numbers
     */
    public static LabelledMatrix readW(Path directory) {
        return MatrixReader.read(directory.resolve("factors/W.csv"), false);
    }

    /** Writes a table with row and column names; the cell above the row names is blank, as {@link MatrixReader} expects. */
    public static void write(Path file, LabelledMatrix table) throws IOException {
        List<String> rows = table.rowNames("row");
        List<String> columns = table.columnNames("column");
        Dense x = table.values().dense();
        AtomicFile.write(file, out -> {
            CsvWriter csv = writer(out);
            List<String> cells = new ArrayList<>(columns);
            cells.add(0, "");
            csv.writeRecord(cells);
            for (int i = 0; i < x.rows(); i++) {
                cells.clear();
                cells.add(rows.get(i));
                for (double v : x.row(i)) {
                    cells.add(Double.toString(v));
                }
                csv.writeRecord(cells);
            }
            csv.flush();
        });
    }

    /**
     * Writes {@code trace.csv}: iteration, seconds, objective, KKT residual.
     *
     * @param seconds time of each look since the start of the fit, {@code [looks]}
     */
    public static void writeTrace(Path directory, List<Moment> trace, List<Double> seconds) throws IOException {
        if (trace.size() != seconds.size()) {
            throw new IllegalArgumentException(trace.size() + " looks and " + seconds.size() + " times; give one each");
        }
        AtomicFile.write(directory.resolve("trace.csv"), out -> {
            CsvWriter csv = writer(out);
            csv.writeRecord("iteration", "seconds", "objective", "kkt");
            for (int t = 0; t < trace.size(); t++) {
                Moment m = trace.get(t);
                csv.writeRecord(
                        String.valueOf(m.iteration()),
                        String.valueOf(seconds.get(t)),
                        String.valueOf(m.objective()),
                        String.valueOf(m.kkt()));
            }
            csv.flush();
        });
    }

    private static CsvWriter writer(Writer out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }
}
