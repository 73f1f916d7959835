package org.unblend.infer;

import java.util.Map;

/**
 * A number that a run file may set under {@code engine}.
 *
 * @param name key in the run file
 * @param standard value when it is not set
 * @param low smallest allowed value
 * @param high largest allowed value
 * @param whole true if only whole numbers are allowed
 * @param meaning one line for help
 */
public record Knob(String name, double standard, double low, double high, boolean whole, String meaning) {

    /** Its value among these, by name; the standard one if it is not among them. */
    public double of(Map<String, Double> values) {
        return values.getOrDefault(name, standard);
    }

    /** The same as a whole number. */
    public int wholeOf(Map<String, Double> values) {
        return (int) Math.round(of(values));
    }
}
