package org.unblend.model.op;

import java.util.List;
import org.unblend.model.Dims;
import org.unblend.model.Kernel;
import org.unblend.model.Op;

/**
 * The product of nodes entry by entry; each is spread over the axes that it lacks. A filling factor, a calibration
 * factor, or the scale of a component.
 *
 * @param inputs names of the factors, at least one
 */
public record Scale(List<String> inputs) implements Op {

    public Scale {
        inputs = List.copyOf(inputs);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        return new Spread(dims) {
            @Override
            double combine(double[] values) {
                return derivative(values, -1);
            }

            @Override
            double derivative(double[] values, int which) {
                double product = 1;
                for (int i = 0; i < values.length; i++) {
                    product *= i == which ? 1 : values[i];
                }
                return product;
            }
        };
    }

    @Override
    public String unit(List<String> units) {
        return Units.product(units);
    }

    @Override
    public String description() {
        return String.join(" * ", inputs);
    }
}
