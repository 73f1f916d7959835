package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class LostPlacesTest {
    private static final int D = 3;
    private static final double SD = 0.03;
    private static final double MAJOR = 0.3;
    private static final double MINOR = 0.7;

    /** Two normal modes in the cube, with 49/50 and 1/50 of the evidence. */
    private static double[] twoModes(double[] u) {
        double[] logL = new double[u.length / D];
        for (int i = 0; i < logL.length; i++) {
            double major = Math.log(0.98);
            double minor = Math.log(0.02);
            for (int j = i * D; j < (i + 1) * D; j++) {
                major -= 0.5 * Math.pow((u[j] - MAJOR) / SD, 2);
                minor -= 0.5 * Math.pow((u[j] - MINOR) / SD, 2);
            }
            logL[i] = LogSum.add(major, minor) - D * Math.log(SD * Math.sqrt(2 * Math.PI));
        }
        return logL;
    }

    private static double[] drawsOfMajor(int n) {
        RandomSource random = RandomStream.of(3).generator();
        double[] u = new double[n * D];
        for (int i = 0; i < u.length; i++) {
            u[i] = MAJOR + SD * random.nextGaussian();
        }
        return u;
    }

    private static List<Cloud> places(double... odd) {
        double[] major = drawsOfMajor(1000);
        double[] equal = new double[1000];
        Arrays.fill(equal, 1e-3);
        Proposal p = BestFit.of(new Cloud(major, twoModes(major), equal, D), true, RandomStream.of(4), Parallel.SERIAL);
        double[] known = Cloud.joined(List.of(major, odd));
        return LostPlaces.of(p, known, twoModes(known), 0, 3, LostPlacesTest::twoModes, () -> true, RandomStream.of(5));
    }

    @Test
    void oneSurvivorOfAMinorModeIsEnough() {
        List<Cloud> found = places(MINOR + SD, MINOR - SD, MINOR + SD);
        assertEquals(1, found.size());
        double mean = Arrays.stream(found.get(0).u()).average().orElseThrow();
        double squares = Arrays.stream(found.get(0).u())
                .map(u -> (u - MINOR) * (u - MINOR))
                .average()
                .orElseThrow();
        // 4 chains, 8 sweeps, 3 coordinates: about 50 independent values or more; 5 standard errors.
        assertEquals(MINOR, mean, 5 * SD / Math.sqrt(50));
        assertEquals(1, squares / (SD * SD), 5 * Math.sqrt(2.0 / 50));
    }

    @Test
    void aPointOnTheWayLeadsThere() {
        // 2 standard deviations from the middle along each axis its weight is 4 times the mean, at the end 100 times
        // and more.
        assertEquals(1, places(MINOR - 2 * SD, MINOR - 2 * SD, MINOR - 2 * SD).size());
    }

    @Test
    void aPointFarOutInATailIsNotLost() {
        double out = MAJOR + 4 * SD;
        assertEquals(List.of(), places(out, out, out));
    }

    @Test
    void nothingOddNothingFound() {
        assertEquals(List.of(), places());
    }

    @Test
    void slicesLeaveTheirLawInvariant() {
        // The prior in probits, truncated where the first coordinate is negative: draws of it stay draws of it.
        Chart chart = new Chart(Space.PROBIT, Optional.empty(), 2);
        Climb.Likelihood half = u -> {
            double[] l = new double[u.length / 2];
            for (int i = 0; i < l.length; i++) {
                l[i] = u[2 * i] > 0.5 ? 0 : Double.NEGATIVE_INFINITY;
            }
            return l;
        };
        int n = 4000;
        RandomSource random = RandomStream.of(8).generator();
        double[] z = new double[2 * n];
        for (int i = 0; i < n; i++) {
            z[2 * i] = Math.abs(random.nextGaussian());
            z[2 * i + 1] = random.nextGaussian();
        }
        double[][] shape = new double[n][];
        Arrays.fill(shape, new double[] {1, 0, 0.3, 0.5});
        LocalChains chains = new LocalChains(chart, half, shape, z, LocalChains.logPosterior(chart, half, z));
        chains.sweep(RandomStream.of(9));
        double[] after = chains.positions();
        double first = 0;
        double product = 0;
        double square = 0;
        for (int i = 0; i < n; i++) {
            assertTrue(after[2 * i] > 0);
            first += after[2 * i] / n;
            product += after[2 * i] * after[2 * i + 1] / n;
            square += after[2 * i + 1] * after[2 * i + 1] / n;
        }
        // 4.5 standard errors each: false alarms once in 50,000 times; the seed is fixed.
        assertEquals(Math.sqrt(2 / Math.PI), first, 4.5 * Math.sqrt((1 - 2 / Math.PI) / n));
        assertEquals(0, product, 4.5 / Math.sqrt(n));
        assertEquals(1, square, 4.5 * Math.sqrt(2.0 / n));
    }
}
