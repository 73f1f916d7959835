package org.unblend.nested;

import java.util.Optional;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Precision;
import org.unblend.math.RandomStream;

/**
 * Decides where more live points help most: there the importance of Higson et al. (2019, Statistics and Computing 29, 891,
 * eqs 13 and 14) is above half of its maximum. For the posterior it is the weight of a point; for the evidence it is the
 * evidence above a point over the number of live points there.
 */
final class Allocation {
    private static final double PART = 0.5;

    private Allocation() {}

    /** What is not yet as certain as it is wanted. */
    enum Want {
        NOTHING,
        EVIDENCE,
        POSTERIOR
    }

    /** What the runs so far leave to be wished for. */
    static Want unmet(MergedRuns runs, Precision precision, int replicates, RandomStream random) {
        if (Double.isFinite(precision.logZError())
                && EvidenceError.bootstrap(
                                runs, replicates, random.split("error").generator())
                        > precision.logZError()) {
            return Want.EVIDENCE;
        }
        if (Weighted.effectiveSampleSize(runs.weights().posterior()) < precision.ess()) {
            return Want.POSTERIOR;
        }
        return Double.isFinite(precision.quantileError())
                        && EvidenceError.quantiles(
                                        runs,
                                        replicates,
                                        random.split("quantiles").generator())
                                > precision.quantileError()
                ? Want.POSTERIOR
                : Want.NOTHING;
    }

    /**
     * The piece that the next threads should run through.
     *
     * @param want what is to become more certain
     * @return empty for a run from the whole prior to the end
     */
    static Optional<Segment> next(MergedRuns runs, Want want) {
        double[] importance =
                want == Want.EVIDENCE ? evidenceAbove(runs) : runs.weights().posterior();
        double most = 0;
        for (double v : importance) {
            most = Math.max(most, v);
        }
        int first = 0;
        while (importance[first] < PART * most) {
            first++;
        }
        int last = importance.length - 1;
        while (importance[last] < PART * most) {
            last--;
        }
        double until = runs.points().get(last).logL();
        Segment segment = first == 0 ? null : Segment.of(runs, first - 1, until);
        return Optional.ofNullable(segment).filter(s -> s.front().live().size() > 1);
    }

    /** {@code Z(above i) / n_i}, where the live points at the end count as if they had been replaced. */
    private static double[] evidenceAbove(MergedRuns runs) {
        double[] posterior = runs.weights().posterior();
        int n = posterior.length;
        double[] above = new double[n];
        double sum = 0;
        for (int i = n - 1; i >= 0; i--) {
            sum += posterior[i];
            above[i] = sum / runs.weights().live()[Math.min(i, Math.max(0, n - 1 - runs.remaining()))];
        }
        return above;
    }
}
