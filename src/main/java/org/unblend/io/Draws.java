package org.unblend.io;

import java.util.List;
import org.unblend.infer.Quantity;
import org.unblend.infer.Samples;

/**
 * Draws of a posterior together with all that the exports need to know of them. Arrays are owned by the record and not
 * modified after it is made.
 *
 * @param samples the draws of the parameters
 * @param quantities one per parameter, in the order of the samples, then one per derived quantity
 * @param logPrior {@code [draws]}, ln of the prior density at each draw, natural scale
 * @param derived {@code [draws x derived quantities]}, row-major; empty if there are none
 */
public record Draws(Samples samples, List<Quantity> quantities, double[] logPrior, double[] derived) {

    public Draws {
        quantities = List.copyOf(quantities);
        int parameters = samples.names().size();
        if (quantities.size() < parameters
                || !quantities.subList(0, parameters).stream()
                        .map(Quantity::name)
                        .toList()
                        .equals(samples.names())) {
            throw new IllegalArgumentException("the quantities "
                    + quantities.stream().map(Quantity::name).toList() + " do not begin with the parameters "
                    + samples.names());
        }
        if (quantities.stream().map(Quantity::name).distinct().count() != quantities.size()) {
            throw new IllegalArgumentException("two quantities have the same name among "
                    + quantities.stream().map(Quantity::name).toList());
        }
        if (logPrior.length != samples.size() || derived.length != samples.size() * (quantities.size() - parameters)) {
            throw new IllegalArgumentException("arrays of unequal length: " + samples.size() + " draws, "
                    + logPrior.length + " prior densities, " + derived.length + " derived values");
        }
    }

    /** Draws without derived quantities. */
    public Draws(Samples samples, List<Quantity> quantities, double[] logPrior) {
        this(samples, quantities, logPrior, new double[0]);
    }

    /** Number of draws. */
    public int size() {
        return samples.size();
    }

    /** True if quantity {@code column} is derived. */
    public boolean isDerived(int column) {
        return column >= samples.names().size();
    }

    /** The value of quantity {@code column} in draw {@code row}. */
    public double value(int row, int column) {
        int parameters = samples.names().size();
        return column < parameters
                ? samples.theta()[row * parameters + column]
                : derived[row * (quantities.size() - parameters) + column - parameters];
    }

    /** All draws of one quantity. */
    public double[] column(int column) {
        double[] values = new double[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(i, column);
        }
        return values;
    }

    /** ln of likelihood times prior in draw {@code row}. */
    public double logPosterior(int row) {
        return samples.logLikelihood()[row] + logPrior[row];
    }

    /** One quantity with draws of its prior beside it, as tables and figures take it. */
    public Marginal marginal(int column, double[] prior) {
        return new Marginal(quantities.get(column), column(column), prior);
    }
}
