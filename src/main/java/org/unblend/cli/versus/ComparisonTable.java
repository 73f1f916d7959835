package org.unblend.cli.versus;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.unblend.io.AtomicFile;

/**
 * {@code comparison.csv}: a line per entry of W, H and W H with what posterior, point and starts say of it. Columns:
 * factor, row, column, mean, sd, q2.5, q97.5 of the posterior, point, place (probability that a draw is below the point),
 * starts_sd (standard deviation over the starts), and the truth where it is known.
 */
final class ComparisonTable {
    private ComparisonTable() {}

    static void write(Path directory, Comparison c) throws IOException {
        FactorNodes nodes = c.nodes();
        AtomicFile.write(directory.resolve("comparison.csv"), out -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
            List<String> head = new ArrayList<>(
                    List.of("factor", "row", "column", "mean", "sd", "q2.5", "q97.5", "point", "place", "starts_sd"));
            if (c.truth().isPresent()) {
                head.add("truth");
            }
            csv.writeRecord(head);
            rows(csv, nodes.w().name(), nodes.features(), nodes.components(), c.w());
            rows(csv, nodes.h().name(), nodes.components(), nodes.samples(), c.h());
            if (c.product().isPresent()) {
                rows(
                        csv,
                        "product",
                        nodes.features(),
                        nodes.samples(),
                        c.product().get());
            }
            csv.flush();
        });
    }

    private static void rows(
            CsvWriter csv, String name, List<String> rows, List<String> columns, Comparison.Table table) {
        for (int i = 0; i < rows.size(); i++) {
            for (int j = 0; j < columns.size(); j++) {
                List<String> cells = new ArrayList<>(List.of(name, rows.get(i), columns.get(j)));
                FactorDraws.Summary p = table.posterior();
                for (double v : new double[] {
                    p.mean().get(i, j),
                    p.sd().get(i, j),
                    p.low().get(i, j),
                    p.high().get(i, j),
                    table.point().get(i, j),
                    table.place().get(i, j),
                    table.ofStarts().get(i, j)
                }) {
                    cells.add(Double.toString(v));
                }
                if (table.truth().isPresent()) {
                    cells.add(Double.toString(table.truth().get().get(i, j)));
                }
                csv.writeRecord(cells);
            }
        }
    }
}
