package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * What evidences say of the rank, all ranks being equally probable before.
 *
 * <p>Grades are those of Kass and Raftery (1995, J. Am. Stat. Assoc. 90, 773, section 3.2): a Bayes factor up to e is not
 * worth more than a bare mention, and one within twice its numerical error is no difference.
 *
 * @param ranks ascending
 * @param logZ ln Z of each
 * @param error their standard errors
 */
public record RankPosterior(int[] ranks, double[] logZ, double[] error) {
    private static final int DRAWS = 4000;
    private static final double MENTION = 1;
    private static final double ERRORS = 2;

    public RankPosterior {
        if (ranks.length == 0 || logZ.length != ranks.length || error.length != ranks.length) {
            throw new IllegalArgumentException("ranks, evidences and errors differ in number, or there are none");
        }
    }

    /** Index of the rank of highest evidence. */
    public int best() {
        return IntStream.range(0, logZ.length)
                .reduce((a, b) -> logZ[b] > logZ[a] ? b : a)
                .orElseThrow();
    }

    /** ln of the Bayes factor of rank number {@code t} against the best one, at most 0. */
    public double logBayes(int t) {
        return logZ[t] - logZ[best()];
    }

    /** Its standard error; 0 for the best rank itself. */
    public double logBayesError(int t) {
        return t == best() ? 0 : Math.hypot(error[t], error[best()]);
    }

    /**
     * The probability of each rank, averaged over the errors of the evidences as if these were normal: an evidence that is
     * known to 3 nats does not make a rank certain by leading by 2.
     */
    public double[] probability() {
        double[] sum = new double[ranks.length];
        RandomSource random = RandomStream.of(ranks.length).split("errors").generator();
        double[] z = new double[ranks.length];
        for (int i = 0; i < DRAWS; i++) {
            Arrays.setAll(z, t -> logZ[t] + error[t] * random.nextGaussian());
            double top = Arrays.stream(z).max().orElseThrow();
            double all = Arrays.stream(z).map(v -> Math.exp(v - top)).sum();
            for (int t = 0; t < z.length; t++) {
                sum[t] += Math.exp(z[t] - top) / all / DRAWS;
            }
        }
        return sum;
    }

    /** The ranks that cannot be told from the best one, which is among them; ascending. */
    public List<Integer> alike() {
        return IntStream.range(0, ranks.length)
                .filter(t -> -logBayes(t) <= Math.max(MENTION, ERRORS * logBayesError(t)))
                .mapToObj(t -> ranks[t])
                .toList();
    }

    /** What may be said, as sentences. */
    public String verdict() {
        if (ranks.length == 1) {
            return "Only one rank was tried: its evidence has nothing to be compared with.";
        }
        int best = best();
        double[] p = probability();
        List<Integer> alike = alike();
        StringBuilder text = new StringBuilder();
        if (alike.size() == 1) {
            int second = IntStream.range(0, ranks.length)
                    .filter(t -> t != best)
                    .reduce((a, b) -> logZ[b] > logZ[a] ? b : a)
                    .orElseThrow();
            text.append(String.format(
                    Locale.ROOT,
                    "The evidence favours rank %d, of probability %s; next is rank %d, ln B = %.2f ± %.2f.",
                    ranks[best],
                    percent(p[best]),
                    ranks[second],
                    logBayes(second),
                    logBayesError(second)));
        } else {
            text.append(String.format(
                    Locale.ROOT,
                    "Ranks %s cannot be told apart by evidence: their Bayes factors are at most e or lie within twice"
                            + " their numerical errors; the highest evidence is that of rank %d.",
                    list(alike),
                    ranks[best]));
        }
        if (best == ranks.length - 1) {
            text.append(" It is the largest rank tried: try larger ones.");
        }
        return text.toString();
    }

    /** A probability in percent, without claiming more than numerical certainty. */
    public static String percent(double p) {
        return p > 0.999 ? "> 99.9 %" : p < 0.001 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", 100 * p);
    }

    private static String list(List<Integer> ranks) {
        String head =
                ranks.subList(0, ranks.size() - 1).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return head + " and " + ranks.get(ranks.size() - 1);
    }
}
