package org.unblend.nmf;

/**
 * The data term of a factorisation, {@code factor * sum_ij V_ij d(x_ij, mu_ij)} with the beta-divergence
 *
 * <p>{@code d(x, mu) = (x^b + (b-1) mu^b - b x mu^(b-1)) / (b (b-1))}, and its limits {@code x ln(x/mu) - x + mu} at
 * b = 1 (Kullback-Leibler) and {@code x/mu - ln(x/mu) - 1} at b = 0 (Itakura-Saito).
 *
 * <p>It equals a negative log likelihood up to terms that hold no mean: Normal with inverse variances V at b = 2,
 * Poisson at b = 1, Gamma of shape {@code factor} at b = 0 (Fevotte and Idier 2011, Neural Computation 23, 2421).
 *
 * @param beta the exponent b, finite
 * @param factor above 0
 */
public record Loss(double beta, double factor) {

    /** Normal noise; weights are inverse variances. */
    public static final Loss NORMAL = new Loss(2, 1);

    /** Poisson noise. */
    public static final Loss POISSON = new Loss(1, 1);

    /** @throws IllegalArgumentException if out of range, or if Normal noise has a factor: that belongs into its weights */
    public Loss {
        if (beta == 2 && factor != 1) {
            throw new IllegalArgumentException(
                    "Normal noise has factor 1, not " + factor + "; put it into the weights");
        }
        if (!Double.isFinite(beta) || !(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException(
                    "beta must be finite and factor above 0, got beta " + beta + ", factor " + factor);
        }
    }

    /** Gamma noise of the given shape (the squared signal-to-noise ratio of one entry). */
    public static Loss gamma(double shape) {
        return new Loss(0, shape);
    }

    /** The divergence of one entry; +infinity where the mean cannot give x. */
    public double divergence(double x, double mean) {
        if (beta == 2) {
            return 0.5 * (x - mean) * (x - mean);
        }
        if (x == 0 && beta > 0) {
            return beta == 1 ? mean : Math.pow(mean, beta) / beta;
        }
        if (mean == 0 && beta <= 1) {
            return Double.POSITIVE_INFINITY;
        }
        if (beta == 1) {
            return x * Math.log(x / mean) - x + mean;
        }
        if (beta == 0) {
            return x / mean - Math.log(x / mean) - 1;
        }
        return (Math.pow(x, beta) + (beta - 1) * Math.pow(mean, beta) - beta * x * Math.pow(mean, beta - 1))
                / (beta * (beta - 1));
    }

    /** The derivative of the divergence by the mean, {@code (mu - x) mu^(b-2)}. */
    double slope(double x, double mean) {
        return beta == 2 ? mean - x : beta == 1 ? 1 - ratio(x, mean) : (mean - x) * Math.pow(mean, beta - 2);
    }

    /** A positive curvature of the divergence in the mean: exact for b in {1, 2}, else its expectation. */
    double curvature(double x, double mean) {
        return beta == 2 ? 1 : beta == 1 ? ratio(ratio(x, mean), mean) : Math.pow(mean, beta - 2);
    }

    private static double ratio(double x, double mean) {
        return x == 0 ? 0 : x / mean;
    }

    /** What the noise is called. */
    String noise() {
        return beta == 2 ? "Normal" : beta == 1 ? "Poisson" : beta == 0 ? "Gamma" : "beta = " + beta;
    }
}
