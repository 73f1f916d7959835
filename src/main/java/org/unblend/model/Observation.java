package org.unblend.model;

/**
 * Data with a likelihood.
 *
 * @param likelihood distribution of the data; its arguments are usually nodes
 * @param data {@code [dims.size()]}, copied; may be NaN only where the weight is 0
 * @param weights {@code [dims.size()]}, copied; 0 = missing. For a Normal likelihood an entry's variance is
 *     {@code sd^2 / weight}; for any other the weight is the exponent of the entry's likelihood
 */
public record Observation(String name, Dims dims, String unit, Distribution likelihood, double[] data, double[] weights)
        implements Node {

    public Observation {
        data = data.clone();
        weights = weights.clone();
        Checks.length(name, dims, data.length);
        Checks.length(name, dims, weights.length);
        for (int i = 0; i < data.length; i++) {
            if (!(weights[i] >= 0) || Double.isInfinite(weights[i])) {
                throw new InvalidModel(
                        "M033",
                        name,
                        "the weight at " + Checks.entry(dims, i) + " is " + weights[i],
                        "weights must be finite and not negative");
            }
            if (weights[i] > 0 && !Double.isFinite(data[i])) {
                throw new InvalidModel(
                        "M034",
                        name,
                        "the datum at " + Checks.entry(dims, i) + " is " + data[i],
                        "correct it, or mark it missing by a weight of 0");
            }
            if (weights[i] > 0 && likelihood.discrete() && (data[i] < 0 || data[i] != Math.rint(data[i]))) {
                throw new InvalidModel(
                        "M035",
                        name,
                        "the datum at " + Checks.entry(dims, i) + " is " + data[i] + ", but " + likelihood.name()
                                + " counts",
                        "counts must be whole numbers from 0; use another likelihood for other data");
            }
        }
    }

    /** A copy of the data. */
    @Override
    public double[] data() {
        return data.clone();
    }

    /** A copy of the weights. */
    @Override
    public double[] weights() {
        return weights.clone();
    }
}
