package org.unblend.mcmc.factor;

/** The likelihood of one entry x with mean mu, weight v and, for Gamma noise, shape v; and of rows of entries. */
enum Noise {
    /** x ~ N(mu, 1 / v). */
    NORMAL {
        @Override
        double log(double x, double mu) {
            return -0.5 * (x - mu) * (x - mu);
        }

        @Override
        void look(double[] x, double[] v, double s, double c, double[] inverse, double[] slope, double[] information) {
            throw new UnsupportedOperationException("Normal noise has known conditionals");
        }

        @Override
        void gain(
                double[] x,
                double[] v,
                double s,
                double[] mu,
                double[] inverse,
                double[] next,
                double[] nextInverse,
                double[] gain) {
            throw new UnsupportedOperationException("Normal noise has known conditionals");
        }
    },
    /** x ~ Poisson(mu), v = 1. */
    POISSON {
        @Override
        double log(double x, double mu) {
            return x == 0 ? -mu : x * Math.log(mu) - mu;
        }

        @Override
        void look(double[] x, double[] v, double s, double c, double[] inverse, double[] slope, double[] information) {
            double d = s * c;
            for (int p = 0; p < x.length; p++) {
                if (v[p] > 0) {
                    slope[p] += v[p] * d * (x[p] * inverse[p] - 1);
                    information[p] += v[p] * d * c * inverse[p];
                }
            }
        }

        @Override
        void gain(
                double[] x,
                double[] v,
                double s,
                double[] mu,
                double[] inverse,
                double[] next,
                double[] nextInverse,
                double[] gain) {
            for (int p = 0; p < x.length; p++) {
                if (v[p] > 0) {
                    double log = x[p] > 0 ? x[p] * logOfProduct(next[p], inverse[p]) : 0;
                    gain[p] += v[p] * s * (log - (next[p] - mu[p]));
                }
            }
        }
    },
    /** x ~ Gamma(shape v, mean mu). */
    GAMMA {
        @Override
        double log(double x, double mu) {
            return -Math.log(mu) - x / mu;
        }

        @Override
        void look(double[] x, double[] v, double s, double c, double[] inverse, double[] slope, double[] information) {
            double d = s * c;
            for (int p = 0; p < x.length; p++) {
                if (v[p] > 0) {
                    double t = v[p] * d * inverse[p];
                    slope[p] += t * (x[p] * inverse[p] - 1);
                    information[p] += t * c * inverse[p];
                }
            }
        }

        @Override
        void gain(
                double[] x,
                double[] v,
                double s,
                double[] mu,
                double[] inverse,
                double[] next,
                double[] nextInverse,
                double[] gain) {
            for (int p = 0; p < x.length; p++) {
                if (v[p] > 0) {
                    double log = logOfProduct(next[p], inverse[p]);
                    gain[p] -= v[p] * s * (log + x[p] * (nextInverse[p] - inverse[p]));
                }
            }
        }
    };

    /** Log likelihood per unit of v, without terms that do not depend on mu. */
    abstract double log(double x, double mu);

    /**
     * Adds the slopes of the log likelihood of a row of entries in a number by which the means rise, and what is expected of
     * its negative curvature.
     *
     * @param x data, {@code [n]}
     * @param v weights, 0 where missing
     * @param s multiplies the weights
     * @param c means rise by c times the number
     * @param inverse 1 / mu
     * @param slope added to
     * @param information added to
     */
    abstract void look(
            double[] x, double[] v, double s, double c, double[] inverse, double[] slope, double[] information);

    /**
     * Adds what the log likelihood of a row of entries gains when the means change.
     *
     * @param x data, {@code [n]}
     * @param v weights, 0 where missing
     * @param s multiplies the weights
     * @param mu means before
     * @param inverse 1 / mu
     * @param next means after
     * @param nextInverse their inverses
     * @param gain added to
     */
    abstract void gain(
            double[] x,
            double[] v,
            double s,
            double[] mu,
            double[] inverse,
            double[] next,
            double[] nextInverse,
            double[] gain);

    /** ln(a b) by one logarithm unless the product leaves the range of numbers. */
    private static double logOfProduct(double a, double b) {
        double ab = a * b;
        return ab > 1e-300 && ab < 1e300 ? Math.log(ab) : Math.log(a) + Math.log(b);
    }
}
