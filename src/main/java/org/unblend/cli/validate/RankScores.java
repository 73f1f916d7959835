package org.unblend.cli.validate;

import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * How often ranks are found, and whether the stated probabilities are worth what they say.
 *
 * @param trials at least one
 */
record RankScores(List<RankTrial> trials) {
    static final String HEADER = """
            | noise | true rank | sets | right | expected | decided | decided and right | truth is the best or not told from it \
            | Brier's score | its expectation | CPU s per set |
            |---|---|---|---|---|---|---|---|---|---|---|
            """;

    double right() {
        return count(RankTrial::isRight);
    }

    /** Right verdicts less the sum of the probabilities of the best ranks, with its standard deviation if these are true. */
    Measured excess() {
        return new Measured(
                right() - sum(RankTrial::probabilityOfBest),
                Math.sqrt(sum(t -> t.probabilityOfBest() * (1 - t.probabilityOfBest()))));
    }

    /**
     * Mean Brier score less its expectation if the stated probabilities are true, {@code 1 - sum p^2}, with its standard
     * deviation, {@code 2 sd(p_truth)}.
     */
    Measured excessBrier() {
        int n = trials.size();
        double variance = sum(t -> 4 * Math.max(0, t.power(3) - Math.pow(t.power(2), 2)));
        return new Measured(sum(t -> t.brier() - 1 + t.power(2)) / n, Math.sqrt(variance) / n);
    }

    /** A row of the table under {@link #HEADER}. */
    String row(String noise, String truth) {
        int n = trials.size();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.0f | %.2f | %.0f | %.0f | %.0f | %.3f | %.3f | %.1f |%n",
                noise,
                truth,
                n,
                right(),
                sum(RankTrial::probabilityOfBest),
                count(RankTrial::isDecided),
                count(t -> t.isDecided() && t.isRight()),
                count(RankTrial::holdsTruth),
                sum(RankTrial::brier) / n,
                sum(t -> 1 - t.power(2)) / n,
                sum(RankTrial::cpu) / n);
    }

    private double count(Predicate<RankTrial> which) {
        return trials.stream().filter(which).count();
    }

    private double sum(ToDoubleFunction<RankTrial> figure) {
        return trials.stream().mapToDouble(figure).sum();
    }
}
