package org.unblend.math;

/**
 * Cholesky factors of small dense covariances, in flat row-major arrays. Made for matrices that are estimated from
 * points and may therefore be singular: these are mended, not refused.
 */
public final class Cholesky {
    /** Standard deviation given to a coordinate that does not vary: below any difference of doubles near one. */
    private static final double SMALLEST_SD = 1e-15;

    private static final double FIRST_JITTER = 1e-14;

    private Cholesky() {}

    /**
     * The lower-triangular F with {@code F F^T = C}. The matrix is scaled to unit diagonal first; as long as that is not
     * positive definite, a growing multiple of the unit matrix (from 1e-14) is added to it.
     *
     * @param covariance C, {@code [d x d]}, symmetric, finite, not modified
     * @return F, {@code [d x d]}, zero above the diagonal
     */
    public static double[] factor(double[] covariance, int d) {
        double[] sd = new double[d];
        for (int i = 0; i < d; i++) {
            sd[i] = Math.max(SMALLEST_SD, Math.sqrt(Math.max(0, covariance[i * d + i])));
        }
        double[] f = new double[d * d];
        for (double jitter = 0; ; jitter = jitter == 0 ? FIRST_JITTER : jitter * 100) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < i; j++) {
                    f[i * d + j] = covariance[i * d + j] / (sd[i] * sd[j]);
                }
                f[i * d + i] = 1 + jitter;
            }
            if (factorInPlace(f, d)) {
                break;
            }
        }
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                f[i * d + j] *= sd[i];
            }
        }
        return f;
    }

    /** The inverse of a lower-triangular matrix {@code [d x d]}, which is lower-triangular too. */
    public static double[] invert(double[] f, int d) {
        double[] inverse = new double[d * d];
        for (int j = 0; j < d; j++) {
            inverse[j * d + j] = 1 / f[j * d + j];
            for (int i = j + 1; i < d; i++) {
                double sum = 0;
                for (int k = j; k < i; k++) {
                    sum -= f[i * d + k] * inverse[k * d + j];
                }
                inverse[i * d + j] = sum / f[i * d + i];
            }
        }
        return inverse;
    }

    /** {@code ln det F} of a lower-triangular matrix with positive diagonal: half the log determinant of F F^T. */
    public static double logDeterminant(double[] f, int d) {
        double sum = 0;
        for (int i = 0; i < d; i++) {
            sum += Math.log(f[i * d + i]);
        }
        return sum;
    }

    private static boolean factorInPlace(double[] f, int d) {
        for (int i = 0; i < d; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = f[i * d + j];
                for (int k = 0; k < j; k++) {
                    sum -= f[i * d + k] * f[j * d + k];
                }
                if (j < i) {
                    f[i * d + j] = sum / f[j * d + j];
                } else if (sum > FIRST_JITTER) {
                    f[i * d + i] = Math.sqrt(sum);
                } else {
                    return false;
                }
            }
        }
        return true;
    }
}
