package org.unblend.mcmc;

import org.unblend.math.Cholesky;
import org.unblend.math.RandomSource;

/**
 * The Euclidean metric of Hamiltonian dynamics: the covariance of the target as far as it is known, diagonal or dense.
 * Momenta are normal with the inverse covariance. Not thread-safe: one chain owns it.
 */
final class Metric {
    private final int d;
    private final boolean dense;

    /** Variances {@code [d]}, or the covariance {@code [d x d]} row-major. */
    private double[] covariance;

    /** Lower triangle L with covariance = L L^T, row-major; unused if diagonal. */
    private double[] root;

    Metric(int d, boolean dense) {
        this.d = d;
        this.dense = dense;
        covariance = new double[size(d, dense)];
        for (int i = 0; i < d; i++) {
            covariance[dense ? i * d + i : i] = 1;
        }
        root = dense ? covariance.clone() : null;
    }

    static int size(int d, boolean dense) {
        return dense ? d * d : d;
    }

    double[] covariance() {
        return covariance;
    }

    /** Takes a covariance, {@link #size} numbers, not modified. */
    void set(double[] values) {
        covariance = values.clone();
        root = dense ? Cholesky.factor(covariance, d) : null;
    }

    /** A momentum, p ~ N(0, covariance^-1). */
    void momentum(RandomSource random, double[] p) {
        for (int i = 0; i < d; i++) {
            p[i] = random.nextGaussian();
        }
        if (!dense) {
            for (int i = 0; i < d; i++) {
                p[i] /= Math.sqrt(covariance[i]);
            }
            return;
        }
        // Solves L^T p = normal numbers.
        for (int i = d - 1; i >= 0; i--) {
            double sum = p[i];
            for (int j = i + 1; j < d; j++) {
                sum -= root[j * d + i] * p[j];
            }
            p[i] = sum / root[i * d + i];
        }
    }

    /** {@code v = covariance p}. */
    void velocity(double[] p, double[] v) {
        if (!dense) {
            for (int i = 0; i < d; i++) {
                v[i] = covariance[i] * p[i];
            }
            return;
        }
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j < d; j++) {
                sum += covariance[i * d + j] * p[j];
            }
            v[i] = sum;
        }
    }
}
