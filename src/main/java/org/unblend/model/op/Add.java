package org.unblend.model.op;

import java.util.List;
import org.unblend.model.Dims;
import org.unblend.model.Kernel;
import org.unblend.model.Op;

/**
 * The sum of nodes entry by entry; each is spread over the axes that it lacks.
 *
 * @param inputs names of the terms, at least one
 */
public record Add(List<String> inputs) implements Op {

    public Add {
        inputs = List.copyOf(inputs);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        return new Spread(dims) {
            @Override
            double combine(double[] values) {
                double sum = 0;
                for (double v : values) {
                    sum += v;
                }
                return sum;
            }

            @Override
            double derivative(double[] values, int which) {
                return 1;
            }
        };
    }

    @Override
    public String unit(List<String> units) {
        return Units.same(units);
    }

    @Override
    public String description() {
        return String.join(" + ", inputs);
    }
}
