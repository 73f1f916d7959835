package org.unblend.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The axis of a forward model that gives the standard deviation of its error beside each value: first all values, then all
 * errors, so that both cost one evaluation.
 */
public final class ErrorAxis {
    private static final String BESIDE = " with errors";

    private ErrorAxis() {}

    /** The axis of values and errors, twice as long as that of the values. */
    public static Axis of(Axis values) {
        List<String> labels = new ArrayList<>(values.labels());
        values.labels().forEach(l -> labels.add("error of " + l));
        return new Axis(values.name() + BESIDE, labels);
    }

    /** The axis of the values, if this one was made by {@link #of}. */
    public static Optional<Axis> values(Axis both) {
        if (!both.name().endsWith(BESIDE)) {
            return Optional.empty();
        }
        String name = both.name().substring(0, both.name().length() - BESIDE.length());
        return Optional.of(new Axis(name, both.labels().subList(0, both.length() / 2)));
    }
}
