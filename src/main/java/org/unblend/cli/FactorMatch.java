package org.unblend.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.unblend.diagnose.Alignment;
import org.unblend.io.AtomicFile;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.nmf.Factors;

/**
 * The profiles of a factorisation matched one to one with a table of references by their cosine similarity.
 *
 * @param alignment which reference each component has, and how alike they are
 * @param names names of the references
 */
record FactorMatch(Alignment alignment, List<String> names) {

    static FactorMatch of(Factors factors, LabelledMatrix references) {
        return new FactorMatch(
                Alignment.of(references.values().dense(), factors.w()), references.columnNames("reference"));
    }

    /** Writes {@code factors/match.csv}: component, reference (empty if there are too few), cosine. */
    void write(Path directory) throws IOException {
        AtomicFile.write(directory.resolve("factors/match.csv"), out -> {
            CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
            csv.writeRecord("component", "reference", "cosine");
            for (int k = 0; k < alignment.match().length; k++) {
                boolean found = alignment.match()[k] >= 0;
                csv.writeRecord(
                        "component" + (k + 1),
                        name(k),
                        found ? Double.toString(alignment.cosine()[k]) : "");
            }
            csv.flush();
        });
    }

    /** A line per component. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < alignment.match().length; k++) {
            text.append("component ").append(k + 1);
            text.append(
                    alignment.match()[k] < 0
                            ? " has no reference left\n"
                            : String.format(
                                    Locale.ROOT,
                                    " matches %s, cosine %.3f\n",
                                    name(k),
                                    alignment.cosine()[k]));
        }
        return text.toString();
    }

    private String name(int component) {
        int reference = alignment.match()[component];
        return reference < 0 ? "" : names.get(reference);
    }
}
