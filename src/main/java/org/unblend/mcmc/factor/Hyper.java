package org.unblend.mcmc.factor;

import org.unblend.model.Family;

/**
 * An inferred number on which others depend: an argument of a factor's prior, or the scale of the noise. Its own prior
 * has fixed arguments.
 *
 * @param name of its node
 * @param offset its column of θ
 * @param family of its prior
 * @param arguments of its prior
 */
record Hyper(String name, int offset, Family family, double[] arguments) {

    /** Whether it cannot be negative. */
    boolean positive() {
        return family.support(arguments).low() >= 0;
    }

    /** ln of its prior density; -infinity outside its support. */
    double logPrior(double value) {
        return family.logDensity(value, arguments);
    }
}
