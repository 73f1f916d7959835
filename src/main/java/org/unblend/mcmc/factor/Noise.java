package org.unblend.mcmc.factor;

/** The likelihood of one entry x with mean mu, weight v and, for Gamma noise, shape v. */
enum Noise {
    /** x ~ N(mu, 1 / v). */
    NORMAL {
        @Override
        double slope(double x, double mu) {
            return x - mu;
        }

        @Override
        double information(double mu) {
            return 1;
        }

        @Override
        double log(double x, double mu) {
            return -0.5 * (x - mu) * (x - mu);
        }
    },
    /** x ~ Poisson(mu), v = 1. */
    POISSON {
        @Override
        double slope(double x, double mu) {
            return x / mu - 1;
        }

        @Override
        double information(double mu) {
            return 1 / mu;
        }

        @Override
        double log(double x, double mu) {
            return x == 0 ? -mu : x * Math.log(mu) - mu;
        }
    },
    /** x ~ Gamma(shape v, mean mu). */
    GAMMA {
        @Override
        double slope(double x, double mu) {
            return (x / mu - 1) / mu;
        }

        @Override
        double information(double mu) {
            return 1 / (mu * mu);
        }

        @Override
        double log(double x, double mu) {
            return -Math.log(mu) - x / mu;
        }
    };

    /** d {@link #log} / d mu. */
    abstract double slope(double x, double mu);

    /** Expected {@code -d^2 log / d mu^2}. */
    abstract double information(double mu);

    /** Log likelihood per unit of v, without terms that do not depend on mu. */
    abstract double log(double x, double mu);
}
