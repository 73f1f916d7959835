package org.unblend.io.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.model.Axis;
import org.unblend.model.InvalidModel;
import org.unblend.model.Nearest;

/**
 * Reads axes. A model lists the labels of an axis, gives its length, or leaves it {@code "open"}; a run fills open axes, and
 * may replace others, by labels or a length under {@code "axes"}. An open axis that the run does not give takes the row or
 * column names of the first matrix that has some.
 */
final class AxisReader {
    private static final String OPEN = "open";
    /** Longer axes are slips of the pen. */
    private static final int LONGEST = 10_000_000;

    private final Map<String, RunFile.GivenAxis> given;
    private final Map<MatrixEntry, Optional<LabelledMatrix>> matrices;
    private final Mistakes mistakes;

    /**
     * @param given the axes of the run file
     * @param matrices the matrices of the run, in its order; empty where a file could not be read
     */
    AxisReader(
            Map<String, RunFile.GivenAxis> given,
            Map<MatrixEntry, Optional<LabelledMatrix>> matrices,
            Mistakes mistakes) {
        this.given = given;
        this.matrices = matrices;
        this.mistakes = mistakes;
    }

    /** The axes of a run file; a length n makes labels of the axis' name and a number from 1 to n. */
    static Map<String, RunFile.GivenAxis> given(Fields fields, Mistakes mistakes) {
        Map<String, RunFile.GivenAxis> given = new LinkedHashMap<>();
        for (String name : fields.keys()) {
            Json value = fields.require(name).orElseThrow();
            parse(name, value, fields, true, mistakes)
                    .ifPresent(axis -> given.put(name, new RunFile.GivenAxis(axis, value.place())));
        }
        return given;
    }

    /** An axis by length or labels; empty with a note if it is none. */
    private static Optional<Axis> parse(String name, Json value, Fields fields, boolean named, Mistakes mistakes) {
        try {
            if (value instanceof Json.Num n) {
                if (!(n.value() >= 1 && n.value() <= LONGEST && n.value() == Math.rint(n.value()))) {
                    mistakes.add(
                            "M055",
                            value.place(),
                            "the axis '" + name + "' cannot have " + n.written() + " entries",
                            "give a whole number from 1, or a list of labels");
                    return Optional.empty();
                }
                int length = (int) n.value();
                return Optional.of(
                        named ? new Axis(name, LabelledMatrix.numbered(name, length)) : Axis.of(name, length));
            }
            return Optional.of(new Axis(name, fields.texts(name)));
        } catch (InvalidModel e) {
            e.flaws().forEach(f -> mistakes.add(f.code(), value.place(), f.reason(), f.remedy()));
            return Optional.empty();
        }
    }

    /** The axes of a model file, open ones filled; empty with notes if one cannot be. */
    Optional<Map<String, Axis>> read(Fields fields) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        boolean whole = true;
        for (String name : fields.keys()) {
            Json value = fields.require(name).orElseThrow();
            Optional<Axis> axis = given.containsKey(name)
                    ? Optional.of(given.get(name).axis())
                    : value instanceof Json.Text t && t.value().equals(OPEN)
                            ? ofMatrices(name, value.place())
                            : ofModel(name, value, fields);
            axis.ifPresent(a -> axes.put(name, a));
            whole &= axis.isPresent() || !(value instanceof Json.Text);
        }
        List<String> names = fields.keys();
        given.forEach((name, axis) -> refuseUnknown(name, axis.place(), names));
        matrices.keySet()
                .forEach(m -> Stream.of(m.rows(), m.columns())
                        .filter(s -> !s.axis().isEmpty())
                        .forEach(s -> refuseUnknown(s.axis(), s.place(), names)));
        return whole ? Optional.of(axes) : Optional.empty();
    }

    private void refuseUnknown(String name, Place place, List<String> known) {
        if (!known.contains(name)) {
            mistakes.add("R014", place, "the model has no axis '" + name + "'", Nearest.hint(name, known));
        }
    }

    private Optional<Axis> ofModel(String name, Json value, Fields fields) {
        if (value instanceof Json.Text t) {
            mistakes.add(
                    "M055",
                    value.place(),
                    "an axis cannot be '" + t.value() + "'",
                    "list its labels, give its length, or write \"" + OPEN + "\" to let runs fill it");
            return Optional.empty();
        }
        return parse(name, value, fields, false, mistakes);
    }

    private Optional<Axis> ofMatrices(String name, Place place) {
        List<MatrixEntry> along = matrices.keySet().stream()
                .filter(m -> m.rows().axis().equals(name) || m.columns().axis().equals(name))
                .toList();
        if (along.isEmpty()) {
            mistakes.add(
                    "M056",
                    place,
                    "the model leaves the axis '" + name + "' open, and the run does not fill it",
                    "give its length or its labels in the run file, as in \"axes\": { \"" + name + "\": 3 }");
            return Optional.empty();
        }
        List<MatrixEntry> read = new ArrayList<>(along);
        read.removeIf(m -> matrices.get(m).isEmpty());
        Optional<MatrixEntry> first = read.stream()
                .filter(m -> !names(m, name).isEmpty())
                .findFirst()
                .or(() -> read.stream().findFirst());
        // Without any, what is wrong with the files has been said.
        return first.flatMap(m -> filled(name, m));
    }

    private Optional<Axis> filled(String name, MatrixEntry entry) {
        List<String> names = names(entry, name);
        LabelledMatrix m = matrices.get(entry).orElseThrow();
        int n = entry.rows().axis().equals(name)
                ? m.values().rows()
                : m.values().columns();
        try {
            return Optional.of(new Axis(name, names.isEmpty() ? LabelledMatrix.numbered(name, n) : names));
        } catch (InvalidModel e) {
            e.flaws().forEach(f -> mistakes.add(f.code(), Place.of(entry.matrix()), f.reason(), f.remedy()));
            return Optional.empty();
        }
    }

    private List<String> names(MatrixEntry entry, String axis) {
        LabelledMatrix m = matrices.get(entry).orElseThrow();
        return entry.rows().axis().equals(axis) ? m.rows() : m.columns();
    }
}
