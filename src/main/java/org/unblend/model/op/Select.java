package org.unblend.model.op;

import java.util.Arrays;
import java.util.List;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.Op;

/**
 * Some entries of one axis, in the order of {@code labels}.
 *
 * @param input name of the node
 * @param axis name of the axis
 * @param labels the entries that are kept; distinct, each a label of the axis
 * @param kept the axis of the result, with one entry for each label
 */
public record Select(String input, String axis, List<String> labels, Axis kept) implements Op {

    public Select {
        labels = List.copyOf(labels);
        if (kept.length() != labels.size()) {
            throw new IllegalArgumentException(labels.size() + " entries on an axis of " + kept.length());
        }
    }

    /** The entries keep their axis and their labels. */
    public Select(String input, String axis, List<String> labels) {
        this(input, axis, labels, new Axis(axis, labels));
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        Dims source = dims.get(0);
        Axis all = Linear.axis(input, source, axis);
        for (String label : labels) {
            if (!all.labels().contains(label)) {
                throw new InvalidModel(
                        "M023",
                        "",
                        "axis '" + axis + "' of " + input + " has no entry '" + label + "'",
                        "choose from " + all.labels());
            }
        }
        Dims target = new Dims(source.axes().stream()
                .map(a -> a.name().equals(axis) ? kept : a)
                .toList());
        int position = source.axes().indexOf(all);
        int stride = source.strides()[position];
        int[] sources = new int[target.size()];
        int[] targets = new int[target.size()];
        for (int flat = 0; flat < sources.length; flat++) {
            int index = flat / stride % kept.length();
            int outer = flat / (stride * kept.length());
            int wanted = all.labels().indexOf(labels.get(index));
            sources[flat] = (outer * all.length() + wanted) * stride + flat % stride;
            targets[flat] = flat;
        }
        double[] ones = new double[sources.length];
        Arrays.fill(ones, 1);
        return new Linear(target, source.size(), targets, sources, ones);
    }

    @Override
    public String unit(List<String> units) {
        return units.get(0);
    }

    @Override
    public String description() {
        return labels + " of " + input + " along " + axis;
    }
}
