package org.unblend.io.matrix;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.unblend.density.Layout;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Samples;
import org.unblend.math.Dense;
import org.unblend.model.Axis;
import org.unblend.model.Deterministic;
import org.unblend.model.ModelGraph;
import org.unblend.model.op.Product;

/**
 * The posterior of the factors of a model as tables with row and column names, one for each statistic:
 * {@code factors/W-mean.csv}, {@code W-sd.csv}, {@code W-q2.5.csv}, {@code W-q97.5.csv}, and alike for every factor;
 * {@code factors/W-zero.csv}, the probability that an entry is exactly zero, where the prior gives zero one.
 */
public final class PosteriorFactors {
    private static final double LOWER = 0.025;
    private static final double UPPER = 0.975;

    private PosteriorFactors() {}

    /** The parameters with two axes that are factors of a matrix product, in the order of the layout. */
    public static List<Layout.Slot> of(ModelGraph graph, Layout layout) {
        List<String> factors = new ArrayList<>();
        for (Deterministic d : graph.deterministics()) {
            if (d.op() instanceof Product) {
                factors.addAll(d.op().inputs());
            }
        }
        return layout.slots().stream()
                .filter(s -> factors.contains(s.parameter().name())
                        && s.parameter().dims().axes().size() == 2)
                .toList();
    }

    /**
     * Writes the tables of one factor.
     *
     * @param samples draws of all parameters
     * @return the mean, {@code [rows x columns]}
     */
    public static Dense write(Path directory, Layout.Slot factor, Samples samples) throws IOException {
        Axis rows = factor.parameter().dims().axes().get(0);
        Axis columns = factor.parameter().dims().axes().get(1);
        Map<String, Dense> tables = new TreeMap<>();
        for (String name : List.of("mean", "sd", "q2.5", "q97.5")) {
            tables.put(name, Dense.zeros(rows.length(), columns.length()));
        }
        boolean zeros = factor.parameter().prior().mixed();
        if (zeros) {
            tables.put("zero", Dense.zeros(rows.length(), columns.length()));
        }
        double[] weights = samples.weights();
        for (int e = 0; e < factor.size(); e++) {
            int i = e / columns.length();
            int j = e % columns.length();
            double[] x = samples.column(factor.offset() + e);
            double[] q = Weighted.quantiles(x, weights, LOWER, UPPER);
            tables.get("mean").row(i)[j] = Weighted.mean(x, weights);
            tables.get("sd").row(i)[j] = Weighted.sd(x, weights);
            tables.get("q2.5").row(i)[j] = q[0];
            tables.get("q97.5").row(i)[j] = q[1];
            if (zeros) {
                tables.get("zero").row(i)[j] =
                        Weighted.mean(Arrays.stream(x).map(v -> v == 0 ? 1 : 0).toArray(), weights);
            }
        }
        String name = factor.parameter().name().replaceAll("[^A-Za-z0-9_-]", "_");
        for (Map.Entry<String, Dense> table : tables.entrySet()) {
            FactorFiles.write(
                    directory.resolve("factors").resolve(name + "-" + table.getKey() + ".csv"),
                    new LabelledMatrix(table.getValue(), rows.labels(), columns.labels()));
        }
        return tables.get("mean");
    }
}
