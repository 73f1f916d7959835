package org.unblend.io.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.model.Axis;
import org.unblend.radiative.LineName;
import org.unblend.radiative.MoleculeCatalog;

/** Finds labels of files on an axis. */
final class AxisLabels {
    private final Axis axis;
    private final Map<String, Integer> exact = new HashMap<>();

    AxisLabels(Axis axis) {
        this.axis = axis;
        for (int i = 0; i < axis.length(); i++) {
            exact.put(axis.labels().get(i), i);
        }
    }

    /** Where a label stands on the axis; a line may be written in any of its forms. -1 if it is not there. */
    int index(String label) {
        Integer found = exact.get(label);
        if (found != null) {
            return found;
        }
        Optional<String> line = line(label);
        List<String> labels = axis.labels();
        return line.isEmpty()
                ? -1
                : labels.stream().map(AxisLabels::line).toList().indexOf(line);
    }

    /** One spelling for all names of a line; empty if it is none. */
    private static Optional<String> line(String label) {
        try {
            LineName name = LineName.parse(label);
            return Optional.of(MoleculeCatalog.key(name.molecule()) + " " + name.transition());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
