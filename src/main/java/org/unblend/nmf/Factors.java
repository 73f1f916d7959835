package org.unblend.nmf;

import org.unblend.math.Dense;

/**
 * The two factors.
 *
 * @param w {@code [features x components]}
 * @param h {@code [components x samples]}
 */
public record Factors(Dense w, Dense h) {

    /** Factors from their component-wise storage, {@code [components x features]} and {@code [components x samples]}. */
    static Factors byComponent(double[][] w, double[][] h) {
        return new Factors(Dense.of(Dense.copy(w)).transpose(), Dense.of(Dense.copy(h)));
    }

    /** A copy of W stored by component, {@code [components x features]}. */
    double[][] wByComponent() {
        return w.transpose().array();
    }

    /** A copy of H stored by component, {@code [components x samples]}. */
    double[][] hByComponent() {
        return Dense.copy(h.array());
    }
}
