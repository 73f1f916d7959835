package org.unblend.model;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A named axis and the labels of its entries. Axes are matched by name, never by position; the rank of a factorisation
 * is the length of its component axis.
 *
 * @param name what the axis counts, such as {@code line} or {@code component}
 * @param labels one distinct label per entry, at least one
 */
public record Axis(String name, List<String> labels) {

    public Axis {
        labels = List.copyOf(labels);
        if (name.isBlank()) {
            throw new InvalidModel("M001", "", "an axis has no name", "give each axis a name");
        }
        if (labels.isEmpty()) {
            throw new InvalidModel("M002", name, "axis '" + name + "' has no entries", "list at least one label");
        }
        HashSet<String> seen = new HashSet<>();
        for (String label : labels) {
            if (!seen.add(label)) {
                throw new InvalidModel(
                        "M003", name, "axis '" + name + "' has the label '" + label + "' twice", "make labels distinct");
            }
        }
    }

    /** An axis of {@code length} entries labelled 0, 1, ... */
    public static Axis of(String name, int length) {
        return new Axis(name, IntStream.range(0, length).mapToObj(Integer::toString).toList());
    }

    /** An axis with the given labels. */
    public static Axis of(String name, String... labels) {
        return new Axis(name, List.of(labels));
    }

    /** Number of entries. */
    public int length() {
        return labels.size();
    }
}
