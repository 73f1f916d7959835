package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ChainsTest {

    /** Chains x_t = rho x_{t-1} + sqrt(1 - rho^2) noise with standard normal margins. */
    private static double[][] autoregressive(int chains, int n, double rho, long seed) {
        double[][] x = new double[chains][n];
        for (int c = 0; c < chains; c++) {
            RandomSource random = RandomStream.of(seed).split(c).generator();
            x[c][0] = random.nextGaussian();
            for (int i = 1; i < n; i++) {
                x[c][i] = rho * x[c][i - 1] + Math.sqrt(1 - rho * rho) * random.nextGaussian();
            }
        }
        return x;
    }

    @Test
    void effectiveSizeOfAutoregressiveChains() {
        // Known: S (1 - rho) / (1 + rho). The estimate scatters by about 6 % here.
        for (double rho : new double[] {-0.3, 0, 0.5, 0.9}) {
            double[][] x = autoregressive(4, 5000, rho, 11);
            double expected = 20_000 * (1 - rho) / (1 + rho);
            assertEquals(expected, Chains.essMean(x), 0.2 * expected, "rho " + rho);
            assertEquals(expected, Chains.essBulk(x), 0.2 * expected, "rho " + rho);
        }
    }

    @Test
    void theErrorOfTheMeanIsHonest() {
        // z-scores of 200 means of chains with rho 0.7: the mean square of 200 standard normal numbers is 1 +- 0.1.
        double sum = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[][] x = autoregressive(4, 500, 0.7, 1000 + seed);
            double mean = 0;
            for (double[] chain : x) {
                mean += java.util.Arrays.stream(chain).average().orElseThrow() / 4;
            }
            sum += Math.pow(mean / Chains.mcseMean(x), 2);
        }
        assertEquals(1, sum / 200, 0.45);
    }

    @Test
    void theErrorOfAQuantileIsHonest() {
        double truth = -1.6448536269514722;
        double sum = 0;
        for (int seed = 0; seed < 200; seed++) {
            double[][] x = autoregressive(4, 500, 0.5, 5000 + seed);
            double[] all = java.util.Arrays.stream(x)
                    .flatMapToDouble(java.util.Arrays::stream)
                    .sorted()
                    .toArray();
            double quantile = all[(int) Math.round(0.05 * (all.length - 1))];
            sum += Math.pow((quantile - truth) / Chains.mcseQuantile(x, 0.05), 2);
        }
        assertEquals(1, sum / 200, 0.45);
    }

    @Test
    void chainsThatAgreeAndChainsThatDoNot() {
        double[][] x = autoregressive(4, 1000, 0.3, 3);
        assertTrue(Chains.rhat(x) < 1.01);
        double[][] shifted = autoregressive(4, 1000, 0.3, 3);
        double[][] wider = autoregressive(4, 1000, 0.3, 3);
        for (int i = 0; i < 1000; i++) {
            shifted[0][i] += 1;
            wider[0][i] *= 4;
        }
        assertTrue(Chains.rhat(shifted) > 1.05);
        // Equal means: only the folded statistic sees it.
        assertTrue(Chains.rhat(wider) > 1.05);
        assertTrue(Chains.essBulk(shifted) < 50);
    }

    @Test
    void aDriftWithinOneChainIsSeen() {
        double[][] x = autoregressive(1, 1000, 0, 8);
        for (int i = 0; i < 1000; i++) {
            x[0][i] += 0.003 * i;
        }
        assertTrue(Chains.rhat(x) > 1.2);
    }

    @Test
    void heavyTailsDoNotFoolIt() {
        double[][] x = autoregressive(4, 1000, 0, 4);
        for (double[] chain : x) {
            for (int i = 0; i < chain.length; i++) {
                chain[i] = Math.pow(chain[i], 15);
            }
        }
        assertTrue(Chains.rhat(x) < 1.01);
        assertEquals(4000, Chains.essBulk(x), 700);
    }

    @Test
    void constantsAndInfinitiesHaveNoStatistics() {
        double[][] constant = new double[2][10];
        assertTrue(Double.isNaN(Chains.rhat(constant)));
        assertTrue(Double.isNaN(Chains.essBulk(constant)));
        double[][] x = autoregressive(2, 10, 0, 1);
        x[1][3] = Double.POSITIVE_INFINITY;
        assertTrue(Double.isNaN(Chains.rhat(x)));
        assertThrows(IllegalArgumentException.class, () -> Chains.rhat(new double[1][3]));
    }

    @Test
    void energyOfAChainThatHardlyMoves() {
        double[] slow = autoregressive(1, 5000, 0.95, 2)[0];
        // E (E_n - E_{n-1})^2 / var = 2 (1 - rho).
        assertEquals(0.1, Chains.ebfmi(slow), 0.03);
        assertEquals(2, Chains.ebfmi(autoregressive(1, 5000, 0, 2)[0]), 0.15);
    }
}
