package org.unblend.nested;

import java.util.Arrays;
import org.unblend.math.LogSum;

/**
 * Prior volumes, weights and evidence that follow from births and deaths (Higson et al. 2019, Statistics and Computing
 * 29, 891, section 3): at the death of point i, n_i points are alive, born below its likelihood and not yet dead, and
 * the volume shrinks by {@code E[ln t] = -1/n_i}. Final live points die like the others, with falling n_i, and so do the
 * members of a plateau; whatever volume is left after the last death belongs to the last point.
 *
 * @param live n_i, {@code [points]}
 * @param logVolume ln X_i after each death
 * @param logWeight ln of the posterior weight {@code L_i (X_(i-1) - X_i) / Z}
 * @param logZ ln Z
 * @param information {@code sum_i p_i ln(L_i / Z)}
 */
record NestedWeights(int[] live, double[] logVolume, double[] logWeight, double logZ, double information) {

    /**
     * @param birth likelihood thresholds above which the points were drawn, -infinity for the whole prior
     * @param logL log likelihoods, ascending, each above its birth or -infinity
     */
    static NestedWeights of(double[] birth, double[] logL) {
        int n = logL.length;
        int[] live = liveCounts(birth, logL);
        double[] logVolume = new double[n];
        double[] logWeight = new double[n];
        double x = 0;
        for (int i = 0; i < n; i++) {
            double before = x;
            x -= 1.0 / live[i];
            logVolume[i] = x;
            logWeight[i] = logL[i] + (i == n - 1 ? before : LogSum.subtract(before, x));
        }
        double logZ = LogSum.of(logWeight);
        double information = 0;
        for (int i = 0; i < n; i++) {
            logWeight[i] -= logZ;
            if (logWeight[i] > Double.NEGATIVE_INFINITY) {
                information += Math.exp(logWeight[i]) * (logL[i] - logZ);
            }
        }
        return new NestedWeights(live, logVolume, logWeight, logZ, Math.max(0, information));
    }

    /** The posterior weights, which sum to one. */
    double[] posterior() {
        return Arrays.stream(logWeight).map(Math::exp).toArray();
    }

    /** {@code n_i = #{j : birth_j < L_i, death_j not before i}}; draws from the whole prior are born before all. */
    private static int[] liveCounts(double[] birth, double[] logL) {
        double[] births = birth.clone();
        Arrays.sort(births);
        int[] live = new int[logL.length];
        int born = 0;
        for (int i = 0; i < logL.length; i++) {
            while (born < births.length && (births[born] < logL[i] || births[born] == Double.NEGATIVE_INFINITY)) {
                born++;
            }
            live[i] = born - i;
        }
        return live;
    }
}
