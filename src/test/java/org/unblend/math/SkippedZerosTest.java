package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SkippedZerosTest {

    /** Every pattern of zeros among up to nine rows: all remainders of four, none and all left out; and long rows. */
    @Test
    void bitsAreThoseOfTheFullSum() {
        RandomSource random = RandomStream.of(5).generator();
        for (int n = 1; n <= 9; n++) {
            double[][] c = new double[1 << n][n];
            for (int row = 0; row < c.length; row++) {
                for (int l = 0; l < n; l++) {
                    c[row][l] = (row >> l & 1) == 0 ? 0 : 1 / (l + 1.7);
                }
            }
            same(c, random);
        }
        double[][] rectified = new double[7][205];
        for (double[] row : rectified) {
            Arrays.setAll(row, l -> Math.max(0, random.nextGaussian()));
        }
        same(rectified, random);
    }

    private static void same(double[][] c, RandomSource random) {
        int n = c[0].length;
        double[][] x = new double[n][11];
        double[][] full = new double[c.length][11];
        for (double[] row : x) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        for (double[] row : full) {
            Arrays.setAll(row, j -> random.nextGaussian());
        }
        double[][] skipped = Arrays.stream(full).map(double[]::clone).toArray(double[][]::new);
        double[][] alone = Arrays.stream(full).map(double[]::clone).toArray(double[][]::new);
        SkippedZeros many = new SkippedZeros(c.length, n);
        many.combine(skipped, c.length, 11, c, x);
        for (int row = 0; row < c.length; row++) {
            Rows.combine(full[row], 0, 11, c[row], x);
            new SkippedZeros(1, n).combine(new double[][] {alone[row]}, 1, 11, new double[][] {c[row]}, x);
            assertArrayEquals(full[row], skipped[row], 0);
            assertArrayEquals(full[row], alone[row], 0);
        }
    }
}
