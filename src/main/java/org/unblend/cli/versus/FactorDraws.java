package org.unblend.cli.versus;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Samples;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.mcmc.Relabelling;
import org.unblend.nmf.Factors;

/**
 * Draws of both factors, profiles of unit mean in every draw, components in one order.
 *
 * @param factors one pair per draw
 * @param weights {@code [draws]}, which sum to one
 */
record FactorDraws(List<Factors> factors, double[] weights) {
    /** Numbers that are held, at about the most. */
    private static final int MOST_NUMBERS = 20_000_000;

    private static final int FEWEST = 200;
    private static final int PIECE = 64;

    /** Draws of a posterior; those of long chains of large factors are thinned. */
    static FactorDraws of(CompiledModel model, FactorNodes nodes, Samples samples) {
        int perDraw = nodes.components().size()
                * (nodes.features().size() + nodes.samples().size());
        int kept = Math.max(FEWEST, MOST_NUMBERS / perDraw);
        Samples few = samples.everyOf((samples.size() + kept - 1) / kept);
        double[] theta = few.theta();
        Optional<Relabelling> labels = Relabelling.of(model);
        if (labels.isPresent() && few.chains().isEmpty()) {
            // Draws of chains have one labelling already.
            theta = theta.clone();
            labels.get().align(theta, few.logLikelihood());
        }
        Factors[] all = new Factors[few.size()];
        for (int s = 0; s < all.length; s++) {
            all[s] = OneScale.of(nodes.at(theta, s * model.dimension()), nodes.scaleIsFree());
        }
        return new FactorDraws(Arrays.asList(all), few.weights());
    }

    /** Mean, spread and central 95 % of every entry of a matrix that each draw has. */
    record Summary(Dense mean, Dense sd, Dense low, Dense high) {}

    /** An entry of a matrix that belongs to a draw. */
    @FunctionalInterface
    interface Entry {
        double of(Factors draw, int i, int j);
    }

    /** Summary of a matrix with a value per entry and draw, {@code [rows x columns]}. */
    Summary summary(int rows, int columns, Entry entry, Parallel parallel) {
        Dense[] tables = new Dense[4];
        Arrays.setAll(tables, t -> Dense.zeros(rows, columns));
        parallel.forRanges(rows * columns, PIECE, (from, to) -> {
            for (int e = from; e < to; e++) {
                int i = e / columns;
                int j = e % columns;
                double[] x = values(d -> entry.of(factors.get(d), i, j));
                double[] q = Weighted.quantiles(x, weights, 0.025, 0.975);
                tables[0].row(i)[j] = Weighted.mean(x, weights);
                tables[1].row(i)[j] = Weighted.sd(x, weights);
                tables[2].row(i)[j] = q[0];
                tables[3].row(i)[j] = q[1];
            }
        });
        return new Summary(tables[0], tables[1], tables[2], tables[3]);
    }

    /**
     * Where given values lie among the draws: the probability below each, ties counted half.
     *
     * @param at {@code [rows x columns]}
     */
    Dense places(Dense at, Entry entry, Parallel parallel) {
        Dense places = Dense.zeros(at.rows(), at.columns());
        parallel.forRanges(at.rows() * at.columns(), PIECE, (from, to) -> {
            for (int e = from; e < to; e++) {
                int i = e / at.columns();
                int j = e % at.columns();
                for (int d = 0; d < weights.length; d++) {
                    double x = entry.of(factors.get(d), i, j);
                    places.row(i)[j] += weights[d] * (x < at.get(i, j) ? 1 : x == at.get(i, j) ? 0.5 : 0);
                }
            }
        });
        return places;
    }

    /** A number per draw. */
    double[] values(IntToDoubleFunction of) {
        double[] x = new double[weights.length];
        Arrays.setAll(x, of::applyAsDouble);
        return x;
    }
}
