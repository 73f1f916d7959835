package org.unblend.emulator.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.math.DenseLayer;
import org.unblend.math.DenseNetwork;
import org.unblend.model.ForwardModel;

/** Between natural units and those of networks. */
final class NetworkUnits {
    private NetworkUnits() {}

    /** The outputs with the mean and spread of s over samples; shared ones have one spread. */
    static List<EmulatorOutput> outputs(Recipe recipe, ForwardModel model, Samples s) {
        List<EmulatorOutput> outputs = new ArrayList<>();
        int n = s.y().length;
        for (int k = 0; k < model.output().length(); k++) {
            String name = model.output().labels().get(k);
            EmulatorOutput raw = new EmulatorOutput(
                    name, model.outputUnit(), recipe.scale(), Math.max(recipe.floor(), 1e-300), 0, 1);
            double sum = 0;
            double square = 0;
            for (double[] row : s.y()) {
                sum += raw.transform(row[k]);
            }
            double mean = sum / n;
            for (double[] row : s.y()) {
                square += Math.pow(raw.transform(row[k]) - mean, 2);
            }
            outputs.add(new EmulatorOutput(
                    name, model.outputUnit(), recipe.scale(), raw.floor(), mean, Math.sqrt(square / n)));
        }
        if (recipe.shared()) {
            // One scale for all outputs, so that an error of the same size in s costs the same in each.
            double common = Math.sqrt(
                    outputs.stream().mapToDouble(o -> o.sd() * o.sd()).average().orElseThrow());
            outputs.replaceAll(o -> new EmulatorOutput(o.name(), o.unit(), o.scale(), o.floor(), o.mean(), common));
        }
        return outputs;
    }

    /** Inputs as the network sees them. */
    static double[][] inputs(List<EmulatorInput> inputs, double[][] x) {
        return Arrays.stream(x)
                .map(row -> {
                    double[] z = new double[row.length];
                    for (int i = 0; i < z.length; i++) {
                        z[i] = inputs.get(i).scaled(row[i]);
                    }
                    return z;
                })
                .toArray(double[][]::new);
    }

    /** Some outputs, from the column {@code first} on, as the network should give them. */
    static double[][] outputs(double[][] y, List<EmulatorOutput> outputs, int first) {
        return Arrays.stream(y)
                .map(row -> {
                    double[] z = new double[outputs.size()];
                    for (int k = 0; k < z.length; k++) {
                        z[k] = outputs.get(k).scaled(row[first + k]);
                    }
                    return z;
                })
                .toArray(double[][]::new);
    }

    /** The network with something added to its outputs. */
    static DenseNetwork raised(DenseNetwork net, double[] by) {
        List<DenseLayer> layers = new ArrayList<>(net.layers());
        DenseLayer last = layers.remove(layers.size() - 1);
        double[] bias = last.bias();
        for (int k = 0; k < by.length; k++) {
            bias[k] += by[k];
        }
        layers.add(new DenseLayer(last.weights(), bias, last.activation()));
        return new DenseNetwork(layers);
    }

    /** The network with weights in single precision. */
    static DenseNetwork rounded(DenseNetwork net) {
        return new DenseNetwork(net.layers().stream()
                .map(l -> new DenseLayer(
                        Arrays.stream(l.weights()).map(NetworkUnits::rounded).toArray(double[][]::new),
                        rounded(l.bias()),
                        l.activation()))
                .toList());
    }

    private static double[] rounded(double[] values) {
        return Arrays.stream(values).map(v -> (float) v).toArray();
    }
}
