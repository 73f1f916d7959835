package org.unblend.cli.versus;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.Relabelling;
import org.unblend.nmf.Factors;
import org.unblend.nmf.graph.PointEngine;

/**
 * A point estimate beside a posterior, entry by entry. Where both factors are unknown, all are brought to profiles of unit
 * mean, so that the scale that a product leaves free enters nothing; components of the point, of its other starts and of
 * the truth are in the order of those of the posterior.
 *
 * @param nodes the factors
 * @param side the point estimate and how it was found
 * @param fitted the best fit and those of all other starts
 * @param posterior the draws as they came
 * @param draws the draws of the factors
 * @param w entries of W
 * @param h entries of H
 * @param product entries of W H; empty if there are too many
 * @param point the point estimate
 * @param starts the fits of all starts
 * @param truth true factors, if known
 * @param ofPoint whether the point would give such data again; empty if there are too many data
 * @param ofPosterior whether the posterior would
 */
record Comparison(
        FactorNodes nodes,
        PointSide side,
        PointEngine.Fitted fitted,
        Samples posterior,
        FactorDraws draws,
        Table w,
        Table h,
        Optional<Table> product,
        Factors point,
        List<Factors> starts,
        Optional<Factors> truth,
        Optional<PredictiveCheck> ofPoint,
        Optional<PredictiveCheck> ofPosterior) {
    /** Entries of W H that are summarised, at the most. */
    private static final int MOST_ENTRIES = 20_000;

    /**
     * One matrix.
     *
     * @param point values of the point estimate
     * @param place probability that a draw is below them
     * @param ofStarts standard deviation over the starts
     * @param truth true values, if known
     */
    record Table(FactorDraws.Summary posterior, Dense point, Dense place, Dense ofStarts, Optional<Dense> truth) {

        /** Number of entries of the point estimate outside the central 95 %. */
        int outside() {
            return (int) Arrays.stream(place.array())
                    .flatMapToDouble(Arrays::stream)
                    .filter(p -> p < 0.025 || p > 0.975)
                    .count();
        }

        /** Number of entries. */
        int entries() {
            return point.rows() * point.columns();
        }

        /** Share of the true values inside the central 95 %. */
        Optional<Double> coverage() {
            return truth.map(t -> {
                int inside = 0;
                for (int i = 0; i < t.rows(); i++) {
                    for (int j = 0; j < t.columns(); j++) {
                        double x = t.get(i, j);
                        inside += x >= posterior.low().get(i, j)
                                        && x <= posterior.high().get(i, j)
                                ? 1
                                : 0;
                    }
                }
                return inside / (double) entries();
            });
        }

        /** Mean absolute distance of a matrix from the truth. */
        Optional<Double> error(Dense x) {
            return truth.map(t -> {
                double sum = 0;
                for (int i = 0; i < t.rows(); i++) {
                    for (int j = 0; j < t.columns(); j++) {
                        sum += Math.abs(x.get(i, j) - t.get(i, j)) / entries();
                    }
                }
                return sum;
            });
        }
    }

    /**
     * Compares.
     *
     * @param side the point estimate, other unknowns fixed where they are wanted
     * @param truth true values of parameters by name; empty if unknown
     */
    static Comparison of(
            CompiledModel model,
            PointSide side,
            PointEngine.Fitted fitted,
            Result result,
            Map<String, double[]> truth,
            RandomStream random,
            Parallel parallel) {
        FactorNodes nodes = FactorNodes.of(model);
        FactorDraws draws = FactorDraws.of(model, nodes, result.samples());
        int m = nodes.features().size();
        int n = nodes.samples().size();
        int r = nodes.components().size();
        FactorDraws.Entry ofW = (f, i, k) -> f.w().get(i, k);
        FactorDraws.Entry ofH = (f, k, j) -> f.h().get(k, j);
        FactorDraws.Summary w = draws.summary(m, r, ofW, parallel);
        FactorDraws.Summary h = draws.summary(r, n, ofH, parallel);
        Factors mean = new Factors(w.mean(), h.mean());
        // A mode of a density that tells components apart has them in its order.
        boolean own = side.why().isEmpty() && Relabelling.of(model).isEmpty();
        UnaryOperator<Factors> brought = f -> {
            Factors scaled = OneScale.of(f, nodes.scaleIsFree());
            return own ? scaled : OneScale.ordered(scaled, mean);
        };
        Factors best = side.pattern()
                .factors(
                        side.problem().model().layout(),
                        fitted.result().samples().theta());
        Factors point = brought.apply(best);
        List<Factors> starts = fitted.starts().stream().map(brought).toList();
        Optional<Factors> known = nodes.of(truth).map(t -> OneScale.of(t, nodes.scaleIsFree()));
        Optional<Factors> given = truth.isEmpty()
                ? Optional.empty()
                : Relabelling.of(model).isEmpty() ? known : known.map(t -> OneScale.ordered(t, mean));
        Builder tables = new Builder(draws, point, starts, given, parallel);
        return new Comparison(
                nodes,
                side,
                fitted,
                result.samples(),
                draws,
                tables.table(w, ofW),
                tables.table(h, ofH),
                (long) m * n <= MOST_ENTRIES
                        ? Optional.of(tables.table(draws.summary(m, n, OneScale::product, parallel), OneScale::product))
                        : Optional.empty(),
                point,
                starts,
                given,
                PredictiveCheck.of(
                        side.problem().model(), fitted.result().samples().theta(), 1, random.split("point"), parallel),
                PredictiveCheck.of(
                        model,
                        resampled(result.samples(), random),
                        result.samples().size(),
                        random.split("posterior"),
                        parallel));
    }

    /** Draws of equal weight. */
    private static double[] resampled(Samples samples, RandomStream random) {
        if (samples.chains().isPresent()) {
            return samples.theta();
        }
        int d = samples.names().size();
        int[] rows = Weighted.resample(
                samples.weights(), samples.size(), random.split("equal").generator());
        double[] theta = new double[rows.length * d];
        for (int s = 0; s < rows.length; s++) {
            System.arraycopy(samples.theta(), rows[s] * d, theta, s * d, d);
        }
        return theta;
    }

    private record Builder(
            FactorDraws draws, Factors point, List<Factors> starts, Optional<Factors> truth, Parallel parallel) {

        Table table(FactorDraws.Summary posterior, FactorDraws.Entry entry) {
            int rows = posterior.mean().rows();
            int columns = posterior.mean().columns();
            Dense at = matrix(rows, columns, (i, j) -> entry.of(point, i, j));
            double[] equal = new double[starts.size()];
            Arrays.fill(equal, 1);
            Dense ofStarts = matrix(rows, columns, (i, j) -> {
                double sd = Weighted.sd(
                        starts.stream().mapToDouble(f -> entry.of(f, i, j)).toArray(), equal);
                return Double.isNaN(sd) ? 0 : sd;
            });
            return new Table(
                    posterior,
                    at,
                    draws.places(at, entry, parallel),
                    ofStarts,
                    truth.map(t -> matrix(rows, columns, (i, j) -> entry.of(t, i, j))));
        }

        private static Dense matrix(int rows, int columns, At at) {
            Dense x = Dense.zeros(rows, columns);
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    x.row(i)[j] = at.of(i, j);
                }
            }
            return x;
        }
    }

    @FunctionalInterface
    private interface At {
        double of(int i, int j);
    }
}
