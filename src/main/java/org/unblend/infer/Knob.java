package org.unblend.infer;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A value that a run file may set under {@code engine}: a number, or one of a few words, which is then held as its place among
 * them.
 *
 * @param name key in the run file
 * @param standard value when it is not set
 * @param low smallest allowed value
 * @param high largest allowed value
 * @param whole true if only whole numbers are allowed
 * @param meaning one line for help
 * @param words what the values 0, 1, ... are called; none for a number
 */
public record Knob(
        String name, double standard, double low, double high, boolean whole, String meaning, List<String> words) {

    public Knob {
        words = List.copyOf(words);
    }

    /** A number. */
    public Knob(String name, double standard, double low, double high, boolean whole, String meaning) {
        this(name, standard, low, high, whole, meaning, List.of());
    }

    /** One of these words, the first unless it is set. */
    public static Knob ofWords(String name, List<String> words, String meaning) {
        return new Knob(name, 0, 0, words.size() - 1.0, true, meaning, words);
    }

    /** Its value among these, by name; the standard one if it is not among them. */
    public double of(Map<String, Double> values) {
        return values.getOrDefault(name, standard);
    }

    /** The same as a whole number. */
    public int wholeOf(Map<String, Double> values) {
        return (int) Math.round(of(values));
    }

    /** The value as it is shown: a word where it stands for one. */
    public String shown(double value) {
        return words.isEmpty() ? String.format(Locale.ROOT, "%s", value) : words.get((int) Math.round(value));
    }
}
