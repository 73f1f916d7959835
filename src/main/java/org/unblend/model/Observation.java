package org.unblend.model;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.unblend.math.Sparse;

/**
 * Data with a likelihood.
 *
 * @param likelihood distribution of the data, {@link Independent}; its arguments are usually nodes
 * @param entries the data and their weights, as many as the dims have entries; finite and possible under the likelihood
 *     unless the weight is 0 (missing). For a Normal likelihood an entry's variance is {@code sd^2 / weight}; for any
 *     other the weight is the exponent of the entry's likelihood
 */
public record Observation(String name, Dims dims, String unit, Distribution likelihood, Entries entries)
        implements Node {

    public Observation {
        if (!(likelihood instanceof Independent independent)) {
            throw new InvalidModel(
                    "M036", name, likelihood.name() + " is a prior only", "use a likelihood of single numbers");
        }
        if (entries instanceof Entries.Stored stored) {
            checkStored(name, dims, independent, stored.matrix());
        } else {
            double[] data = entries.data();
            double[] weights = entries.weights();
            Checks.length(name, dims, data.length);
            Checks.length(name, dims, weights.length);
            for (int i = 0; i < data.length; i++) {
                int entry = i;
                checkWeight(name, dims, i, weights[i]);
                if (weights[i] > 0) {
                    checkDatum(name, data[i], independent, () -> Checks.entry(dims, entry));
                }
            }
        }
    }

    /** Data entry by entry. */
    public Observation(String name, Dims dims, String unit, Distribution likelihood, double[] data, double[] weights) {
        this(name, dims, unit, likelihood, new Entries.Each(data, weights));
    }

    private static void checkStored(String name, Dims dims, Independent likelihood, Sparse x) {
        List<Axis> axes = dims.axes();
        if (axes.size() != 2 || axes.get(0).length() != x.rows() || axes.get(1).length() != x.columns()) {
            throw new InvalidModel(
                    "M031",
                    name,
                    "a sparse matrix of " + x.rows() + " x " + x.columns() + " for " + dims,
                    "give two axes of these lengths");
        }
        for (int i = 0; i < x.rows(); i++) {
            int row = i;
            int next = 0;
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                int column = x.column()[p];
                checkDatum(name, x.value()[p], likelihood, () -> label(axes, row, column));
                next = column == next ? next + 1 : next;
            }
            if (next < x.columns() && !possible(likelihood, 0)) {
                throw new InvalidModel(
                        "M037",
                        name,
                        "nothing is stored at " + label(axes, i, next) + ", which stands for 0, where "
                                + likelihood.name() + " has no density",
                        "take such entries as missing, or use another likelihood");
            }
        }
    }

    private static String label(List<Axis> axes, int row, int column) {
        return axes.get(0).labels().get(row) + "," + axes.get(1).labels().get(column);
    }

    private static void checkWeight(String name, Dims dims, int entry, double weight) {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new InvalidModel(
                    "M033",
                    name,
                    "the weight at " + Checks.entry(dims, entry) + " is " + weight,
                    "weights must be finite and not negative");
        }
    }

    private static void checkDatum(String name, double datum, Independent likelihood, Supplier<String> place) {
        if (!Double.isFinite(datum)) {
            throw new InvalidModel(
                    "M034",
                    name,
                    "the datum at " + place.get() + " is " + datum,
                    "correct it, or mark it missing by a weight of 0");
        }
        if (likelihood.discrete() && (datum < 0 || datum != Math.rint(datum))) {
            throw new InvalidModel(
                    "M035",
                    name,
                    "the datum at " + place.get() + " is " + datum + ", but " + likelihood.name() + " counts",
                    "counts must be whole numbers from 0; use another likelihood for other data");
        }
        if (!possible(likelihood, datum)) {
            throw new InvalidModel(
                    "M037",
                    name,
                    "the datum at " + place.get() + " is " + datum + ", where " + likelihood.name() + " has no density",
                    "correct it, mark it missing by a weight of 0, or use another likelihood");
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

    /** A copy of the data, {@code [dims.size()]}; those that are not stored are 0. */
    public double[] data() {
        return entries.data();
    }

    /** A copy of the weights, {@code [dims.size()]}. */
    public double[] weights() {
        return entries.weights();
    }

    /** The data as a sparse matrix over both axes, if they are held so: all observed, what is not stored is 0. */
    public Optional<Sparse> sparse() {
        return entries instanceof Entries.Stored stored ? Optional.of(stored.matrix()) : Optional.empty();
    }
}
