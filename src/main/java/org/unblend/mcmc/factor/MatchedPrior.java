package org.unblend.mcmc.factor;

import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.GraphBuilder;
import org.unblend.model.Independent;
import org.unblend.model.family.Beta;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.ZeroInflated;

/**
 * Families of priors of a factor's entries that are told their mean alone, so that evidences of different ranks can be
 * compared: with mean 1 for W and m / r for H the prior mean of W H is m at every rank r. With scales that stay fixed the
 * prior mean of the data grows with r, and the evidence of a rank says how well that happens to fit.
 *
 * <p>{@link #GAMMA}, {@link #ZERO_INFLATED} and {@link #LOG_NORMAL} infer how sparse each component is. On data in which most components are absent from most samples
 * a prior that is flat at zero makes the evidence prefer wrong profiles, by hundreds of nats.
 */
public enum MatchedPrior {
    /** Gamma with the given mean and a shape per component that is inferred, log-normal with median 0.6 and factor e. */
    GAMMA {
        @Override
        public GraphBuilder add(GraphBuilder graph, String name, Dims dims, Axis component, double mean) {
            String shape = name + "_shape";
            return graph.parameter(
                            shape,
                            Dims.of(component),
                            LogNormal.mu(MEAN_LOG_SHAPE).sigma(1))
                    .parameter(name, dims, Gamma.shape(shape).mean(mean));
        }
    },
    /**
     * Exactly zero with a probability per component, uniform between 0 and 1, else Gamma with a shape per component that is
     * inferred, log-normal with median 1 and factor e. What is not zero has twice the given mean, so that all have that mean.
     */
    ZERO_INFLATED {
        @Override
        public GraphBuilder add(GraphBuilder graph, String name, Dims dims, Axis component, double mean) {
            String zero = name + "_zero";
            String shape = name + "_shape";
            return graph.parameter(zero, Dims.of(component), Beta.alpha(1).beta(1))
                    .parameter(shape, Dims.of(component), LogNormal.mu(0).sigma(1))
                    .parameter(
                            name,
                            dims,
                            ZeroInflated.zero(zero).otherwise(Gamma.shape(shape).mean(2 * mean)));
        }
    },
    /** Exponential with the given mean. */
    EXPONENTIAL {
        @Override
        Independent of(double mean) {
            return Exponential.rate(1 / mean);
        }
    },
    /** Half-normal of scale {@code mean sqrt(pi / 2)}. */
    HALF_NORMAL {
        @Override
        Independent of(double mean) {
            return HalfNormal.scale(mean * Math.sqrt(Math.PI / 2));
        }
    },
    /** Log-normal with the given mean and a scatter sigma per component that is inferred, log-normal around 1 with a scatter of 0.5. */
    LOG_NORMAL {
        @Override
        public GraphBuilder add(GraphBuilder graph, String name, Dims dims, Axis component, double mean) {
            String sigma = name + "_sigma";
            return graph.parameter(sigma, Dims.of(component), LogNormal.mu(0).sigma(SCATTER_OF_SIGMA))
                    .parameter(name, dims, LogNormal.mean(mean).sigma(sigma));
        }
    };

    private static final double SCATTER_OF_SIGMA = 0.5;
    private static final double MEAN_LOG_SHAPE = -0.5;

    /**
     * Adds a factor, and what its prior infers, to a graph.
     *
     * @param graph modified
     * @param name node of the factor
     * @param dims its axes, {@code component} among them
     * @param mean prior mean of every entry, above 0
     */
    public GraphBuilder add(GraphBuilder graph, String name, Dims dims, Axis component, double mean) {
        return graph.parameter(name, dims, of(mean));
    }

    Independent of(double mean) {
        throw new IllegalStateException(this + " has inferred arguments");
    }
}
