package org.unblend.density;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.model.Parameter;
import org.unblend.model.RowStatus;

/**
 * The gradient of a graph's log likelihood over the unit cube: reverse accumulation through operations and priors. A prior
 * whose arguments are nodes passes on how its quantiles move with them, so hierarchical priors need nothing special.
 */
final class LikelihoodGradient implements CubeGradient {
    private final CompiledModel model;
    private final Program program;
    private final int[] order;

    /** Per node: its first coordinate of the cube. */
    private final int[] coordinate;

    LikelihoodGradient(CompiledModel model) {
        this.model = model;
        program = model.program();
        order = program.needed(
                IntStream.concat(Arrays.stream(model.parameterNodes()), Arrays.stream(model.observationNodes()))
                        .boxed()
                        .toList());
        coordinate = new int[program.nodes.size()];
        int next = 0;
        for (int node : model.parameterNodes()) {
            coordinate[node] = next;
            next += program.factors[node].cubeSize();
        }
    }

    @Override
    public void apply(double[] u, double[] theta, double[] out, int rows) {
        int d = model.cubeDimension();
        Frame frame = model.evaluate(theta, rows, order);
        double[][] bars = program.bars(order, frame);
        for (int i = order.length - 1; i >= 0; i--) {
            int node = order[i];
            if (!(program.nodes.get(node) instanceof Parameter p)) {
                program.pullBack(node, frame, bars);
                continue;
            }
            for (int r = 0; r < rows; r++) {
                program.factors[node].pullToCube(
                        u, r * d + coordinate[node], r * p.dims().size(), frame, r, node, out, bars);
            }
        }
        for (int r = 0; r < rows; r++) {
            if (frame.status[r] != RowStatus.OK) {
                Arrays.fill(out, r * d, (r + 1) * d, 0);
            }
        }
    }
}
