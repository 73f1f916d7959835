package org.unblend.model.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ForwardModel;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.Op;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;

/**
 * A forward model applied to nodes. The inputs may share axes (such as {@code component}): the model is then evaluated
 * once per entry of these, and the result has the model's output axis first, so that physics can stand in the place of
 * a factor W.
 *
 * @param model the forward model
 * @param inputs one node name for each of {@code model.inputs()}, in that order
 */
public record Forward(ForwardModel model, List<String> inputs) implements Op {

    public Forward {
        inputs = List.copyOf(inputs);
        if (inputs.size() != model.inputs().size()) {
            throw new InvalidModel(
                    "M025",
                    "",
                    model.description() + " has the ports "
                            + model.inputs().stream().map(Port::name).toList() + ", got " + inputs,
                    "connect each port to one node");
        }
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        Dims shared = dims.stream().reduce(Dims.SCALAR, Dims::union);
        if (shared.axis(model.output().name()).isPresent()) {
            throw new InvalidModel(
                    "M026",
                    "",
                    "an input already has the output axis '" + model.output().name() + "'",
                    "rename one of the two axes");
        }
        List<Axis> axes = new ArrayList<>(List.of(model.output()));
        axes.addAll(shared.axes());
        return new Bound(
                model,
                new Dims(axes),
                shared.size(),
                dims.stream().mapToInt(Dims::size).toArray(),
                dims.stream().map(shared::spread).toArray(int[][]::new));
    }

    @Override
    public String unit(List<String> units) {
        for (int i = 0; i < units.size(); i++) {
            Port port = model.inputs().get(i);
            if (!units.get(i).isEmpty() && !units.get(i).equals(port.unit())) {
                throw new InvalidModel(
                        "M027",
                        "",
                        "port '" + port.name() + "' takes " + port.unit() + ", but " + inputs.get(i) + " is in "
                                + units.get(i),
                        "give " + inputs.get(i) + " in " + port.unit());
            }
        }
        return model.outputUnit();
    }

    @Override
    public String description() {
        return model.description();
    }

    /** Points are gathered to rows of the model's own batch: row-major over (row, entry of the shared axes). */
    private record Bound(ForwardModel model, Dims dims, int copies, int[] sizes, int[][] maps) implements Kernel {
        @Override
        public void apply(double[][] in, double[] out, RowStatus[] status, int rows) {
            int points = rows * copies;
            int lines = model.output().length();
            double[] result = new double[points * lines];
            RowStatus[] each = new RowStatus[points];
            Arrays.fill(each, RowStatus.OK);
            model.evaluate(gather(in, rows), result, each, points);
            for (int p = 0; p < points; p++) {
                int row = p / copies;
                if (each[p] != RowStatus.OK) {
                    status[row] = each[p];
                }
                for (int l = 0; l < lines; l++) {
                    out[(row * lines + l) * copies + p % copies] = result[p * lines + l];
                }
            }
        }

        @Override
        public boolean[] nearEdge(double[][] in, int rows) {
            boolean[] near = new boolean[rows];
            double[] points = gather(in, rows);
            for (int p = 0; p < rows * copies; p++) {
                near[p / copies] |= model.nearEdge(points, p);
            }
            return near;
        }

        @Override
        public boolean differentiable() {
            return model.differentiable();
        }

        @Override
        public void vjp(double[][] in, double[] out, double[] outBar, double[][] inBar, int rows) {
            int points = rows * copies;
            int lines = model.output().length();
            double[] bar = new double[points * lines];
            for (int p = 0; p < points; p++) {
                for (int l = 0; l < lines; l++) {
                    bar[p * lines + l] = outBar[(p / copies * lines + l) * copies + p % copies];
                }
            }
            int ports = sizes.length;
            double[] back = new double[points * ports];
            model.vjp(gather(in, rows), bar, back, points);
            for (int p = 0; p < points; p++) {
                for (int i = 0; i < ports; i++) {
                    inBar[i][p / copies * sizes[i] + maps[i][p % copies]] += back[p * ports + i];
                }
            }
        }

        private double[] gather(double[][] in, int rows) {
            int ports = sizes.length;
            double[] points = new double[rows * copies * ports];
            for (int p = 0; p < rows * copies; p++) {
                for (int i = 0; i < ports; i++) {
                    points[p * ports + i] = in[i][p / copies * sizes[i] + maps[i][p % copies]];
                }
            }
            return points;
        }
    }
}
