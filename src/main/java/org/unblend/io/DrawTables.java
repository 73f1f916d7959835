package org.unblend.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Quantity;

/** Writes draws as CSV with a header: RFC 4180, UTF-8, LF, decimal points, full double precision. */
public final class DrawTables {

    private DrawTables() {}

    /** Writes {@code posterior.csv}: {@code chain, draw, weight, <quantities>}; draws of weight zero are left out. */
    public static void writePosterior(Path directory, Draws draws) throws IOException {
        double[] weights = draws.samples().weights();
        AtomicFile.write(directory.resolve("posterior.csv"), out -> {
            CsvWriter csv = csv(out);
            csv.writeRecord(header(draws, "chain", "draw", "weight"));
            for (int i = 0; i < weights.length; i++) {
                if (weights[i] > 0) {
                    csv.writeRecord(row(draws, i, "0", Integer.toString(i), ChainNames.number(weights[i])));
                }
            }
            csv.flush();
        });
    }

    /**
     * Writes {@code nested/points.csv} with the field names of dynesty: {@code iteration, logl, logl_birth, logvol, logwt,
     * n_live, <quantities>}. The posterior weight of a point is exp(logwt - logZ).
     *
     * @throws IllegalArgumentException if the draws do not come from nested sampling
     */
    public static void writePoints(Path directory, Draws draws, Evidence evidence) throws IOException {
        NestedPath path = draws.samples()
                .path()
                .orElseThrow(() -> new IllegalArgumentException("the draws do not come from nested sampling"));
        AtomicFile.write(directory.resolve("nested").resolve("points.csv"), out -> {
            CsvWriter csv = csv(out);
            csv.writeRecord(header(draws, "iteration", "logl", "logl_birth", "logvol", "logwt", "n_live"));
            for (int i = 0; i < draws.size(); i++) {
                csv.writeRecord(row(
                        draws,
                        i,
                        Integer.toString(i),
                        ChainNames.number(draws.samples().logLikelihood()[i]),
                        ChainNames.number(path.birth()[i]),
                        ChainNames.number(path.logVolume()[i]),
                        ChainNames.number(draws.samples().logWeight()[i] + evidence.logZ()),
                        Integer.toString(path.live()[i])));
            }
            csv.flush();
        });
    }

    /** A writer with this project's dialect; flush it at the end, closing is left to the owner of {@code out}. */
    static CsvWriter csv(Writer out) {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
    }

    private static List<String> header(Draws draws, String... first) {
        List<String> header = new ArrayList<>(List.of(first));
        draws.quantities().stream().map(Quantity::name).forEach(header::add);
        return header;
    }

    private static List<String> row(Draws draws, int row, String... first) {
        List<String> cells = new ArrayList<>(List.of(first));
        for (int c = 0; c < draws.quantities().size(); c++) {
            cells.add(ChainNames.number(draws.value(row, c)));
        }
        return cells;
    }
}
