package org.unblend.io;

import java.util.Arrays;
import org.unblend.infer.Quantity;
import org.unblend.model.Support;

/**
 * Draws of one quantity from posterior and prior. Arrays are owned by the record and not modified after it is made.
 *
 * @param quantity what it is
 * @param values posterior draws, weighted elsewhere
 * @param prior equally weighted prior draws, any number; empty if unknown
 */
public record Marginal(Quantity quantity, double[] values, double[] prior) {

    /** The same of the decimal logarithm, which is what a table can say of a quantity that spans decades. */
    public Marginal log10() {
        Support range = quantity.range();
        return new Marginal(
                new Quantity(
                        "log10(" + quantity.name() + ")",
                        quantity.unit().isEmpty() ? "dex" : "dex(" + quantity.unit() + ")",
                        "\\log_{10} " + quantity.latex(),
                        new Support(Math.log10(range.low()), Math.log10(range.high())),
                        false),
                Arrays.stream(values).map(Math::log10).toArray(),
                Arrays.stream(prior).map(Math::log10).toArray());
    }
}
