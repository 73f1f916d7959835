package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.unblend.diagnose.Alignment;
import org.unblend.math.Dense;
import org.unblend.math.GammaDraw;
import org.unblend.math.Parallel;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.Watcher;

/**
 * Uncertainties of a point fit by the parametric bootstrap (Efron and Tibshirani 1993, chapter 6.5): data are drawn from
 * the fitted mean with the noise of the model, {@code N(mu, dispersion / V)}, {@code Poisson(V mu) / V} or
 * {@code Gamma(shape V / dispersion, mean mu)}, and fitted again from the fit itself; the components of each fit are brought
 * into the scale and the order of the first one. Where the size of the noise is not known, the dispersion is Pearson's
 * {@code sum V (x - mu)^2 / v(mu) / (entries - free entries above 0)}.
 *
 * <p>What it tells is what the noise does to this fit: neither other optima nor other factors that fit as well. Entries at
 * zero are on the boundary, where their intervals are too narrow.
 *
 * @param sd standard deviations over the replicates, shaped like the factors
 * @param low lower ends of the central intervals of {@link #PROBABILITY}
 * @param high their upper ends
 * @param replicates how many
 * @param unfinished how many of them ended before they had converged
 * @param dispersion by which the noise was multiplied; 1 where it is known
 */
public record Bootstrap(Factors sd, Factors low, Factors high, int replicates, int unfinished, double dispersion) {

    /** The probability of intervals, that of the tables of posteriors. */
    public static final double PROBABILITY = 0.89;

    /**
     * Refits replicates.
     *
     * @param fit the fitted factors, as the engine gave them
     * @param solver what fitted them
     * @param noiseKnown false if the size of Normal or Gamma noise is to be estimated
     * @param replicates at least 2
     * @param finish what is done to factors of each fit before they are compared, such as a change of units
     * @param random stream of the replicates; the result depends on it and not on the number of threads
     * @throws IllegalArgumentException if the noise is to be estimated and there are no more entries than unknowns
     */
    public static Bootstrap of(
            FactorPattern pattern,
            Factors fit,
            Solver solver,
            boolean noiseKnown,
            int replicates,
            UnaryOperator<Factors> finish,
            RandomStream random,
            Parallel parallel) {
        Dense mean = product(fit);
        FactorProblem noise = pattern.unscaled();
        double dispersion = noiseKnown || noise.loss().beta() == 1 ? 1 : dispersion(noise, fit, mean);
        Factors[] fits = new Factors[replicates];
        boolean[] unfinished = new boolean[replicates];
        parallel.forRanges(replicates, 1, (from, to) -> {
            for (int b = from; b < to; b++) {
                FactorProblem drawn = drawn(
                        pattern.problem(),
                        noise,
                        mean,
                        dispersion,
                        random.split(b).generator());
                PointFit again = solver.solve(drawn, fit, StopRule.STANDARD, Parallel.SERIAL, Watcher.NONE);
                fits[b] = finish.apply(aligned(pattern, fit, CanonicalForm.of(pattern, again.factors(), false)));
                unfinished[b] = !again.converged();
            }
        });
        int late = 0;
        for (boolean u : unfinished) {
            late += u ? 1 : 0;
        }
        Dense[] w = summary(Arrays.stream(fits).map(Factors::w).toArray(Dense[]::new));
        Dense[] h = summary(Arrays.stream(fits).map(Factors::h).toArray(Dense[]::new));
        return new Bootstrap(
                new Factors(w[0], h[0]),
                new Factors(w[1], h[1]),
                new Factors(w[2], h[2]),
                replicates,
                late,
                dispersion);
    }

    private static Dense product(Factors f) {
        Dense mean = Dense.zeros(f.w().rows(), f.h().columns());
        for (int i = 0; i < mean.rows(); i++) {
            Rows.combine(mean.row(i), 0, mean.columns(), f.w().row(i), f.h().array());
        }
        return mean;
    }

    private static double weight(FactorProblem problem, int i, int j) {
        return problem.weights().map(v -> v.get(i, j)).orElse(1.0);
    }

