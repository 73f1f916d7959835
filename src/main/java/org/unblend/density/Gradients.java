package org.unblend.density;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.model.Parameter;
import org.unblend.model.RowStatus;

/**
 * Log posterior density (log prior plus log likelihood) with derivatives by reverse accumulation through the graph, on
 * the natural scale and on an unconstrained one. Thread-safe.
 *
 * <p>On the unconstrained scale the density includes the Jacobian, {@code ln p(θ(z)) + ln |dθ/dz|}, so that it is a
 * density of z; on the natural scale it does not.
 */
public final class Gradients {
    private final CompiledModel model;
    private final Program program;
    private final int[] order;
    private final int[] priorOrder;
    private final int freeDimension;

    Gradients(CompiledModel model) {
        if (!model.differentiable()) {
            throw new IllegalStateException("the model has an operation without derivatives");
        }
        this.model = model;
        program = model.program();
        order = program.needed(
                IntStream.concat(Arrays.stream(model.parameterNodes()), Arrays.stream(model.observationNodes()))
                        .boxed()
                        .toList());
        priorOrder =
                program.needed(Arrays.stream(model.parameterNodes()).boxed().toList());
        freeDimension = Arrays.stream(model.parameterNodes())
                .map(i -> program.factors[i].freeSize())
                .sum();
    }

    /** Number of unconstrained coordinates. */
    public int freeDimension() {
        return freeDimension;
    }

    /**
     * Log posterior density and its gradient on the natural scale.
     *
     * @param theta {@code [rows x dimension]}, not modified
     * @param out {@code [rows]}, modified; -infinity where the prior is zero or a forward model failed
     * @param gradient {@code [rows x dimension]}, modified; zero where {@code out} is -infinity
     */
    public void natural(double[] theta, double[] out, double[] gradient, int rows) {
        Frame frame = model.evaluate(theta, rows, order);
        double[] likelihood = new double[rows];
        model.sum(model.parameterNodes(), frame, out);
        model.sum(model.observationNodes(), frame, likelihood);
        double[][] bars = backward(frame);
        int dim = model.dimension();
        for (int r = 0; r < rows; r++) {
            out[r] += likelihood[r];
            boolean valid = frame.status[r] == RowStatus.OK && out[r] > Double.NEGATIVE_INFINITY;
            out[r] = valid ? out[r] : Double.NEGATIVE_INFINITY;
            for (int i = 0; i < model.parameterNodes().length; i++) {
                Layout.Slot slot = model.layout().slots().get(i);
                double[] bar = bars[model.parameterNodes()[i]];
                for (int e = 0; e < slot.size(); e++) {
                    gradient[r * dim + slot.offset() + e] = valid ? bar[r * slot.size() + e] : 0;
                }
            }
        }
    }

    /** Why there are no gradients on the unconstrained scale; empty if there are. */
    public Optional<String> obstacle() {
        return Arrays.stream(model.parameterNodes())
                .filter(node -> !program.factors[node].fixedSupport())
                .mapToObj(node -> "the bounds of " + program.nodes.get(node).name()
                        + " depend on other nodes; gradients on the unconstrained scale need fixed bounds")
                .findFirst();
    }

    /**
     * Log density of the unconstrained coordinates and its gradient.
     *
     * @param z {@code [rows x freeDimension]}, not modified
     * @param out {@code [rows]}, modified
     * @param gradient {@code [rows x freeDimension]}, modified
     * @throws IllegalStateException if the support of a prior depends on other nodes
     */
    public void free(double[] z, double[] out, double[] gradient, int rows) {
        obstacle().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        int dim = model.dimension();
        double[] theta = new double[rows * dim];
        double[] logJacobian = new double[rows];
        constrain(z, theta, logJacobian, rows);
        double[] natural = new double[rows * dim];
        natural(theta, out, natural, rows);
        for (int r = 0; r < rows; r++) {
            out[r] += logJacobian[r];
            int at = r * freeDimension;
            for (int i = 0; i < model.parameterNodes().length; i++) {
                Factor factor = program.factors[model.parameterNodes()[i]];
                int offset = r * dim + model.layout().slots().get(i).offset();
                factor.pullBack(z, at, natural, offset, gradient);
                at += factor.freeSize();
            }
        }
    }

    /**
     * Parameters from unconstrained coordinates.
     *
     * @param z {@code [rows x freeDimension]}, not modified
     * @param theta {@code [rows x dimension]}, modified
     * @param logJacobian {@code [rows]}, modified: ln |dθ/dz|
     */
    public void constrain(double[] z, double[] theta, double[] logJacobian, int rows) {
        Arrays.fill(logJacobian, 0, rows, 0);
        Frame frame = new Frame(program.nodes.size(), rows);
        int slotIndex = 0;
        int coordinate = 0;
        for (int node : priorOrder) {
            program.evaluate(node, frame);
            Factor factor = program.factors[node];
            if (factor == null) {
                continue;
            }
            Layout.Slot slot = model.layout().slots().get(slotIndex++);
            double[] x = new double[rows * slot.size()];
            frame.values[node] = x;
            for (int r = 0; r < rows; r++) {
                logJacobian[r] += factor.constrain(z, r * freeDimension + coordinate, x, r * slot.size(), frame, r);
                System.arraycopy(x, r * slot.size(), theta, r * model.dimension() + slot.offset(), slot.size());
            }
            coordinate += factor.freeSize();
        }
    }

    /** The inverse of {@link #constrain}: θ must lie inside the support. */
    public void unconstrain(double[] theta, double[] z, int rows) {
        Frame frame = model.evaluate(theta, rows, priorOrder);
        for (int r = 0; r < rows; r++) {
            int at = r * freeDimension;
            for (int i = 0; i < model.parameterNodes().length; i++) {
                Factor factor = program.factors[model.parameterNodes()[i]];
                int offset =
                        r * model.dimension() + model.layout().slots().get(i).offset();
                factor.unconstrain(theta, offset, z, at, frame, r);
                at += factor.freeSize();
            }
        }
    }

    /** Derivatives of the summed log densities with respect to every node that is not fixed. */
    private double[][] backward(Frame frame) {
        double[][] bars = program.bars(order, frame);
        for (int i = order.length - 1; i >= 0; i--) {
            int node = order[i];
            if (program.nodes.get(node) instanceof Parameter p) {
                int size = p.dims().size();
                for (int r = 0; r < frame.rows; r++) {
                    program.factors[node].gradient(frame.values[node], r * size, frame, r, bars[node], bars);
                }
            } else {
                program.pullBack(node, frame, bars);
            }
        }
        return bars;
    }
}
