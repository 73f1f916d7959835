package org.unblend.emulator.train;

import java.util.Locale;
import org.apache.commons.math3.random.SobolSequenceGenerator;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** How points are spread over the unit cube. */
public enum Design {
    /** One point in each of n slices of every coordinate (McKay, Beckman and Conover 1979, Technometrics 21, 239). */
    LATIN_HYPERCUBE {
        @Override
        public double[][] points(int n, int dimensions, RandomStream stream) {
            double[][] u = new double[n][dimensions];
            for (int d = 0; d < dimensions; d++) {
                RandomSource random = stream.split("column").split(d).generator();
                int[] slice = new int[n];
                for (int i = 0; i < n; i++) {
                    int j = random.nextInt(i + 1);
                    slice[i] = slice[j];
                    slice[j] = i;
                }
                for (int i = 0; i < n; i++) {
                    u[i][d] = (slice[i] + random.nextOpen()) / n;
                }
            }
            return u;
        }
    },
    /**
     * The sequence of Sobol with the direction numbers of Joe and Kuo (2008, SIAM J. Sci. Comput. 30, 2635), shifted by a
     * random vector modulo 1; its first point, 0, is left out.
     */
    SOBOL {
        @Override
        public double[][] points(int n, int dimensions, RandomStream stream) {
            SobolSequenceGenerator sequence = new SobolSequenceGenerator(dimensions);
            sequence.nextVector();
            double[] shift = new double[dimensions];
            RandomSource random = stream.split("shift").generator();
            for (int d = 0; d < dimensions; d++) {
                shift[d] = random.nextOpen();
            }
            double[][] u = new double[n][];
            for (int i = 0; i < n; i++) {
                u[i] = sequence.nextVector();
                for (int d = 0; d < dimensions; d++) {
                    double x = u[i][d] + shift[d];
                    u[i][d] = x < 1 ? x : x - 1;
                }
            }
            return u;
        }
    },
    /** Independent uniform points, as a test set is best. */
    RANDOM {
        @Override
        public double[][] points(int n, int dimensions, RandomStream stream) {
            RandomSource random = stream.split("points").generator();
            double[][] u = new double[n][dimensions];
            for (double[] row : u) {
                for (int d = 0; d < dimensions; d++) {
                    row[d] = random.nextOpen();
                }
            }
            return u;
        }
    };

    /**
     * Points of the unit cube.
     *
     * @param n number of points
     * @param dimensions number of coordinates, at least 1
     * @param stream where random numbers come from
     * @return {@code [n x dimensions]}, each in [0, 1)
     */
    public abstract double[][] points(int n, int dimensions, RandomStream stream);

    /** Name in files. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
