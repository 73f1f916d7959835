package org.unblend.nmf.start;

import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;

/**
 * Half-normal factors of the scale of the data, {@code sqrt(mean / rank) |N(0, 1)|}, the scheme of scikit-learn. The mean
 * is that of the observed entries; where noise makes it negative, the mean of their sizes.
 */
public final class RandomStart {
    private RandomStart() {}

    /** A start for this problem. Equal streams give equal starts. */
    public static Factors of(FactorProblem problem, RandomStream random) {
        double scale = Math.sqrt(Level.of(problem) / problem.rank());
        return new Factors(
                halfNormal(random.split("W").generator(), problem.x().rows(), problem.rank(), scale),
                halfNormal(
                        random.split("H").generator(),
                        problem.rank(),
                        problem.x().columns(),
                        scale));
    }

    private static Dense halfNormal(RandomSource random, int rows, int columns, double scale) {
        Dense x = Dense.zeros(rows, columns);
        for (double[] row : x.array()) {
            for (int j = 0; j < columns; j++) {
                row[j] = scale * Math.abs(random.nextGaussian());
            }
        }
        return x;
    }
}
