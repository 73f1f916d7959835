package org.unblend.infer;

import java.util.List;
import java.util.Optional;

/**
 * Weighted draws of a posterior. Arrays are owned by the record and not modified after it is made.
 *
 * @param names parameter names, one per column of {@code theta}
 * @param theta {@code [draws x names]}, row-major, natural scale
 * @param logLikelihood {@code [draws]}
 * @param logWeight {@code [draws]}, normalised: the exponentials sum to one; -infinity allowed
 * @param path how a nested run came to its draws, if it was one
 */
public record Samples(
        List<String> names, double[] theta, double[] logLikelihood, double[] logWeight, Optional<NestedPath> path) {

    public Samples {
        names = List.copyOf(names);
        if (theta.length != logLikelihood.length * names.size() || logWeight.length != logLikelihood.length) {
            throw new IllegalArgumentException("arrays of unequal length: " + theta.length + " values, "
                    + logLikelihood.length + " likelihoods, " + logWeight.length + " weights, " + names.size()
                    + " names");
        }
    }

    /** Number of draws. */
    public int size() {
        return logLikelihood.length;
    }

    /** All draws of one parameter. */
    public double[] column(int parameter) {
        double[] column = new double[size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = theta[i * names.size() + parameter];
        }
        return column;
    }

    /** The weights, which sum to one. */
    public double[] weights() {
        double[] w = new double[size()];
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.exp(logWeight[i]);
        }
        return w;
    }
}
