package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Seeds are fixed; the bounds of the counts hold for a right program but for one seed in a thousand. */
class FriendsTest {
    private static final int POINTS = 400;

    /** A thin ring and a spot far from it. */
    private static final Predicate<double[]> RING_AND_SPOT = u -> {
        double r = Math.hypot(u[0] - 0.3, u[1] - 0.3);
        return r > 0.18 && r < 0.2 || Math.hypot(u[0] - 0.9, u[1] - 0.9) < 0.02;
    };

    /** The balls grow by a half in volume beyond what left-out points need, so that few in ten thousand fresh ones are lost. */
    @Test
    void freshPointsHaveFriendsAndTheHoleHasNone() {
        RandomSource random = RandomStream.of(3).generator();
        Friends friends = Friends.of(draw(POINTS, random), 2, 20, random).orElseThrow();
        double[] fresh = draw(20_000, random);
        assertTrue(outside(friends, fresh) < 20, outside(friends, fresh) + " outside");
        assertFalse(friends.contains(new double[] {0.3, 0.3}, 0));
        assertFalse(friends.contains(new double[] {0.7, 0.7}, 0));
        double[] everywhere = random.doubles(40_000).toArray();
        assertTrue(outside(friends, everywhere) > 17_000, outside(friends, everywhere) + " outside");
    }

    /** The window of the first coordinate loses no neighbour. */
    @Test
    void pointsAreInsideIfAnyLivePointIsWithinTheRadius() {
        RandomSource random = RandomStream.of(5).generator();
        double[] live = draw(POINTS, random);
        Friends friends = Friends.of(live, 2, 20, random).orElseThrow();
        double[] asked = random.doubles(2000).toArray();
        for (int i = 0; i < asked.length; i += 2) {
            double[] x = {asked[i], asked[i + 1]};
            double least = Double.POSITIVE_INFINITY;
            for (int p = 0; p < live.length; p += 2) {
                least = Math.min(least, friends.shape().separation2(x, new double[] {live[p], live[p + 1]}));
            }
            assertEquals(Math.sqrt(least) <= friends.radius(), friends.contains(asked, i));
        }
    }

    @Test
    void fewOrEqualPointsHaveNone() {
        double[] point = new double[2 * POINTS];
        Arrays.fill(point, 0.5);
        assertTrue(Friends.of(point, 2, 20, RandomStream.of(1).generator()).isEmpty());
        assertTrue(Friends.of(
                        new double[] {0.1, 0.2, 0.3, 0.4},
                        2,
                        20,
                        RandomStream.of(1).generator())
                .isEmpty());
    }

    private static int outside(Friends friends, double[] u) {
        int outside = 0;
        for (int i = 0; i < u.length; i += 2) {
            outside += friends.contains(u, i) ? 0 : 1;
        }
        return outside;
    }

    private static double[] draw(int n, RandomSource random) {
        double[] u = new double[2 * n];
        for (int i = 0; i < n; i++) {
            double[] x;
            do {
                x = new double[] {random.nextOpen(), random.nextOpen()};
            } while (!RING_AND_SPOT.test(x));
            u[2 * i] = x[0];
            u[2 * i + 1] = x[1];
        }
        return u;
    }
}
