package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Cholesky;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Fixed seeds: nothing here is random. */
class CrustTest {
    private static final int D = 4;
    private static final double THICKNESS = 0.02;
    private static final double[] CENTRE = {0.3, -1, 20, 0};

    /** Axes of very different lengths, not along the coordinates. */
    private static final double[] AXES = {1, 0, 0, 0, 0.5, 0.2, 0, 0, 30, 5, 50, 0, 0.001, 0, 0, 0.002};

    @Test
    void centreAndShapeOfACrustAreKnownToAPartOfItsThickness() {
        double[] z = crust(600, 0);
        double[] weight = ones(600);
        Crust crust = crust(z, weight).orElseThrow();

        double[] inverse = Cholesky.invert(AXES, D);
        double off = Math.sqrt(EllipticMixture.distance2(D, inverse, crust.mean(), 0, CENTRE, 0));
        // Coefficients are known to about THICKNESS / sqrt(600 / 14) = 0.003; moments know the centre to 1 / sqrt(600)
        // = 0.04.
        assertTrue(off < 0.006, "centre off by " + off);
        for (int direction = 0; direction < 50; direction++) {
            double[] at = crust(1, 100 + direction);
            double[] toRound = Cholesky.invert(crust.factor(), D);
            double radius = Math.sqrt(EllipticMixture.distance2(D, toRound, at, 0, crust.mean(), 0));
            assertEquals(Math.sqrt(D), radius, Math.sqrt(D) * 5 * THICKNESS);
        }
    }

    @Test
    void halfACrustKnowsTheWhole() {
        double[] z = crust(1200, 0);
        double[] upper = ones(1200);
        for (int i = 0; i < upper.length; i++) {
            upper[i] = z[i * D] > CENTRE[0] - 0.3 ? 1 : 0;
        }
        double off = Math.sqrt(EllipticMixture.distance2(
                D, Cholesky.invert(AXES, D), crust(z, upper).orElseThrow().mean(), 0, CENTRE, 0));
        assertTrue(off < 0.02, "centre off by " + off);
    }

    @Test
    void whatIsNoCrustIsLeftToItsMoments() {
        RandomSource random = RandomStream.of(3).generator();
        double[] normal = new double[2000 * D];
        double[] ball = new double[2000 * D];
        double[] slab = new double[2000 * D];
        for (int i = 0; i < normal.length; i++) {
            normal[i] = random.nextGaussian();
            slab[i] = i % D == 0 ? 1 : random.nextOpen();
        }
        for (int i = 0; i < 2000; i++) {
            double norm = Math.sqrt(EllipticMixture.distance2(D, unit(), normal, i * D, new double[D], 0));
            double radius = Math.pow(random.nextOpen(), 1.0 / D);
            for (int j = 0; j < D; j++) {
                ball[i * D + j] = normal[i * D + j] / norm * radius;
            }
        }
        assertEquals(Optional.empty(), crust(normal, ones(2000)));
        assertEquals(Optional.empty(), crust(ball, ones(2000)));
        assertEquals(Optional.empty(), crust(slab, ones(2000)));
        assertEquals(Optional.empty(), crust(new double[2000 * D], ones(2000)));
        assertEquals(Optional.empty(), crust(crust(30, 0), ones(30)), "too few points");
    }

    /** Around centres and axes by moments it is 0.25 effective draws per evaluation. */
    @Test
    void thinShellsAreProposedWell() {
        int d = 5;
        int n = 800;
        RandomSource random = RandomStream.of(4).generator();
        double[] u = new double[n * d];
        double[] logL = new double[n];
        for (int i = 0; i < n; i++) {
            double[] e = direction(d, random);
            double radius = 0.17 * (1 + 0.05 * random.nextGaussian());
            for (int j = 0; j < d; j++) {
                u[i * d + j] = 0.5 + (j == 0 ? 0.29 * (i % 2 * 2 - 1) : 0) + e[j] * radius;
            }
            logL[i] = shells(u, i * d, d);
        }
        Cloud cloud = Cloud.of(u, logL, new double[n], d);
        Proposal proposal = BestFit.of(cloud, true, RandomStream.of(5), Parallel.SERIAL);

        int pieces = 20;
        double[] logWeight = new double[pieces * Proposal.PIECE];
        Arrays.fill(logWeight, Double.NEGATIVE_INFINITY);
        int rows = 0;
        for (int p = 0; p < pieces; p++) {
            Proposal.Kept kept = proposal.draw(RandomStream.of(6).split(p));
            for (int i = 0; i < kept.rows(); i++) {
                logWeight[rows++] = kept.logFactor()[i] + shells(kept.u(), i * d, d);
            }
        }
        double[] w = Arrays.copyOf(logWeight, rows);
        Sum sum = new Sum(new double[rows * d], new double[rows * d], new double[rows], w, logWeight.length);
        assertTrue(sum.ess() / rows > 0.5, "effective draws per evaluation " + sum.ess() / rows);
        assertTrue(sum.paretoShape() < 0.3, "k-hat " + sum.paretoShape());
    }

    private static double shells(double[] u, int at, int d) {
        double rest = 0;
        for (int j = 1; j < d; j++) {
            rest += (u[at + j] - 0.5) * (u[at + j] - 0.5);
        }
        double x = Math.abs(u[at] - 0.5) - 0.29;
        double off = (Math.sqrt(x * x + rest) / 0.17 - 1) / 0.05;
        return -0.5 * off * off;
    }

    private static Optional<Crust> crust(double[] z, double[] weight) {
        EllipticMixture one =
                EllipticMixture.fit(z, weight, D, 1, RandomStream.of(1).generator(), Parallel.SERIAL);
        return Crust.of(z, weight, one.meanNear(z, 0), one.axesNear(z, 0));
    }

    private static double[] crust(int points, long seed) {
        RandomSource random = RandomStream.of(seed).generator();
        double[] z = new double[points * D];
        for (int i = 0; i < points; i++) {
            double[] e = direction(D, random);
            double radius = 1 + THICKNESS * random.nextGaussian();
            for (int j = 0; j < D; j++) {
                z[i * D + j] = CENTRE[j];
                for (int k = 0; k <= j; k++) {
                    z[i * D + j] += AXES[j * D + k] * e[k] * radius;
                }
            }
        }
        return z;
    }

    /** A vector of length one. */
    private static double[] direction(int d, RandomSource random) {
        double[] e = new double[d];
        Arrays.setAll(e, i -> random.nextGaussian());
        double norm = Math.sqrt(Arrays.stream(e).map(v -> v * v).sum());
        return Arrays.stream(e).map(v -> v / norm).toArray();
    }

    private static double[] unit() {
        double[] unit = new double[D * D];
        for (int i = 0; i < D; i++) {
            unit[i * D + i] = 1;
        }
        return unit;
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }
}
