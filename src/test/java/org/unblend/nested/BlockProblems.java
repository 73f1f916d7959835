package org.unblend.nested;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.unblend.density.CompiledModel;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** Graphs whose coordinates touch parts of the likelihood, with evidences by quadrature. */
final class BlockProblems {
    private static final int NODES = 20_000;

    private BlockProblems() {}

    /** A graph and its ln Z. */
    record Known(CompiledModel model, double logZ) {}

    /**
     * {@code y_gj ~ N(theta_g, s), theta_g ~ N(mu, tau), mu ~ N(0, 2), tau ~ Exponential(1)} with 4 data in each group.
     *
     * @param s small where the data fix each group, large where the groups follow mu and tau
     */
    static Known hierarchy(int groups, double s) {
        int each = 4;
        RandomSource random = RandomStream.of(17).generator();
        double[] y = new double[groups * each];
        double[] mean = new double[groups];
        double within = 0;
        for (int g = 0; g < groups; g++) {
            double theta = 0.7 + 0.8 * random.nextGaussian();
            for (int j = 0; j < each; j++) {
                y[g * each + j] = theta + s * random.nextGaussian();
                mean[g] += y[g * each + j] / each;
            }
            for (int j = 0; j < each; j++) {
                within += Math.pow(y[g * each + j] - mean[g], 2);
            }
        }
        Axis group = Axis.of("group", groups);
        CompiledModel model = new CompiledModel(ModelGraph.named("groups")
                .parameter("mu", Normal.mean(0).sd(2))
                .parameter("tau", Exponential.rate(1))
                .parameter("theta", Dims.of(group), Normal.mean("mu").sd("tau"))
                .observe(
                        "y",
                        Dims.of(group, Axis.of("time", each)),
                        Normal.mean("theta").sd(s),
                        y)
                .build());
        // Given tau the means of the groups are normal with variance v each and 4 in common.
        double ofSpread = -0.5 * within / (s * s)
                - groups * (each - 1) * (Math.log(s) + 0.5 * Math.log(2 * Math.PI))
                - 0.5 * groups * Math.log(each);
        double sum = Arrays.stream(mean).sum();
        double square = Arrays.stream(mean).map(m -> m * m).sum();
        double[] log = new double[NODES];
        for (int i = 0; i < NODES; i++) {
            double tau = -Math.log1p(-(i + 0.5) / NODES);
            double v = tau * tau + s * s / each;
            double common = 4 / v;
            log[i] = -0.5 * (square - sum * sum * common / (1 + groups * common)) / v
                    - 0.5 * (groups * Math.log(2 * Math.PI * v) + Math.log1p(groups * common));
        }
        return new Known(model, LogSum.of(log) - Math.log(NODES) + ofSpread);
    }

    /** Counts of rank 1, {@code X_ij ~ Poisson(w_i h_j)} with w and h exponential of rate 1. */
    static Known counts(int rows, int columns) {
        RandomSource random = RandomStream.of(5).generator();
        double[] w = new double[rows];
        double[] h = new double[columns];
        Arrays.setAll(w, i -> 1.5 - Math.log(random.nextOpen()));
        Arrays.setAll(h, j -> 1.5 - Math.log(random.nextOpen()));
        double[] x = new double[rows * columns];
        double constant = 0;
        double[] ofRow = new double[rows];
        double[] ofColumn = new double[columns];
        for (int e = 0; e < x.length; e++) {
            x[e] = Poisson.FAMILY.quantile(random.nextOpen(), new double[] {w[e / columns] * h[e % columns]});
            ofRow[e / columns] += x[e];
            ofColumn[e % columns] += x[e];
            constant -= Gamma.logGamma(x[e] + 1);
        }
        double total = Arrays.stream(ofRow).sum();
        CompiledModel model = new CompiledModel(ModelGraph.named("counts")
                .parameter("W", Dims.of(Axis.of("row", rows), Axis.of("part", 1)), Exponential.rate(1))
                .parameter("H", Dims.of(Axis.of("part", 1), Axis.of("column", columns)), Exponential.rate(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(Axis.of("row", rows), Axis.of("column", columns)), Poisson.mean("mean"), x)
                .build());
        // h = S p with S ~ Gamma(columns) and p uniform on the simplex; w and p are integrated in closed form.
        for (double r : ofRow) {
            constant += Gamma.logGamma(r + 1);
        }
        for (double c : ofColumn) {
            constant += Gamma.logGamma(c + 1);
        }
        constant -= Gamma.logGamma(total + columns);
        double[] log = new double[NODES];
        double step = 40.0 / NODES;
        for (int i = 0; i < NODES; i++) {
            // ln S from -20 to 20.
            double t = -20 + (i + 0.5) * step;
            double S = Math.exp(t);
            log[i] = t * (columns + total) - S - (total + rows) * Math.log1p(S) + Math.log(step);
        }
        return new Known(model, LogSum.of(log) + constant);
    }

    /**
     * {@code X ~ W H} with exponential W and H of rate 1.
     *
     * @param normal true for Normal noise of sd 0.5, false for counts
     * @param x the data, row by row
     */
    static CompiledModel product(boolean normal, double[] x, int rows, int rank) {
        Axis row = Axis.of("row", rows);
        Axis part = Axis.of("part", rank);
        Axis column = Axis.of("column", x.length / rows);
        return new CompiledModel(ModelGraph.named(normal ? "product" : "counts")
                .parameter("W", Dims.of(row, part), Exponential.rate(1))
                .parameter("H", Dims.of(part, column), Exponential.rate(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(row, column), normal ? Normal.mean("mean").sd(0.5) : Poisson.mean("mean"), x)
                .build());
    }
}
