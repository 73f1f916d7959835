package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.infer.Finding;
import org.unblend.io.matrix.FactorFiles;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Dense;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.prepare.Prepared;

/**
 * Data that were prepared before they are factorised.
 *
 * @param given the data in their own units
 * @param data what is factorised
 * @param prepared how the one became the other
 * @param noise noise of what is factorised
 */
record PreparedData(MatrixData given, MatrixData data, Prepared prepared, FactorModel.Noise noise) {
    /** A start of zeros would give counts no mean. */
    private static final double FLOOR = 1e-3;

    /**
     * Factors in the units of the data. Row scales go into W, exactly. Of square roots H is squared, and W is fitted again
     * to the counts with this H, by their Poisson likelihood: squares of both would fall short of the mean where components
     * overlap.
     */
    Factors natural(Factors fitted) {
        Factors undone = prepared.undo(fitted);
        if (!prepared.preparation().squareRoot()) {
            return undone;
        }
        int r = undone.h().rows();
        FactorProblem counts = new FactorProblem(
                clipped(), given.weights(), Loss.POISSON, Component.free(r, Penalty.NONE), Component.fixed(r));
        Dense start = undone.w().copy();
        for (double[] row : start.array()) {
            double largest = 0;
            for (double v : row) {
                largest = Math.max(largest, v);
            }
            for (int k = 0; k < r; k++) {
                row[k] = Math.max(row[k], FLOOR * largest);
            }
        }
        return Solvers.best(counts)
                .orElseThrow()
                .solve(counts, new Factors(start, undone.h()), StopRule.STANDARD)
                .factors();
    }

    /** The counts that were factorised, negative ones clipped as asked. */
    private Dense clipped() {
        Dense x = given.x().values().dense().copy();
        for (double[] row : x.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] = row[j] < 0 ? 0 : row[j];
            }
        }
        return x;
    }

    /** What was done, to be told with the result. */
    List<String> remarks(Factors fitted, Factors natural) {
        List<String> remarks = new ArrayList<>();
        prepared.findings().stream().map(Finding::message).forEach(m -> remarks.add("preparation: " + m));
        if (prepared.preparation().unitRows()) {
            remarks.add(
                    "preparation: rows were divided by their means; W is back in the units of the data, and priors and"
                            + " the objective are those of the scaled rows");
        }
        if (prepared.preparation().squareRoot()) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "preparation: square roots were factorised; H is squared and W fitted again to the counts: Poisson"
                            + " deviance %.6g, squares of the fitted means %.6g, squares of both factors alone %.6g",
                    deviance(product(natural)),
                    deviance(prepared.mean(fitted)),
                    deviance(product(prepared.undo(fitted)))));
        }
        return remarks;
    }

    private double deviance(Dense mean) {
        Dense x = clipped();
        Optional<Dense> weights = given.weights();
        double sum = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (weights.isEmpty() || weights.get().get(i, j) > 0) {
                    sum += 2 * Loss.POISSON.divergence(x.get(i, j), mean.get(i, j));
                }
            }
        }
        return sum;
    }

    private static Dense product(Factors f) {
        Dense mean = Dense.zeros(f.w().rows(), f.h().columns());
        for (int i = 0; i < mean.rows(); i++) {
            for (int k = 0; k < f.h().rows(); k++) {
                for (int j = 0; j < mean.columns(); j++) {
                    mean.row(i)[j] += f.w().get(i, k) * f.h().get(k, j);
                }
            }
        }
        return mean;
    }

    /** Writes the factors as they were fitted and what rows were divided by, beside those in the units of the data. */
    void write(Path directory, Factors fitted, List<String> features, List<String> components, List<String> samples)
            throws IOException {
        FactorFiles.write(
                directory.resolve("factors/W_fitted.csv"), new LabelledMatrix(fitted.w(), features, components));
        FactorFiles.write(
                directory.resolve("factors/H_fitted.csv"), new LabelledMatrix(fitted.h(), components, samples));
        double[][] scale = new double[features.size()][];
        for (int i = 0; i < scale.length; i++) {
            scale[i] = new double[] {prepared.rowScale()[i]};
        }
        FactorFiles.write(
                directory.resolve("factors/row_scale.csv"),
                new LabelledMatrix(Dense.of(scale), features, List.of("scale")));
    }
}
