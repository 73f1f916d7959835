package org.unblend.nested;

import java.util.List;
import java.util.Optional;

/**
 * One finished run.
 *
 * @param points all points in the order of their deaths, which is that of ascending likelihood
 * @param remaining how many of them, at the end, were still alive when the run stopped
 * @param ranks insertion ranks in the order of insertion
 * @param others number of live points to which each rank refers
 * @param batchOf for each point the batch that was being used when it died
 * @param lostShare for each batch the largest part of the volume above the threshold in which a forward model may have
 *     failed: {@code failed / (failed + above)}
 * @param jumps for each inserted point that a chain found, its {@link Candidates.Chains#jump}
 * @param plateau true if the run ended because all live points were equally likely
 * @param stopped why the run ended before its goal, if it did
 * @param remainingEvidence {@code ln(1 + X mean(L_live) / Z)} when it ended
 */
record RunRecord(
        List<Point> points,
        int remaining,
        int[] ranks,
        int[] others,
        int[] batchOf,
        double[] lostShare,
        double[] jumps,
        boolean plateau,
        Optional<String> stopped,
        double remainingEvidence) {

    RunRecord {
        points = List.copyOf(points);
    }

    /** Whether the run began with the whole prior. */
    boolean fromPrior() {
        return points.stream().anyMatch(p -> p.birth() == Double.NEGATIVE_INFINITY);
    }

    double[] births() {
        return points.stream().mapToDouble(Point::birth).toArray();
    }

    double[] logLikelihoods() {
        return points.stream().mapToDouble(Point::logL).toArray();
    }

    /** The weights of this run alone. */
    NestedWeights weights() {
        return NestedWeights.of(births(), logLikelihoods());
    }
}
