package org.unblend.model.family;

import org.unblend.model.Arg;
import org.unblend.model.Independent;

/**
 * The steps by which a distribution is written, as in {@code StudentT.df(4).location(0).scale("s")}. Each waits for the
 * argument that names it, a number or the name of a node, and leads to the next step or to the distribution.
 */
public interface Steps {

    /** Waits for a standard deviation. */
    @FunctionalInterface
    interface Sd<T> {
        T sd(Arg sd);

        default T sd(double sd) {
            return sd(Arg.of(sd));
        }

        default T sd(String node) {
            return sd(Arg.of(node));
        }
    }

    /** Waits for the standard deviation of a logarithm. */
    @FunctionalInterface
    interface Sigma<T> {
        T sigma(Arg sigma);

        default T sigma(double sigma) {
            return sigma(Arg.of(sigma));
        }

        default T sigma(String node) {
            return sigma(Arg.of(node));
        }
    }

    /** Waits for a location. */
    @FunctionalInterface
    interface Location<T> {
        T location(Arg location);

        default T location(double location) {
            return location(Arg.of(location));
        }

        default T location(String node) {
            return location(Arg.of(node));
        }
    }

    /** Waits for a scale. */
    @FunctionalInterface
    interface Scale<T> {
        T scale(Arg scale);

        default T scale(double scale) {
            return scale(Arg.of(scale));
        }

        default T scale(String node) {
            return scale(Arg.of(node));
        }
    }

    /** Waits for the second shape of a beta distribution. */
    @FunctionalInterface
    interface SecondShape<T> {
        T beta(Arg beta);

        default T beta(double beta) {
            return beta(Arg.of(beta));
        }

        default T beta(String node) {
            return beta(Arg.of(node));
        }
    }

    /** Waits for the rate or the mean of a gamma distribution. */
    record RateOrMean(Arg shape) {
        public Independent rate(Arg rate) {
            return Independent.of(Gamma.FAMILY, shape, rate);
        }

        public Independent rate(double rate) {
            return rate(Arg.of(rate));
        }

        public Independent rate(String node) {
            return rate(Arg.of(node));
        }

        public Independent mean(Arg mean) {
            return Independent.of(GammaMean.FAMILY, shape, mean);
        }

        public Independent mean(double mean) {
            return mean(Arg.of(mean));
        }

        public Independent mean(String node) {
            return mean(Arg.of(node));
        }
    }

    /** Waits for the two ends of an interval. */
    @FunctionalInterface
    interface Ends<T> {
        T between(Arg low, Arg high);

        default T between(double low, double high) {
            return between(Arg.of(low), Arg.of(high));
        }
    }
}
