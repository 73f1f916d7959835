package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.Cholesky;
import org.unblend.math.RandomSource;

/**
 * Metropolis-Hastings steps on which components of one column are zero, and on the values of the others together. With x the
 * column of the data, V its weights and B the other factor, the density of the values h of a pattern S is
 *
 * <p>{@code exp(P_S h - h^T L_S h / 2) prod_S exp(slab_k) h_k^(a_k - 1) exp(-t_k (ln h_k - nu_k)^2 / 2)},
 * {@code L = B V B^T + diag(q), P = B V x - b},
 *
 * <p>with a, b, q, t, nu and slab of {@link Shape}, against 1 where S is empty. The proposal of S is uniform over patterns that
 * differ in at most two components, which is symmetric. That of h is the normal part, one component after the other in an
 * order drawn for the step, each from its normal given those before, cut at zero (Geweke 1991; Hajivassiliou and McFadden
 * 1998, Econometrica 66, 863); its density is a product of known ones, so that the ratio is exact. Owned by one thread.
 */
final class ColumnPattern {
    private final Shape[] priors;
    private final int r;
    /** Components that may be zero. */
    private final int[] free;
    /** L and P. */
    private final double[] precision;

    private final double[] pull;

    private final int[] order;
    private final int[] members;
    private final double[] solved;
    private double[] now;
    private double[] next;

    ColumnPattern(Shape[] priors) {
        this.priors = priors;
        r = priors.length;
        int[] all = new int[r];
        int n = 0;
        for (int k = 0; k < r; k++) {
            if (priors[k].zeros()) {
                all[n++] = k;
            }
        }
        free = Arrays.copyOf(all, n);
        precision = new double[r * r];
        pull = new double[r];
        order = new int[r];
        Arrays.setAll(order, k -> k);
        members = new int[r];
        solved = new double[r];
        now = new double[r];
        next = new double[r];
    }

    /**
     * Takes up a column.
     *
     * @param gram B V B^T, {@code [r x r]}, multiplied by {@code s}
     * @param product B V x, {@code [r]}, likewise
     * @param s the power of the likelihood and all that multiplies the weights of this column
     */
    void load(double[] gram, double[] product, double s) {
        for (int k = 0; k < r; k++) {
            pull[k] = s * product[k] - priors[k].b();
            for (int l = 0; l < r; l++) {
                precision[k * r + l] = s * gram[k * r + l];
            }
            precision[k * r + k] += priors[k].q();
        }
    }

    /** The values, live; at first 0. */
    double[] values() {
        return now;
    }

    /** One step. */
    void step(RandomSource random) {
        shuffle(random);
        System.arraycopy(now, 0, next, 0, r);
        propose(random);
        double ratio = values(null, now);
        ratio -= values(random, next);
        ratio += log(next) - log(now);
        if (Math.log(random.nextOpen()) < ratio) {
            double[] old = now;
            now = next;
            next = old;
        }
    }

    private void shuffle(RandomSource random) {
        for (int i = r - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int k = order[i];
            order[i] = order[j];
            order[j] = k;
        }
    }

    /** Switches none, one or two of the components, all equally probable; those on are 1. */
    private void propose(RandomSource random) {
        int n = free.length;
        int choice = random.nextInt(1 + n + n * (n - 1) / 2) - 1;
        if (choice >= 0 && choice < n) {
            flip(free[choice]);
        }
        choice -= n;
        for (int i = 1; i < n && choice >= 0; i++) {
            if (choice < i) {
                flip(free[i]);
                flip(free[choice]);
            }
            choice -= i;
        }
    }

    private void flip(int k) {
        next[k] = next[k] > 0 ? 0 : 1;
    }

    /**
     * ln of the density of the proposal of the values given the pattern; NaN where the data do not tell of a component, so that
     * no step is accepted.
     *
     * @param random draws the values where they are not zero; null leaves them as they are
     * @param h {@code [r]}
     */
    private double values(RandomSource random, double[] h) {
        int n = 0;
        for (int k : order) {
            if (h[k] > 0) {
                members[n++] = k;
            }
        }
        double[] sub = new double[n * n];
        for (int i = 0; i < n; i++) {
            if (!(precision[members[i] * r + members[i]] > 0)) {
                return Double.NaN;
            }
            for (int j = 0; j < n; j++) {
                sub[i * n + j] = precision[members[i] * r + members[j]];
            }
        }
        // Where components are collinear it is the factor of a matrix a little beside L: another proposal, as exactly
        // known.
        double[] f = Cholesky.factor(sub, n);
        for (int i = 0; i < n; i++) {
            double sum = pull[members[i]];
            for (int j = 0; j < i; j++) {
                sum -= f[i * n + j] * solved[j];
            }
            solved[i] = sum / f[i * n + i];
        }
        // F^T h = F^-1 P + z with z standard normal: the last of the order depends on none, the first on all.
        double log = 0;
        for (int i = n - 1; i >= 0; i--) {
            double at = solved[i];
            for (int j = i + 1; j < n; j++) {
                at -= f[j * n + i] * h[members[j]];
            }
            double root = f[i * n + i];
            if (random != null) {
                h[members[i]] = EntryDraw.keep(EntryDraw.positiveNormal(random, at / root, 1 / root));
            }
            double v = h[members[i]];
            log += root * v * (at - 0.5 * root * v) - EntryTable.logIntegral(-root * at, root * root);
        }
        return log;
    }

    /** ln of the density in the class's formula. */
    private double log(double[] h) {
        double log = 0;
        for (int k = 0; k < r; k++) {
            if (h[k] == 0) {
                continue;
            }
            double slope = pull[k];
            for (int l = 0; l < r; l++) {
                slope -= 0.5 * precision[k * r + l] * h[l];
            }
            Shape f = priors[k];
            log += h[k] * slope + (f.zeros() ? f.slab() : 0);
            if (f.a() != 1 || f.t() > 0) {
                double u = Math.log(h[k]);
                log += (f.a() - 1) * u - 0.5 * f.t() * (u - f.nu()) * (u - f.nu());
            }
        }
        return log;
    }
}
