package org.unblend.model;

/**
 * Data with a likelihood.
 *
 * @param likelihood distribution of the data, {@link Independent}; its arguments are usually nodes
 * @param data {@code [dims.size()]}, copied; finite and possible under the likelihood unless the weight is 0
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
        if (!(likelihood instanceof Independent independent)) {
            throw new InvalidModel(
                    "M036", name, likelihood.name() + " is a prior only", "use a likelihood of single numbers");
        }
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
            if (weights[i] > 0 && !possible(independent, data[i])) {
                throw new InvalidModel(
                        "M037",
                        name,
                        "the datum at " + Checks.entry(dims, i) + " is " + data[i] + ", where " + likelihood.name()
                                + " has no density",
                        "correct it, mark it missing by a weight of 0, or use another likelihood");
            }
        }
    }

    /** False if no arguments of the likelihood that may still be chosen allow this datum. */
    private static boolean possible(Independent likelihood, double datum) {
        Family family = likelihood.family();
        double[] theta =
                likelihood.numbers().orElse(new double[likelihood.args().size()]);
        boolean known = likelihood.numbers().isPresent() || family.fixedSupport();
        return !known || family.support(theta).contains(datum);
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
