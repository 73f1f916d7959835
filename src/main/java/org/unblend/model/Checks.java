package org.unblend.model;

/** Checks that several nodes share. */
final class Checks {
    private Checks() {}

    static void length(String name, Dims dims, int length) {
        if (length != dims.size()) {
            throw new InvalidModel(
                    "M031",
                    name,
                    length + " values for " + dims + ", which has " + dims.size() + " entries",
                    "give one value per entry");
        }
    }

    /** The entry for a message: its labels, or "its only entry" of a scalar. */
    static String entry(Dims dims, int index) {
        return dims.axes().isEmpty() ? "its only entry" : dims.entryLabels().get(index);
    }
}
