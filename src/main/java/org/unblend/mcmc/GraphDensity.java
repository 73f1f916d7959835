package org.unblend.mcmc;

import org.unblend.density.CompiledModel;
import org.unblend.density.Gradients;

/** The posterior of a model graph as a density of its unconstrained coordinates. */
final class GraphDensity implements LogDensity {
    private final Gradients gradients;

    GraphDensity(CompiledModel model) {
        gradients = model.gradients();
    }

    @Override
    public int dimension() {
        return gradients.freeDimension();
    }

    @Override
    public double evaluate(double[] z, double[] gradient) {
        double[] log = new double[1];
        gradients.free(z, log, gradient, 1);
        return log[0];
    }
}
