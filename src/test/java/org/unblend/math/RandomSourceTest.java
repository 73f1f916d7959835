package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Statistical checks have a false-alarm rate of about 1e-6 each. */
class RandomSourceTest {
    private static final BigInteger TWO_64 = BigInteger.ONE.shiftLeft(64);
    private static final int N = 20_000;

    /** xoshiro256++ 1.0 step by step in unbounded integers, from the published definition. */
    @Test
    void followsThePublishedAlgorithm() {
        long[] start = {0x123456789ABCDEFL, -5, 42, Long.MIN_VALUE};
        RandomSource source = new RandomSource(start[0], start[1], start[2], start[3]);
        BigInteger[] s = Arrays.stream(start)
                .mapToObj(v -> BigInteger.valueOf(v).mod(TWO_64))
                .toArray(BigInteger[]::new);
        for (int i = 0; i < 100; i++) {
            BigInteger result = rotate(s[0].add(s[3]).mod(TWO_64), 23).add(s[0]).mod(TWO_64);
            BigInteger t = s[1].shiftLeft(17).mod(TWO_64);
            s[2] = s[2].xor(s[0]);
            s[3] = s[3].xor(s[1]);
            s[1] = s[1].xor(s[2]);
            s[0] = s[0].xor(s[3]);
            s[2] = s[2].xor(t);
            s[3] = rotate(s[3], 45);
            assertEquals(result.longValue(), source.nextLong());
        }
    }

    private static BigInteger rotate(BigInteger v, int bits) {
        return v.shiftLeft(bits).mod(TWO_64).or(v.shiftRight(64 - bits));
    }

    @Test
    void firstOutputOfASmallStateByHand() {
        // rotl(1 + 4, 23) + 1.
        assertEquals(5 * (1L << 23) + 1, new RandomSource(1, 2, 3, 4).nextLong());
    }

    @Test
    void openIntervalEvenForExtremeBits() {
        // The states whose first outputs are all ones and all zeros.
        double highest = new RandomSource(0, 1, 2, -1).nextOpen();
        double lowest = new RandomSource(0, 1, 2, 0).nextOpen();
        assertEquals(Math.nextDown(1.0), highest);
        assertEquals(0x1p-53, lowest);
        // The zero state would give zeros forever.
        RandomSource zero = new RandomSource(0, 0, 0, 0);
        zero.nextLong();
        assertNotEquals(zero.nextLong(), zero.nextLong());
    }

    @Test
    void uniform() {
        RandomSource random = RandomStream.of(1).generator();
        int cells = 100;
        int[] high = new int[cells];
        int[] low = new int[cells];
        for (int i = 0; i < N; i++) {
            double u = random.nextOpen();
            high[(int) (u * cells)]++;
            // The digits far behind the point are uniform as well.
            low[(int) (u * 0x1p30 % 1 * cells)]++;
        }
        chiSquare(high);
        chiSquare(low);
    }

    private static void chiSquare(int[] counts) {
        double expected = (double) N / counts.length;
        double statistic = Arrays.stream(counts)
                .mapToDouble(c -> (c - expected) * (c - expected) / expected)
                .sum();
        // 99 degrees of freedom: P(> 175) = 4e-6, P(< 44) = 1e-7.
        assertTrue(statistic < 175 && statistic > 44, "chi-square " + statistic);
    }

    @Test
    void gaussian() {
        RandomSource random = RandomStream.of(2).generator();
        double[] z = new double[N];
        Arrays.setAll(z, i -> random.nextGaussian());
        double[] expected = {0, 1, 0, 3};
        // Variances of z, z^2, z^3, z^4.
        double[] variance = {1, 2, 15, 96};
        for (int k = 1; k <= 4; k++) {
            int power = k;
            double moment =
                    Arrays.stream(z).map(v -> Math.pow(v, power)).average().orElseThrow();
            assertEquals(expected[k - 1], moment, 5 * Math.sqrt(variance[k - 1] / N), "moment " + k);
        }
        Arrays.sort(z);
        double distance = 0;
        for (int i = 0; i < N; i++) {
            distance = Math.max(distance, Math.abs(Probit.cdf(z[i]) - (i + 0.5) / N));
        }
        assertTrue(distance < Math.sqrt(Math.log(2e6) / (2 * N)), "D = " + distance);
    }
}
