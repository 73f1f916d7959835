package org.unblend.emulator.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.unblend.emulator.EmulatorInput;
import org.unblend.math.Parallel;
import org.unblend.model.ForwardModel;
import org.unblend.model.RowStatus;

/**
 * Points and what the forward model says there, in natural units. Rows where it failed are left out and counted.
 *
 * @param x {@code [rows x inputs]}
 * @param y {@code [rows x outputs]}
 * @param failed number of points left out
 */
public record Samples(double[][] x, double[][] y, int failed) {
    /** Points that are asked for, and saved, together. */
    private static final int CHUNK = 512;
    /** Points per call of the model within a chunk. */
    private static final int PIECE = 32;

    /**
     * Asks the model at points of the unit cube.
     *
     * @param set name under which the store keeps them
     * @param done told the number of points so far
     */
    static Samples of(
            String set,
            List<EmulatorInput> inputs,
            double[][] u,
            ForwardModel model,
            Parallel parallel,
            TrainingStore store,
            IntConsumer done) {
        int outputs = model.output().length();
        List<double[]> x = new ArrayList<>();
        List<double[]> y = new ArrayList<>();
        for (int chunk = 0; chunk * CHUNK < u.length; chunk++) {
            int from = chunk * CHUNK;
            int count = Math.min(CHUNK, u.length - from);
            double[] in = new double[count * inputs.size()];
            for (int r = 0; r < count; r++) {
                for (int i = 0; i < inputs.size(); i++) {
                    in[r * inputs.size() + i] = inputs.get(i).at(u[from + r][i]);
                }
            }
            Optional<double[]> saved = store.samples(set, chunk).filter(s -> s.length == count * outputs);
            double[] out = saved.orElseGet(() -> ask(model, in, count, parallel));
            if (saved.isEmpty()) {
                store.saveSamples(set, chunk, out);
            }
            for (int r = 0; r < count; r++) {
                double[] row = Arrays.copyOfRange(out, r * outputs, (r + 1) * outputs);
                if (Arrays.stream(row).allMatch(Double::isFinite)) {
                    x.add(Arrays.copyOfRange(in, r * inputs.size(), (r + 1) * inputs.size()));
                    y.add(row);
                }
            }
            done.accept(from + count);
        }
        return new Samples(x.toArray(double[][]::new), y.toArray(double[][]::new), u.length - x.size());
    }

    private static double[] ask(ForwardModel model, double[] in, int rows, Parallel parallel) {
        int inputs = model.inputs().size();
        int outputs = model.output().length();
        double[] out = new double[rows * outputs];
        parallel.forRanges(rows, PIECE, (from, to) -> {
            double[] partIn = Arrays.copyOfRange(in, from * inputs, to * inputs);
            double[] partOut = new double[(to - from) * outputs];
            model.evaluate(partIn, partOut, new RowStatus[to - from], to - from);
            System.arraycopy(partOut, 0, out, from * outputs, partOut.length);
        });
        return out;
    }

    /** The rows [from, to). */
    Samples part(int from, int to) {
        return new Samples(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to), 0);
    }
}
