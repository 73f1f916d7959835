package org.unblend.nmf.rank;

import java.util.Optional;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.StartRule;

/**
 * How ranks are compared.
 *
 * @param from smallest rank, at least 1
 * @param to largest rank
 * @param folds parts into which the entries are split for cross-validation, at least 2
 * @param starts random starts of each fit, of which the best counts; at least 1
 * @param runs factorisations whose agreement is the stability; at least 2
 * @param subsample fraction of the samples that each of these sees, above 0 and at most 1
 * @param noiseKnown true if Normal weights are inverse variances of the noise; counts know their noise
 * @param stop when a fit ends
 * @param init the rule by which fits begin; empty for singular vectors first, then random ones
 * @param holdOut what fits do not see
 */
public record RankSettings(
        int from,
        int to,
        int folds,
        int starts,
        int runs,
        double subsample,
        boolean noiseKnown,
        StopRule stop,
        Optional<StartRule> init,
        HoldOut holdOut) {

    public RankSettings {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException(
                    "ranks from " + from + " to " + to + "; give a range that begins at 1 or above and rises");
        }
        if (folds < 2 || starts < 1 || runs < 2 || !(subsample > 0 && subsample <= 1)) {
            throw new IllegalArgumentException("ranks need at least 2 folds, 1 start, 2 runs and a part of the samples"
                    + " above 0, got " + folds + ", " + starts + ", " + runs + " and " + subsample);
        }
    }

    /** Fits that begin by singular vectors and at random, and do not see some entries. */
    public RankSettings(
            int from, int to, int folds, int starts, int runs, double subsample, boolean noiseKnown, StopRule stop) {
        this(from, to, folds, starts, runs, subsample, noiseKnown, stop, Optional.empty(), HoldOut.ENTRIES);
    }

    /** The same with fits that begin by a rule; one that is not random is tried once. */
    public RankSettings with(StartRule rule) {
        return new RankSettings(
                from,
                to,
                folds,
                rule.random() ? starts : 1,
                runs,
                subsample,
                noiseKnown,
                stop,
                Optional.of(rule),
                holdOut);
    }

    /** The same with another number of starts. */
    public RankSettings withStarts(int other) {
        return new RankSettings(from, to, folds, other, runs, subsample, noiseKnown, stop, init, holdOut);
    }

    /** The same with something else held out. */
    public RankSettings with(HoldOut other) {
        return new RankSettings(from, to, folds, starts, runs, subsample, noiseKnown, stop, init, other);
    }

    /** 5 folds, 3 starts, 10 runs on four fifths of the samples each, 500 iterations at most. */
    public static RankSettings of(int from, int to, boolean noiseKnown) {
        return new RankSettings(from, to, 5, 3, 10, 0.8, noiseKnown, new StopRule(500, 1e-6, 1e-3, 10));
    }
}
