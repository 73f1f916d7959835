package org.unblend.cli.validate;

import java.util.random.RandomGenerator;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Samples;

/** Draws of equal weight from weighted ones. */
final class EqualDraws {
    private EqualDraws() {}

    /**
     * @param n how many
     * @param random advanced
     * @return {@code [n x parameters]}, row-major
     */
    static double[] of(Samples samples, int n, RandomGenerator random) {
        int d = samples.names().size();
        int[] chosen = Weighted.resample(samples.weights(), n, random);
        double[] theta = new double[n * d];
        for (int j = 0; j < d; j++) {
            double[] x = samples.column(j);
            for (int i = 0; i < n; i++) {
                theta[i * d + j] = x[chosen[i]];
            }
        }
        return theta;
    }
}
