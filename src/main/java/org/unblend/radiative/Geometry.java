package org.unblend.radiative;

/** The shape of the zone: the probability that a photon leaves it, as a function of the optical depth tau. */
public enum Geometry {
    /**
     * Uniform sphere, tau along a diameter: beta = 3/(2 tau) [1 - 2/tau^2 + (2/tau + 2/tau^2) e^-tau] (Osterbrock,
     * Astrophysics of Gaseous Nebulae, appendix 2; van der Tak et al. 2007, A&A 468, 627). The same expression holds for
     * tau below 0, where it exceeds 1; it is positive and decreases everywhere.
     */
    SPHERE("sphere") {
        @Override
        double beta(double tau) {
            if (Math.abs(tau) < SERIES_BELOW) {
                double sum = 0;
                for (int n = SERIES.length - 1; n >= 0; n--) {
                    sum = sum * tau + SERIES[n];
                }
                return sum;
            }
            double q = 2 / (tau * tau);
            return 1.5 / tau * (1 - q + (2 / tau + q) * Math.exp(-tau));
        }

        @Override
        double slope(double tau, double beta) {
            if (Math.abs(tau) < SERIES_BELOW) {
                double sum = 0;
                for (int n = SERIES.length - 1; n > 0; n--) {
                    sum = sum * tau + n * SERIES[n];
                }
                return sum;
            }
            // (tau^3 beta)' = 3 tau (1 - e^-tau); e^-tau is recovered from beta without another exponential.
            double decay = tau > 40 ? 0 : (beta * tau / 1.5 - 1 + 2 / (tau * tau)) / (2 / tau + 2 / (tau * tau));
            return 3 * ((1 - decay) / tau - beta) / tau;
        }
    };

    /** Below this |tau| the closed form loses digits to cancellation. */
    private static final double SERIES_BELOW = 0.5;

    /** Taylor coefficients of the sphere: 3 (-1)^n (n + 2) / (n + 3)!; the first left out is below 1e-16 at 0.5. */
    private static final double[] SERIES = new double[14];

    static {
        double factorial = 2;
        for (int n = 0; n < SERIES.length; n++) {
            factorial *= n + 3;
            SERIES[n] = (n % 2 == 0 ? 3 : -3) * (n + 2) / factorial;
        }
    }

    private final String text;

    Geometry(String text) {
        this.text = text;
    }

    /**
     * Escape probability.
     *
     * @param tau optical depth at line centre, at least -700
     * @return above 0; 1 at tau = 0, below 1 for tau above 0
     */
    abstract double beta(double tau);

    /**
     * Derivative of {@link #beta} with respect to tau.
     *
     * @param tau optical depth
     * @param beta {@code beta(tau)}
     */
    abstract double slope(double tau, double beta);

    /** Name in files, such as {@code sphere}. */
    @Override
    public String toString() {
        return text;
    }
}
