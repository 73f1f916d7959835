package org.unblend.cli.validate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.StatUtils;

/**
 * One problem over many seeds. A right engine breaks {@link #calibrated} on one problem in a thousand.
 *
 * @param problem name of the problem
 * @param dimension its dimension
 * @param logZ the true ln Z
 * @param trials one per seed, at least two
 */
record SeedScores(String problem, int dimension, double logZ, List<Trial> trials) {
    /** Bound of the mean z, in units of its own standard error. */
    private static final double MEAN = 3.5;

    private static final double LEAST_SPREAD = 0.5;
    private static final double MOST_SPREAD = 1.46;
    private static final double WORST = 4.5;
    /** Part of the seeds that must warn where a problem is not solved: 30 of 32. */
    private static final double WARNED = 30.0 / 32;

    static final String HEADER = """
            | problem | d | seeds | mean ln Z - truth | sd | claimed error | mean z | sd z | worst z | evaluations \
            | per effective draw | CPU µs per evaluation | refined | warned | verdict |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    /**
     * One run.
     *
     * @param logZ its ln Z
     * @param error its standard error
     * @param ess Kish's effective sample size of its draws
     * @param evaluations likelihood evaluations
     * @param cpu seconds of processor time
     * @param refined true if the evidence is that of importance sampling from a frozen proposal
     * @param warned true if the diagnosis doubts the evidence
     */
    record Trial(
            double logZ, double error, double ess, long evaluations, double cpu, boolean refined, boolean warned) {}

    double[] z() {
        return trials.stream().mapToDouble(t -> (t.logZ - logZ) / t.error).toArray();
    }

    double mean(ToDoubleFunction<Trial> figure) {
        return trials.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** Likelihood evaluations per effective draw, mean of the runs. */
    double callsPerDraw() {
        return mean(t -> t.evaluations / t.ess);
    }

    /** Number of seeds whose run warned. */
    int warned() {
        return (int) trials.stream().filter(Trial::warned).count();
    }

    /**
     * Whether mean z, standard deviation of z and largest z are those of a right engine. With 32 seeds the bounds on the
     * standard deviation let one right engine in 10,000 fail; with few seeds they are not asked for.
     */
    boolean calibrated() {
        double[] z = z();
        double sd = Math.sqrt(StatUtils.variance(z));
        return Math.abs(StatUtils.mean(z)) <= MEAN / Math.sqrt(z.length)
                && (z.length < 32 || sd >= LEAST_SPREAD && sd <= MOST_SPREAD)
                && worst(z) <= WORST;
    }

    /** Whether the problem is solved, or nearly all runs say that it is not. */
    boolean honest() {
        return calibrated() || warned() >= WARNED * trials.size();
    }

    /** A row of the table under {@link #HEADER}. */
    String row() {
        double[] z = z();
        double[] values = trials.stream().mapToDouble(Trial::logZ).toArray();
        double calls = mean(Trial::evaluations);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %+.4f | %.4f | %.4f | %+.2f | %.2f | %.2f | %.0f | %.1f | %.2f | %d | %d | %s |%n",
                problem,
                dimension,
                z.length,
                StatUtils.mean(values) - logZ,
                Math.sqrt(StatUtils.variance(values)),
                mean(Trial::error),
                StatUtils.mean(z),
                Math.sqrt(StatUtils.variance(z)),
                worst(z),
                calls,
                callsPerDraw(),
                1e6 * mean(t -> t.cpu / t.evaluations),
                trials.stream().filter(Trial::refined).count(),
                warned(),
                calibrated() ? "right" : honest() ? "warns" : "**fails**");
    }

    private static double worst(double[] z) {
        return DoubleStream.of(Arrays.copyOf(z, z.length)).map(Math::abs).max().orElse(0);
    }
}
