package org.unblend.model.op;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.model.Dims;
import org.unblend.model.Kernel;
import org.unblend.model.Op;

/**
 * The sum of a node over one of its axes.
 *
 * @param input name of the node
 * @param axis name of the axis that is summed away
 */
public record SumOver(String input, String axis) implements Op {

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        Dims source = dims.get(0);
        Linear.axis(input, source, axis);
        Dims rest = source.without(axis);
        double[] ones = new double[source.size()];
        Arrays.fill(ones, 1);
        return new Linear(
                rest,
                source.size(),
                source.spread(rest),
                IntStream.range(0, source.size()).toArray(),
                ones);
    }

    @Override
    public String unit(List<String> units) {
        return units.get(0);
    }

    @Override
    public String description() {
        return "sum of " + input + " over " + axis;
    }
}
