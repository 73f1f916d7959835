package org.unblend.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unblend.model.Axis;

/**
 * Names of the axes in an InferenceData file. There an axis may not have the name of a variable, and {@code chain},
 * {@code draw} and {@code sample} are taken; an axis whose name collides gets {@code _axis} appended, and variables keep
 * theirs.
 */
final class ArvizNames {
    private static final Set<String> RESERVED = Set.of("chain", "draw", "sample");

    private final Set<String> variables = new LinkedHashSet<>();
    private final Map<String, Axis> axes = new LinkedHashMap<>();
    private final Map<String, List<String>> dims = new LinkedHashMap<>();

    /**
     * Registers a variable.
     *
     * @throws IllegalArgumentException if its name is reserved or given twice, or if one of its axes has other labels
     *     elsewhere
     */
    void add(String variable, List<Axis> own) {
        if (RESERVED.contains(variable)) {
            throw new IllegalArgumentException("'" + variable + "' cannot name a variable of InferenceData, rename it");
        }
        if (!variables.add(variable)) {
            throw new IllegalArgumentException("two variables are called '" + variable + "'");
        }
        for (Axis axis : own) {
            Axis known = axes.putIfAbsent(axis.name(), axis);
            if (known != null && !known.equals(axis)) {
                throw new IllegalArgumentException("axis '" + axis.name() + "' of '" + variable
                        + "' has other labels than in another variable: " + axis.labels() + " and " + known.labels());
            }
        }
        dims.put(variable, own.stream().map(Axis::name).toList());
    }

    /** New names of the axes that had to be renamed. */
    Map<String, String> renamed() {
        Map<String, String> renamed = new LinkedHashMap<>();
        for (String axis : axes.keySet()) {
            String name = axis;
            while (variables.contains(name)
                    || RESERVED.contains(name)
                    || renamed.containsValue(name)
                    || !name.equals(axis) && axes.containsKey(name)) {
                name += "_axis";
            }
            if (!name.equals(axis)) {
                renamed.put(axis, name);
            }
        }
        return renamed;
    }

    /** Axis name to labels. */
    Map<String, List<String>> coords() {
        Map<String, String> renamed = renamed();
        Map<String, List<String>> coords = new LinkedHashMap<>();
        axes.forEach((name, axis) -> coords.put(renamed.getOrDefault(name, name), axis.labels()));
        return coords;
    }

    /** Variable to axis names, scalars left out. */
    Map<String, List<String>> dims() {
        Map<String, String> renamed = renamed();
        Map<String, List<String>> named = new LinkedHashMap<>();
        dims.forEach((variable, own) -> {
            if (!own.isEmpty()) {
                named.put(
                        variable,
                        new ArrayList<>(own.stream()
                                .map(a -> renamed.getOrDefault(a, a))
                                .toList()));
            }
        });
        return named;
    }
}
