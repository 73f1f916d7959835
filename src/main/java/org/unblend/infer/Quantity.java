package org.unblend.infer;

import org.unblend.model.Support;

/**
 * What tables, figures and files must know of one number that is inferred.
 *
 * @param name as users write it, such as {@code T_kin} or {@code W[AGN,c0]}
 * @param unit such as {@code cm-3}; {@code 1} if dimensionless, empty if unknown
 * @param latex symbol for typeset labels, without dollar signs; empty to make one from the name
 * @param range hard bounds of the prior, infinite where there are none
 * @param logarithmic true if the prior is log-uniform or spans decades, so that axes are logarithmic
 */
public record Quantity(String name, String unit, String latex, Support range, boolean logarithmic) {

    public Quantity {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a quantity has no name");
        }
    }

    /** A quantity of unknown unit, without bounds, on a linear axis. */
    public static Quantity of(String name) {
        return new Quantity(name, "", "", Support.REAL, false);
    }
}
