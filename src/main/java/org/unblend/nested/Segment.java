package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import org.unblend.math.LogSum;

/**
 * A piece of a run: new threads that are born above one likelihood and not continued beyond another. Merged with the runs
 * before, it adds live points where they are needed (dynamic nested sampling: Higson et al. 2019, Statistics and
 * Computing 29, 891).
 *
 * @param front where the runs before stood at the threshold
 * @param logZ ln Z of the points that had died by then
 * @param until log likelihood at which the run ends
 * @param again true to begin with the live points of the front instead of new ones: for comparisons, not for merging
 */
record Segment(Front front, double logZ, double until, boolean again) {

    /** The same way from the same points. */
    Segment goneAgain() {
        return new Segment(front, logZ, until, true);
    }

    /** The piece of these runs above the death of point {@code from}, up to {@code until}. */
    static Segment of(MergedRuns runs, int from, double until) {
        double threshold = runs.points().get(from).logL();
        int dead = from;
        while (dead < runs.points().size() && runs.points().get(dead).logL() <= threshold) {
            dead++;
        }
        List<Point> live = new ArrayList<>();
        for (Point p : runs.points().subList(dead, runs.points().size())) {
            if (p.birth() <= threshold) {
                live.add(p);
            }
        }
        double logZ = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < dead; i++) {
            logZ = LogSum.add(logZ, runs.weights().logWeight()[i]);
        }
        Front front = new Front(
                live, runs.points().subList(0, dead), threshold, runs.weights().logVolume()[dead - 1]);
        return new Segment(front, logZ + runs.weights().logZ(), until, false);
    }
}
