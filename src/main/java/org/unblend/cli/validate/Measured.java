package org.unblend.cli.validate;

/**
 * Our value of a quantity.
 *
 * @param value the value
 * @param error its standard error; 0 if it has none
 */
record Measured(double value, double error) {
    static Measured exact(double value) {
        return new Measured(value, 0);
    }
}
