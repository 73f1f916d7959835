package org.unblend.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The ordered axes of a node's values. Values are stored row-major: the last axis runs fastest. No axes at all means a
 * single number.
 *
 * @param axes the axes, with distinct names
 */
public record Dims(List<Axis> axes) {

    /** The dims of a single number. */
    public static final Dims SCALAR = new Dims(List.of());

    public Dims {
        axes = List.copyOf(axes);
        long distinct = axes.stream().map(Axis::name).distinct().count();
        if (distinct != axes.size()) {
            throw new InvalidModel("M004", "", "an axis is repeated in " + names(axes), "use each axis once");
        }
    }

    /** The dims with these axes in this order. */
    public static Dims of(Axis... axes) {
        return new Dims(List.of(axes));
    }

    /** Number of values: the product of the axis lengths, 1 for a scalar. */
    public int size() {
        // No stream: asked for at every evaluation of a model.
        int size = 1;
        for (int i = 0; i < axes.size(); i++) {
            size = Math.multiplyExact(size, axes.get(i).length());
        }
        return size;
    }

    /** The axis with this name, if it is one of these. */
    public Optional<Axis> axis(String name) {
        return axes.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** These dims without the named axis. */
    public Dims without(String name) {
        return new Dims(axes.stream().filter(a -> !a.name().equals(name)).toList());
    }

    /** These axes, followed by those of {@code other} that are not among them. */
    public Dims union(Dims other) {
        List<Axis> all = new ArrayList<>(axes);
        other.axes.stream().filter(a -> axis(a.name()).isEmpty()).forEach(all::add);
        return new Dims(all);
    }

    /** Steps in the flat array from one entry of each axis to the next, in the order of the axes. */
    public int[] strides() {
        int[] strides = new int[axes.size()];
        int step = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = step;
            step *= axes.get(i).length();
        }
        return strides;
    }

    /**
     * For each flat index of these dims, the flat index in {@code source} that has the same place on the shared axes:
     * how a value with fewer axes is spread over one with more.
     *
     * @param source dims whose axes are all among these, with equal labels
     * @return an array of length {@link #size()}
     * @throws InvalidModel if {@code source} has an axis that these dims lack, or other labels on it
     */
    public int[] spread(Dims source) {
        int[] step = steps(source);
        int[] map = new int[size()];
        int[] strides = strides();
        for (int flat = 0; flat < map.length; flat++) {
            int index = 0;
            for (int a = 0; a < strides.length; a++) {
                index += flat / strides[a] % axes.get(a).length() * step[a];
            }
            map[flat] = index;
        }
        return map;
    }

    /** @throws InvalidModel if {@code source} cannot be spread over these dims, see {@link #spread} */
    void requireAxesOf(Dims source) {
        steps(source);
    }

    private int[] steps(Dims source) {
        int[] sourceStrides = source.strides();
        int[] step = new int[axes.size()];
        for (int s = 0; s < sourceStrides.length; s++) {
            Axis axis = source.axes.get(s);
            int here = axes.indexOf(axis);
            if (here < 0) {
                throw new InvalidModel(
                        "M005",
                        "",
                        "axis '" + axis.name() + "' of " + source + " is not an axis of " + this
                                + ", or has other labels",
                        "give both the same axis, or sum over it first");
            }
            step[here] = sourceStrides[s];
        }
        return step;
    }

    /** The labels of each entry, such as {@code CO(3-2),c0}; the empty string for a scalar. */
    public List<String> entryLabels() {
        List<String> labels = List.of("");
        for (Axis axis : axes) {
            labels = labels.stream()
                    .flatMap(l -> axis.labels().stream().map(m -> l.isEmpty() ? m : l + "," + m))
                    .toList();
        }
        return labels;
    }

    @Override
    public String toString() {
        return axes.stream().map(a -> a.name() + "=" + a.length()).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String names(List<Axis> axes) {
        return axes.stream().map(Axis::name).collect(Collectors.joining(", ", "[", "]"));
    }
}
