package org.unblend.model.op;

import java.util.List;
import java.util.stream.IntStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.Op;

/**
 * Convolution along one axis with a fixed kernel, such as a beam (apply it once per sky axis) or a line profile:
 * {@code out[i] = sum_j kernel[j] in[i + j - h]}, h the middle of the kernel; outside the axis the input counts as zero.
 * The kernel is used as given: neither normalised nor reversed, so an asymmetric one is correlated with the input.
 *
 * @param input name of the node
 * @param axis name of the axis
 * @param kernel an odd number of finite weights
 */
public record Convolve(String input, String axis, List<Double> kernel) implements Op {

    public Convolve {
        kernel = List.copyOf(kernel);
        if (kernel.size() % 2 == 0 || !kernel.stream().allMatch(Double::isFinite)) {
            throw new InvalidModel(
                    "M024", "", "a kernel needs an odd number of finite weights, got " + kernel, "pad it with a zero");
        }
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        Dims source = dims.get(0);
        Axis along = Linear.axis(input, source, axis);
        int stride = source.strides()[source.axes().indexOf(along)];
        int half = kernel.size() / 2;
        int[][] terms = IntStream.range(0, source.size())
                .boxed()
                .flatMap(flat -> IntStream.range(0, kernel.size())
                        .filter(j -> {
                            int at = flat / stride % along.length() + j - half;
                            return at >= 0 && at < along.length();
                        })
                        .mapToObj(j -> new int[] {flat, flat + (j - half) * stride, j}))
                .toArray(int[][]::new);
        return new Linear(
                source,
                source.size(),
                IntStream.range(0, terms.length).map(t -> terms[t][0]).toArray(),
                IntStream.range(0, terms.length).map(t -> terms[t][1]).toArray(),
                IntStream.range(0, terms.length)
                        .mapToDouble(t -> kernel.get(terms[t][2]))
                        .toArray());
    }

    @Override
    public String unit(List<String> units) {
        return units.get(0);
    }

    @Override
    public String description() {
        return input + " convolved along " + axis + " (" + kernel.size() + " weights)";
    }
}
