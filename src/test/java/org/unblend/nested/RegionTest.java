package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class RegionTest {
    private static final int POINTS = 500;

    /** A thin bent band. */
    private static final Predicate<double[]> BANANA =
            u -> Math.abs(u[1] - 0.2 - 2 * Math.pow(u[0] - 0.5, 2)) < 0.02 && u[0] > 0.1 && u[0] < 0.9;

    /** Two squares in opposite corners, of unequal size. */
    private static final Predicate<double[]> SQUARES = u -> Math.max(u[0], u[1]) < 0.2 || Math.min(u[0], u[1]) > 0.9;

    /**
     * Points that the fit did not see: of a region that misses one point in 500 on average, 20,000 points would find 40
     * outside. The fit must do better than that by its margin.
     */
    @Test
    void freshPointsLieInTheRegion() {
        for (Predicate<double[]> shape : List.of(BANANA, SQUARES)) {
            RandomSource random = RandomStream.of(4).generator();
            double logVolume = Math.log(shape == BANANA ? 0.8 * 0.04 : 0.2 * 0.2 + 0.1 * 0.1);
            EllipsoidUnion region = region(draw(shape, POINTS, random), logVolume);
            assertTrue(region.size() > 1);
            double[] fresh = draw(shape, 20_000, random);
            int outside = 0;
            for (int i = 0; i < 20_000; i++) {
                outside += region.distance2(fresh, 2 * i) > 1 ? 1 : 0;
            }
            assertTrue(outside < 20, outside + " outside");
            assertTrue(region.logVolume() < logVolume + 2, "volume " + region.logVolume() + " for " + logVolume);
        }
    }

    /** A disc about a corner of the square: three draws of four lie outside. Off by 0.2 once in 10,000 seeds; the seed is fixed. */
    @Test
    void drawsOutsideOfTheCubeAreCounted() {
        double[] centre = {0, 0};
        double[] factor = {0.1, 0, 0, 0.1};
        double[] inverse = {10, 0, 0, 10};
        EllipsoidUnion corner =
                new EllipsoidUnion(List.of(new Ellipsoid(centre, factor, inverse, Math.log(Math.PI * 0.01))));
        int rows = 5000;
        double[] u = new double[rows * 2];
        long refused = corner.draw(RandomStream.of(8).generator(), u, rows, 2);
        assertEquals(3, refused / (double) rows, 0.2);
        for (int i = 0; i < rows; i++) {
            assertTrue(u[2 * i] > 0 && u[2 * i + 1] > 0 && Math.hypot(u[2 * i], u[2 * i + 1]) <= 0.1);
        }
    }

    /** The same of ellipsoids that followed their points into a smaller volume without new cuts. */
    @Test
    void ellipsoidsFollowTheirPoints() {
        Predicate<double[]> inner = u -> BANANA.test(u) && u[0] > 0.2 && u[0] < 0.7;
        RandomSource random = RandomStream.of(6).generator();
        Region.Fit outer = Region.fit(
                draw(BANANA, POINTS, random),
                2,
                POINTS,
                Math.log(0.8 * 0.04),
                20,
                true,
                RandomStream.of(7),
                Parallel.SERIAL);
        double logVolume = Math.log(0.5 * 0.04);
        Region.Fit followed = Region.again(
                        new Region.Fit(
                                outer.union(),
                                outer.bare().stream()
                                        .filter(e -> inner.test(e.centre()))
                                        .toList()),
                        draw(inner, POINTS, random),
                        2,
                        POINTS,
                        logVolume,
                        20,
                        RandomStream.of(8),
                        Parallel.SERIAL)
                .orElseThrow();
        assertTrue(followed.union().size() > 1);
        double[] fresh = draw(inner, 20_000, random);
        int outside = 0;
        for (int i = 0; i < 20_000; i++) {
            outside += followed.union().distance2(fresh, 2 * i) > 1 ? 1 : 0;
        }
        assertTrue(outside < 20, outside + " outside");
        assertTrue(followed.logVolume() < logVolume + 2, "volume " + followed.logVolume());
        assertTrue(Region.again(
                        outer,
                        draw(u -> SQUARES.test(u) && u[0] > 0.9, POINTS, random),
                        2,
                        POINTS,
                        Math.log(0.01),
                        20,
                        RandomStream.of(9),
                        Parallel.SERIAL)
                .isEmpty());
    }

    @Test
    void pointsOnALineOrAllAlikeAreNoTrouble() {
        double[] line = new double[2 * POINTS];
        double[] point = new double[2 * POINTS];
        for (int i = 0; i < POINTS; i++) {
            line[2 * i] = line[2 * i + 1] = (i + 0.5) / POINTS;
            point[2 * i] = point[2 * i + 1] = 0.5;
        }
        for (double[] u : List.of(line, point)) {
            EllipsoidUnion region = region(u, Math.log(1e-6));
            double[] draws = new double[200];
            region.draw(RandomStream.of(1).generator(), draws, 100, 2);
            assertTrue(Arrays.stream(draws).allMatch(v -> v > 0 && v < 1));
            assertTrue(region.logVolume() >= Math.log(1e-6) - 1e-9);
        }
    }

    /** Two discs that overlap, cut by the wall: each cell of a grid gets its share (chi^2 of 4 cells, 5 sigma each). */
    @Test
    void drawsFromOverlappingEllipsoidsAreUniform() {
        EllipsoidUnion union = new EllipsoidUnion(List.of(disc(0.1, 0.5), disc(0.2, 0.5)));
        RandomSource random = RandomStream.of(2).generator();
        int n = 40_000;
        double[] draws = new double[2 * n];
        union.draw(random, draws, n, 2);
        double[] cube = new double[2];
        int inside = 0;
        int[] expected = new int[2];
        int trials = 400_000;
        for (int i = 0; i < trials; i++) {
            cube[0] = random.nextOpen();
            cube[1] = random.nextOpen();
            if (union.distance2(cube, 0) <= 1) {
                inside++;
                expected[0] += cube[0] < 0.1 ? 1 : 0;
                expected[1] += cube[0] < 0.2 ? 1 : 0;
            }
        }
        int[] found = new int[2];
        for (int i = 0; i < n; i++) {
            found[0] += draws[2 * i] < 0.1 ? 1 : 0;
            found[1] += draws[2 * i] < 0.2 ? 1 : 0;
        }
        for (int k = 0; k < 2; k++) {
            double p = expected[k] / (double) inside;
            double sd = Math.sqrt(p * (1 - p) * (1.0 / n + 1.0 / inside));
            assertEquals(p, found[k] / (double) n, 5 * sd);
        }
    }

    private static Ellipsoid disc(double x, double y) {
        // Points on a circle of radius 0.15 have a covariance of 0.15^2/2 along both axes.
        int n = 400;
        double[] u = new double[2 * n];
        int[] all = new int[n];
        for (int i = 0; i < n; i++) {
            u[2 * i] = x + 0.15 * Math.cos(2 * Math.PI * i / n);
            u[2 * i + 1] = y + 0.15 * Math.sin(2 * Math.PI * i / n);
            all[i] = i;
        }
        Ellipsoid e = Ellipsoid.around(u, all, 0, n, 2, n, -100);
        assertEquals(Math.log(Math.PI * 0.15 * 0.15), e.logVolume(), 0.02);
        return e;
    }

    private static EllipsoidUnion region(double[] u, double logVolume) {
        return Region.fit(u, 2, u.length / 2, logVolume, 20, true, RandomStream.of(7), Parallel.SERIAL)
                .union();
    }

    private static double[] draw(Predicate<double[]> shape, int n, RandomSource random) {
        double[] u = new double[2 * n];
        double[] x = new double[2];
        for (int i = 0; i < n; ) {
            x[0] = random.nextOpen();
            x[1] = random.nextOpen();
            if (shape.test(x)) {
                u[2 * i] = x[0];
                u[2 * i++ + 1] = x[1];
            }
        }
        return u;
    }
}