    private static double dispersion(FactorProblem problem, Factors fit, Dense mean) {
        Dense x = problem.x().dense();
        double sum = 0;
        long free = 0;
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double v = weight(problem, i, j);
                if (v > 0) {
                    double e = x.get(i, j) - mean.get(i, j);
                    // Gamma noise has the variance mean^2 / V.
                    double size = problem.loss().beta() == 0 ? mean.get(i, j) : 1;
                    sum += v * (e / size) * (e / size);
                    free++;
                }
            }
        }
        for (int k = 0; k < problem.rank(); k++) {
            int component = k;
            Component w = problem.w().get(k);
            Component h = problem.h().get(k);
            free -= w.fixed()
                    ? 0
                    : Arrays.stream(fit.w().array())
                            .filter(r -> r[component] > 0)
                            .count();
            free -= h.fixed()
                    ? 0
                    : Arrays.stream(fit.h().row(k)).filter(v -> v > 0).count();
            // One number of both is the scale.
            free += w.fixed() || h.fixed() ? 0 : 1;
        }
        if (free <= 0) {
            throw new IllegalArgumentException(
                    "the size of the noise cannot be estimated: there are no more entries than"
                            + " unknowns; give it, or take a smaller rank");
        }
        return sum / free;
    }

    /** The problem with data drawn from the mean. */
    private static FactorProblem drawn(
            FactorProblem problem, FactorProblem noise, Dense mean, double dispersion, RandomSource random) {
        Dense x = Dense.zeros(mean.rows(), mean.columns());
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double v = weight(noise, i, j);
                if (v > 0) {
                    x.row(i)[j] = draw(noise.loss().beta(), mean.get(i, j), v, dispersion, random);
                }
            }
        }
        return Storage.best(new FactorProblem(x, problem.weights(), problem.loss(), problem.w(), problem.h()));
    }

    private static double draw(double beta, double mean, double weight, double dispersion, RandomSource random) {
        if (beta == 2) {
            return mean + random.nextGaussian() * Math.sqrt(dispersion / weight);
        }
        if (beta == 1) {
            return mean > 0 ? PoissonDraw.next(random, weight * mean) / weight : 0;
        }
        double shape = weight / dispersion;
        return Math.max(Double.MIN_NORMAL, mean * Math.exp(GammaDraw.log(random, shape)) / shape);
    }

    /** The same factors with components that could be exchanged in the order of the first fit, by cosine similarity. */
    private static Factors aligned(FactorPattern pattern, Factors fit, Factors other) {
        double[][] reference = fit.w().transpose().array();
        double[][] w = other.w().transpose().array();
        double[][] h = other.h().array();
        double[][] placedW = w.clone();
        double[][] placedH = h.clone();
        for (Block block : pattern.blocks()) {
            if (block.linear() || block.size() == 1) {
                continue;
            }
            int[] match =
                    Alignment.of(columns(reference, block), columns(w, block)).match();
            for (int c = 0; c < match.length; c++) {
                placedW[block.from() + match[c]] = w[block.from() + c];
                placedH[block.from() + match[c]] = h[block.from() + c];
            }
        }
        return new Factors(Dense.of(placedW).transpose(), Dense.of(placedH));
    }

    private static Dense columns(double[][] byComponent, Block block) {
        return Dense.of(Arrays.copyOfRange(byComponent, block.from(), block.to()))
                .transpose();
    }

    /** Standard deviation and both ends of the interval of each entry. */
    private static Dense[] summary(Dense[] fits) {
        int rows = fits[0].rows();
        int columns = fits[0].columns();
        Dense[] out = {Dense.zeros(rows, columns), Dense.zeros(rows, columns), Dense.zeros(rows, columns)};
        double[] values = new double[fits.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int b = 0; b < values.length; b++) {
                    values[b] = fits[b].get(i, j);
                }
                Arrays.sort(values);
                double centre = Arrays.stream(values).average().orElseThrow();
                double squares = Arrays.stream(values)
                        .map(v -> (v - centre) * (v - centre))
                        .sum();
                out[0].row(i)[j] = Math.sqrt(squares / (values.length - 1));
                out[1].row(i)[j] = quantile(values, 0.5 - PROBABILITY / 2);
                out[2].row(i)[j] = quantile(values, 0.5 + PROBABILITY / 2);
            }
        }
        return out;
    }

    /** Linear between the sorted values. */
    private static double quantile(double[] sorted, double p) {
        double place = p * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
