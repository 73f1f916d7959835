package org.unblend.nested;

import java.util.Arrays;
import org.unblend.math.RandomSource;

/**
 * One chain of slice sampling (Neal 2003, Annals of Statistics 31, 705) whose stationary law is uniform on the part of a
 * region that is above a threshold. A slice lies on a line through the present point, begins with the whole chord of the
 * line through the region, and shrinks towards the present point with each draw that is refused. Draws outside of the
 * region are refused without asking for their likelihood, so there is nothing to step out to and little to shrink.
 *
 * <p>Lines are of two kinds, chosen at random whatever the position. Local: an ellipsoid E is drawn from the q that
 * contain the present point x, the direction is uniform in coordinates in which E is a ball, and the chord is that of E.
 * This is Gibbs sampling of the pair (x, E) with density 1/q(x): a draw y is refused with probability
 * {@code 1 - q(x)/q(y)}. Differential: the direction is that from one live point to another, neither of them the one
 * that the chain began at, and the chord reaches through all ellipsoids.
 */
final class SliceWalker {
    /** Share of the lines that run along the difference of two live points. */
    private static final double DIFFERENTIAL = 0.25;

    private final EllipsoidUnion region;
    private final double[] live;
    private final int start;
    private final RandomSource random;
    private final int d;
    private final double[] x;
    private double logL;
    private int slices;
    private final double[] direction;
    private final double[] room;
    private boolean onLine;
    private double low;
    private double high;
    /** A draw is refused if more ellipsoids than this contain it. */
    private double mostCovering;

    private double at;

    /** The ellipsoids that contain the present point, and how many there are. */
    private int[] containing;

    private int covering;

    /** Those of the draw that is to be judged. */
    private int[] containingDraw;

    private int coveringDraw;

    /**
     * @param region contains the starting point
     * @param live positions of the live points, {@code [points x d]}
     * @param start index of the one to start from
     * @param logL its log likelihood
     * @param slices how many slices are still to be done
     */
    SliceWalker(EllipsoidUnion region, double[] live, int d, int start, double logL, int slices, RandomSource random) {
        this.region = region;
        this.live = live;
        this.start = start;
        this.d = d;
        this.x = Arrays.copyOfRange(live, start * d, (start + 1) * d);
        this.logL = logL;
        this.slices = slices;
        this.random = random;
        this.direction = new double[d];
        this.room = new double[d];
        this.containing = new int[region.size()];
        this.containingDraw = new int[region.size()];
        this.covering = region.containing(x, 0, containing);
        if (covering == 0) {
            throw new IllegalArgumentException("the region does not contain the starting point " + Arrays.toString(x));
        }
    }

    /** The present point; the end of the chain once nothing more is proposed. */
    double[] position() {
        return x;
    }

    double logL() {
        return logL;
    }

    /**
     * Proposes the next point to be judged.
     *
     * @param u the point is written to {@code u[offset...]}
     * @return false if the chain has ended
     */
    boolean propose(double[] u, int offset) {
        while (slices > 0) {
            if (!onLine) {
                newLine();
                onLine = true;
            }
            at = low + (high - low) * random.nextOpen();
            boolean inside = true;
            boolean moved = false;
            for (int i = 0; i < d; i++) {
                double y = x[i] + at * direction[i];
                u[offset + i] = y;
                inside &= y > 0 && y < 1;
                moved |= y != x[i];
            }
            coveringDraw = inside ? region.containing(u, offset, containingDraw) : 0;
            if (!moved) {
                // The slice has shrunk to the present point.
                endSlice();
            } else if (coveringDraw > 0 && coveringDraw <= mostCovering) {
                return true;
            } else {
                shrink();
            }
        }
        return false;
    }

    /** Goes to the point proposed last, {@code u[offset...]}, if it is above the threshold; refuses it if not. */
    void judge(double[] u, int offset, double logLikelihood, boolean above) {
        if (above) {
            System.arraycopy(u, offset, x, 0, d);
            int[] before = containing;
            containing = containingDraw;
            containingDraw = before;
            covering = coveringDraw;
            logL = logLikelihood;
            endSlice();
        } else {
            shrink();
        }
    }

    private void endSlice() {
        onLine = false;
        slices--;
    }

    private void shrink() {
        if (at < 0) {
            low = at;
        } else {
            high = at;
        }
    }

    private void newLine() {
        if (live.length > 2 * d && random.nextOpen() < DIFFERENTIAL) {
            differentialLine();
        } else {
            localLine();
        }
        for (int i = 0; i < d; i++) {
            double toZero = -x[i] / direction[i];
            double toOne = (1 - x[i]) / direction[i];
            if (direction[i] != 0) {
                low = Math.max(low, Math.min(toZero, toOne));
                high = Math.min(high, Math.max(toZero, toOne));
            }
        }
        if (!(low < high)) {
            // No direction at all: two live points at the same place.
            low = 0;
            high = 0;
        }
    }

    private void localLine() {
        Ellipsoid e = region.parts().get(containing[random.nextInt(covering)]);
        e.direction(random, room, direction);
        mostCovering = covering / random.nextOpen();
        Ellipsoid.Interval chord = e.chord(x, direction);
        low = Math.min(0, chord.low());
        high = Math.max(0, chord.high());
    }

    private void differentialLine() {
        difference();
        mostCovering = region.size();
        low = 0;
        high = 0;
        for (Ellipsoid e : region.parts()) {
            Ellipsoid.Interval chord = e.chord(x, direction);
            // Comparisons that NaN fails: an ellipsoid that the line misses does not count.
            low = chord.low() < low ? chord.low() : low;
            high = chord.high() > high ? chord.high() : high;
        }
    }

    private void difference() {
        int from = other(start, start);
        int to = other(start, from);
        for (int i = 0; i < d; i++) {
            direction[i] = live[to * d + i] - live[from * d + i];
        }
    }

    /** The index of a live point, other than these two. */
    private int other(int thisOne, int thatOne) {
        int points = live.length / d;
        int i = random.nextInt(points);
        while (i == thisOne || i == thatOne) {
            i = random.nextInt(points);
        }
        return i;
    }
}
