package org.unblend.radiative;

import java.util.Arrays;

/**
 * The shape of the zone: the probability that a photon leaves it, as a function of the optical depth tau. The first three
 * are smooth; those named {@code radex-...} have the branches of RADEX, jumps included, for comparison with it (for tau
 * below 0 they keep the closed form, where RADEX returns negative probabilities and thus spurious masers).
 */
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
    },

    /**
     * Expanding shell (large velocity gradient), de Jong, Boland & Dalgarno 1980, A&A 91, 68, as RADEX has it: with r =
     * tau/2, beta = (1 - e^(-2.34 r)) / (2.34 r) below r = 7 and 1 / (2 r sqrt(ln(r / sqrt(pi)))) above. The two differ by
     * 0.2 % where they meet; here one fades into the other between r = 6 and 8.
     */
    LVG("lvg") {
        @Override
        double beta(double tau) {
            double r = tau / 2;
            double s = fade(r);
            double thin = s < 1 ? saturating(2.34 * r) : 0;
            return s > 0 ? (1 - s) * thin + s * thickShell(r) : thin;
        }

        @Override
        double slope(double tau, double beta) {
            double r = tau / 2;
            double s = fade(r);
            double thin = s < 1 ? 2.34 * saturatingSlope(2.34 * r) : 0;
            if (s == 0) {
                return thin / 2;
            }
            double thick = thickShell(r);
            double thickSlope = -thick / r * (1 + 0.5 / Math.log(r / SQRT_PI));
            double u = (r - 6) / 2;
            double fading = s < 1 ? 3 * u * (1 - u) * (thick - saturating(2.34 * r)) : 0;
            return ((1 - s) * thin + s * thickSlope + fading) / 2;
        }

        /** 0 below r = 6, 1 above 8, with continuous slope. */
        private double fade(double r) {
            double u = Math.min(1, Math.max(0, (r - 6) / 2));
            return u * u * (3 - 2 * u);
        }
    },

    /** Plane-parallel slab, tau across it: beta = (1 - e^(-3 tau)) / (3 tau) (de Jong, Dalgarno & Chu 1975, ApJ 199, 69). */
    SLAB("slab") {
        @Override
        double beta(double tau) {
            return saturating(3 * tau);
        }

        @Override
        double slope(double tau, double beta) {
            return 3 * saturatingSlope(3 * tau);
        }
    },

    /** {@link #SPHERE} with the branches of RADEX: a series of four terms below tau = 0.2, 1.5/tau above 100. */
    RADEX_SPHERE("radex-sphere") {
        @Override
        double beta(double tau) {
            double r = tau / 2;
            if (Math.abs(r) < 0.1) {
                return 1 - 0.75 * r + r * r / 2.5 - r * r * r / 6 + r * r * r * r / 17.5;
            }
            return r > 50 ? 0.75 / r : SPHERE.beta(tau);
        }

        @Override
        double slope(double tau, double beta) {
            return SPHERE.slope(tau, SPHERE.beta(tau));
        }
    },

    /** {@link #LVG} with the branches of RADEX, which jump by 1.2 % at tau = 0.02 and by 0.2 % at 14. */
    RADEX_LVG("radex-lvg") {
        @Override
        double beta(double tau) {
            double r = tau / 2;
            if (Math.abs(r) < 0.01) {
                return 1;
            }
            return r < 7 ? saturating(2.34 * r) : thickShell(r);
        }

        @Override
        double slope(double tau, double beta) {
            return LVG.slope(tau, beta);
        }
    },

    /** {@link #SLAB} with the branches of RADEX; its expansion 1 - 1.5 (tau + tau^2) has a wrong sign. */
    RADEX_SLAB("radex-slab") {
        @Override
        double beta(double tau) {
            if (Math.abs(3 * tau) < 0.1) {
                return 1 - 1.5 * (tau + tau * tau);
            }
            return 3 * tau > 50 ? 1 / (3 * tau) : saturating(3 * tau);
        }

        @Override
        double slope(double tau, double beta) {
            return SLAB.slope(tau, beta);
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

    private static final double SQRT_PI = Math.sqrt(Math.PI);

    /** (1 - e^-y) / y. */
    static double saturating(double y) {
        return y == 0 ? 1 : -Math.expm1(-y) / y;
    }

    /** Derivative of {@link #saturating}. */
    static double saturatingSlope(double y) {
        if (Math.abs(y) < SERIES_BELOW) {
            // Sum of (-1)^n n y^(n-1) / (n+1)!, whose closed form loses digits here.
            double sum = 0;
            double term = 0.5;
            for (int n = 1; n < 16; n++) {
                sum -= n * term;
                term *= -y / (n + 2);
            }
            return sum;
        }
        return (Math.exp(-y) - saturating(y)) / y;
    }

    private static double thickShell(double r) {
        return 1 / (2 * r * Math.sqrt(Math.log(r / SQRT_PI)));
    }

    private final String text;

    Geometry(String text) {
        this.text = text;
    }

    /**
     * The geometry with this name.
     *
     * @param name such as {@code sphere} or {@code radex-lvg}
     * @throws IllegalArgumentException if there is none
     */
    public static Geometry named(String name) {
        return Arrays.stream(values())
                .filter(g -> g.text.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no geometry; choose among " + Arrays.toString(values())));
    }

    /** What to cite for the escape probability. */
    public String citation() {
        return switch (this) {
            case SPHERE, RADEX_SPHERE ->
                "Osterbrock & Ferland 2006, Astrophysics of Gaseous Nebulae, appendix 2"
                        + " (escape probability of a uniform sphere)";
            case LVG, RADEX_LVG -> "de Jong, Boland & Dalgarno 1980, A&A 91, 68 (escape from an expanding shell)";
            case SLAB, RADEX_SLAB -> "de Jong, Dalgarno & Chu 1975, ApJ 199, 69 (escape from a slab)";
        };
    }

    /** True for those with the branches of RADEX. */
    public boolean isRadex() {
        return ordinal() >= RADEX_SPHERE.ordinal();
    }

    /** The same shape with the branches of RADEX. */
    public Geometry radex() {
        return isRadex() ? this : values()[ordinal() + RADEX_SPHERE.ordinal()];
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
