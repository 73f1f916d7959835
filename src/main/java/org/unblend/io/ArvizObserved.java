package org.unblend.io;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.model.Axis;

/** An observed variable reduced to its present entries: their places, and the axes along which they are written. */
record ArvizObserved(ObservedDraws source, int[] entries, List<Axis> axes) {

    static ArvizObserved of(ObservedDraws source) {
        double[] values = source.values();
        int[] entries = IntStream.range(0, values.length)
                .filter(e -> Double.isFinite(values[e]))
                .toArray();
        if (entries.length == values.length) {
            return new ArvizObserved(source, entries, source.dims().axes());
        }
        if (entries.length == 0) {
            throw new IllegalArgumentException("observation '" + source.name() + "' has no finite entry");
        }
        List<String> all = source.dims().entryLabels();
        List<String> labels = Arrays.stream(entries).mapToObj(all::get).toList();
        return new ArvizObserved(source, entries, List.of(new Axis(source.name() + "_entry", labels)));
    }

    /** Entry {@code k} of those present in one draw of {@code values} {@code [draws x entries]}. */
    double at(double[] values, int draw, int k) {
        return values[draw * source.values().length + entries[k]];
    }

    boolean finite(double[] values, int draw) {
        return values.length == 0
                || IntStream.range(0, entries.length).allMatch(k -> Double.isFinite(at(values, draw, k)));
    }
}
