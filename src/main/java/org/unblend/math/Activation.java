package org.unblend.math;

import java.util.Locale;

/**
 * What a layer of a network does to each of its sums z. The logistic function 1 / (1 + e^-z) is computed from a polynomial
 * and seven squarings, which the compiler turns into vector instructions; its relative error is below 3e-13 for |z| up to
 * 40, beyond which it stays where it is.
 */
public enum Activation {
    /** z. */
    LINEAR {
        @Override
        void apply(double[] z, double[] a, int n) {
            System.arraycopy(z, 0, a, 0, n);
        }

        @Override
        void slope(double[] z, double[] slope, int n) {
            for (int j = 0; j < n; j++) {
                slope[j] = 1;
            }
        }
    },
    /** max(z, 0); its slope at 0 is taken as 0. */
    RELU {
        @Override
        void apply(double[] z, double[] a, int n) {
            for (int j = 0; j < n; j++) {
                a[j] = Math.max(z[j], 0.0);
            }
        }

        @Override
        void slope(double[] z, double[] slope, int n) {
            for (int j = 0; j < n; j++) {
                slope[j] = z[j] > 0 ? 1 : 0;
            }
        }
    },
    /** The hyperbolic tangent, 2 / (1 + e^-2z) - 1. */
    TANH {
        @Override
        void apply(double[] z, double[] a, int n) {
            for (int j = 0; j < n; j++) {
                a[j] = 2 / (1 + decay(2 * z[j])) - 1;
            }
        }

        @Override
        void slope(double[] z, double[] slope, int n) {
            for (int j = 0; j < n; j++) {
                double e = decay(2 * z[j]);
                double s = 1 / (1 + e);
                slope[j] = 4 * s * (e * s);
            }
        }
    },
    /** z / (1 + e^-z), also called swish (Elfwing, Uchibe and Doya 2018, Neural Networks 107, 3). */
    SILU {
        @Override
        void apply(double[] z, double[] a, int n) {
            for (int j = 0; j < n; j++) {
                a[j] = Math.max(-40.0, z[j]) / (1 + decay(z[j]));
            }
        }

        @Override
        void slope(double[] z, double[] slope, int n) {
            for (int j = 0; j < n; j++) {
                double e = decay(z[j]);
                double s = 1 / (1 + e);
                slope[j] = s * (1 + Math.max(-40.0, Math.min(40.0, z[j])) * (e * s));
            }
        }
    },
    /** ln(1 + e^z). */
    SOFTPLUS {
        @Override
        void apply(double[] z, double[] a, int n) {
            for (int j = 0; j < n; j++) {
                a[j] = Math.max(z[j], 0) + Math.log1p(Math.exp(-Math.abs(z[j])));
            }
        }

        @Override
        void slope(double[] z, double[] slope, int n) {
            for (int j = 0; j < n; j++) {
                slope[j] = 1 / (1 + decay(z[j]));
            }
        }
    };

    /**
     * Values for the first {@code n} sums.
     *
     * @param z sums, not modified
     * @param a values, modified; another array than {@code z}
     */
    abstract void apply(double[] z, double[] a, int n);

    /**
     * Derivatives with respect to the first {@code n} sums.
     *
     * @param z sums, not modified
     * @param slope derivatives, modified; another array than {@code z}
     */
    abstract void slope(double[] z, double[] slope, int n);

    /** Name in files, such as {@code silu}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** e^-z for z in [-40, 40], the value at the nearer end elsewhere: (sum of (-z/128)^k / k! up to k = 11)^128. */
    private static double decay(double z) {
        double r = Math.max(-40.0, Math.min(40.0, z)) * (-1 / 128.0);
        double e = 1 / 39916800.0;
        e = Math.fma(e, r, 1 / 3628800.0);
        e = Math.fma(e, r, 1 / 362880.0);
        e = Math.fma(e, r, 1 / 40320.0);
        e = Math.fma(e, r, 1 / 5040.0);
        e = Math.fma(e, r, 1 / 720.0);
        e = Math.fma(e, r, 1 / 120.0);
        e = Math.fma(e, r, 1 / 24.0);
        e = Math.fma(e, r, 1 / 6.0);
        e = Math.fma(e, r, 0.5);
        e = Math.fma(e, r, 1);
        e = Math.fma(e, r, 1);
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        e *= e;
        return e;
    }
}
