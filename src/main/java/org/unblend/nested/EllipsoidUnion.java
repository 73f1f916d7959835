package org.unblend.nested;

import java.util.List;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;

/**
 * A region of the unit cube: the part of it that lies in at least one of several ellipsoids, overlaps allowed. Draws
 * are uniform on it.
 */
final class EllipsoidUnion {
    private final List<Ellipsoid> parts;
    private final Ellipsoid[] array;
    private final double[] cumulative;
    private final double logVolume;

    EllipsoidUnion(List<Ellipsoid> parts) {
        this.parts = List.copyOf(parts);
        this.array = parts.toArray(new Ellipsoid[0]);
        this.logVolume =
                LogSum.of(parts.stream().mapToDouble(Ellipsoid::logVolume).toArray());
        this.cumulative = new double[parts.size()];
        double sum = 0;
        for (int k = 0; k < cumulative.length; k++) {
            sum += Math.exp(this.parts.get(k).logVolume() - logVolume);
            cumulative[k] = sum;
        }
    }

    /** All of the unit cube. */
    static EllipsoidUnion ofUnitCube(int d) {
        return new EllipsoidUnion(List.of(Ellipsoid.aroundUnitCube(d)));
    }

    List<Ellipsoid> parts() {
        return parts;
    }

    /** Number of ellipsoids. */
    int size() {
        return parts.size();
    }

    /** ln of the sum of the volumes: overlaps are counted twice, and parts outside of the cube are counted. */
    double logVolume() {
        return logVolume;
    }

    /** The same ellipsoids with all axes times {@code by}. */
    EllipsoidUnion scaled(double by) {
        return new EllipsoidUnion(parts.stream().map(e -> e.scaled(by)).toList());
    }

    /** The factor by which all axes must grow for the point at {@code u[at...]} to lie on the border, squared. */
    double distance2(double[] u, int at) {
        double least = Double.POSITIVE_INFINITY;
        for (Ellipsoid e : array) {
            least = Math.min(least, e.distance2(u, at));
        }
        return least;
    }

    /**
     * Fills {@code u} with uniform draws of the region. An ellipsoid is chosen by its volume, and a draw from it is kept
     * if it lies in the cube, with probability 1/q where q ellipsoids contain it (Feroz, Hobson and Bridges 2009, MNRAS
     * 398, 1601, section 5.3). If the ellipsoids together are larger than the cube, the cube is drawn from instead and
     * draws outside of all ellipsoids are dropped.
     *
     * @param u {@code [rows x d]}, modified
     * @return how many draws were not kept
     */
    long draw(RandomSource random, double[] u, int rows, int d) {
        return draw(random, u, rows, d, (v, at) -> true);
    }

    /** The same of the part of the region that a guard lets pass. */
    long draw(RandomSource random, double[] u, int rows, int d, Guard guard) {
        boolean fromCube = logVolume > 0;
        long made = 0;
        for (int r = 0; r < rows; made++) {
            boolean kept = fromCube ? drawFromCube(random, u, r * d, d) : drawFromEllipsoid(random, u, r * d);
            r += kept && guard.passes(u, r * d) ? 1 : 0;
        }
        return made - rows;
    }

    /** A part of the cube. */
    @FunctionalInterface
    interface Guard {
        /** Whether the point at {@code u[at...]} belongs to it. */
        boolean passes(double[] u, int at);
    }

    /** Number of ellipsoids that contain the point at {@code u[at...]}. */
    int covering(double[] u, int at) {
        int covering = 0;
        for (Ellipsoid e : array) {
            covering += e.contains(u, at) ? 1 : 0;
        }
        return covering;
    }

    /**
     * The ellipsoids that contain the point at {@code u[at...]}.
     *
     * @param which their numbers in {@link #parts} are written to {@code which[0...]}, in ascending order
     * @return how many there are
     */
    int containing(double[] u, int at, int[] which) {
        int containing = 0;
        for (int k = 0; k < array.length; k++) {
            if (array[k].contains(u, at)) {
                which[containing++] = k;
            }
        }
        return containing;
    }

    private boolean drawFromCube(RandomSource random, double[] u, int at, int d) {
        for (int i = 0; i < d; i++) {
            u[at + i] = random.nextOpen();
        }
        for (Ellipsoid e : parts) {
            if (e.contains(u, at)) {
                return true;
            }
        }
        return false;
    }

    private boolean drawFromEllipsoid(RandomSource random, double[] u, int at) {
        double pick = random.nextOpen() * cumulative[cumulative.length - 1];
        int chosen = 0;
        while (cumulative[chosen] < pick) {
            chosen++;
        }
        if (!array[chosen].drawInCube(random, u, at)) {
            return false;
        }
        if (array.length == 1) {
            return true;
        }
        int covering = covering(u, at);
        return covering <= 1 || random.nextOpen() * covering < 1;
    }
}
