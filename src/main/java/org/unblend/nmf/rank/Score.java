package org.unblend.nmf.rank;

/**
 * How well held-out entries are predicted with one rank. Deviances are per entry: about 1 for Normal noise of known size
 * alone.
 *
 * @param mean mean deviance; NaN if nothing could be held out
 * @param error its standard error, from the scatter between samples
 * @param excess difference of the mean to the best rank
 * @param excessError standard error of that difference, samples paired; 0 for the best rank
 * @param signedRank Wilcoxon's signed-rank statistic of the same pairs as a standard normal deviate, which no single
 *     extreme sample decides; 0 for the best rank
 */
public record Score(double mean, double error, double excess, double excessError, double signedRank) {

    static Score of(Held held, Held best) {
        boolean isBest = held == best;
        return new Score(
                held.mean(),
                held.error(),
                held.mean() - best.mean(),
                isBest ? 0 : held.errorOfDifference(best),
                isBest ? 0 : held.signedRank(best));
    }

    /**
     * True if the held-out entries do not tell this rank from the best one: neither the mean difference nor the signed
     * ranks are beyond two standard errors.
     */
    public boolean likeTheBest() {
        return excess <= 2 * excessError && signedRank <= 2;
    }
}
