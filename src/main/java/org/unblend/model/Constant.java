package org.unblend.model;

/**
 * Fixed numbers, such as the uncertainties of the data.
 *
 * @param values {@code [dims.size()]}, finite, copied
 */
public record Constant(String name, Dims dims, String unit, double[] values) implements Node {

    public Constant {
        values = values.clone();
        Checks.length(name, dims, values.length);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new InvalidModel(
                        "M030",
                        name,
                        "the value at " + Checks.entry(dims, i) + " is " + values[i],
                        "constants must be finite");
            }
        }
    }

    /** A copy of the values. */
    @Override
    public double[] values() {
        return values.clone();
    }
}
