package org.unblend.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A feed-forward network of fully connected layers. Immutable and thread-safe; the caller brings a {@link Scratch} per
 * thread, and nothing is allocated while rows are evaluated.
 *
 * <p>Sums run over the inputs of a layer in one fixed order, four at a time, as axpys over its outputs; up to {@value
 * #BLOCK} rows share the weights that were fetched. Behind a rectifier, zeros are left out instead. A row has the same bits in any batch.
 */
public final class DenseNetwork {
    /** Rows that go through the layers together. */
    private static final int BLOCK = 32;

    private final List<DenseLayer> layers;
    /** Per layer, {@code [inputs x outputs]}. */
    final double[][][] weights;
    /** Per layer, {@code [outputs x inputs]}. */
    final double[][][] transposed;

    final double[][] bias;
    final Activation[] activation;
    /** Number of values before each layer, and after the last. */
    final int[] widths;

    /**
     * @param layers at least one, each with as many inputs as the one before has outputs
     * @throws IllegalArgumentException if they do not fit together
     */
    public DenseNetwork(List<DenseLayer> layers) {
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a network needs at least one layer");
        }
        this.layers = List.copyOf(layers);
        int n = layers.size();
        weights = new double[n][][];
        transposed = new double[n][][];
        bias = new double[n][];
        activation = new Activation[n];
        widths = new int[n + 1];
        for (int l = 0; l < n; l++) {
            DenseLayer layer = layers.get(l);
            if (l > 0 && layer.inputs() != layers.get(l - 1).outputs()) {
                throw new IllegalArgumentException("layer " + (l + 1) + " takes " + layer.inputs() + " values, layer "
                        + l + " gives " + layers.get(l - 1).outputs());
            }
            weights[l] = layer.weights();
            transposed[l] = Dense.of(weights[l]).transpose().array();
            bias[l] = layer.bias();
            activation[l] = layer.activation();
            widths[l] = layer.inputs();
            widths[l + 1] = layer.outputs();
        }
    }

    /**
     * A network with random weights, normal of variance 2 / inputs of the layer (He et al. 2015, ICCV, 1026) for hidden
     * layers and 1 / inputs for the last, which is linear; biases are 0.
     *
     * @param widths number of inputs, of each hidden layer, of outputs
     * @param hidden activation of the hidden layers
     * @param stream where random numbers come from
     */
    public static DenseNetwork random(int[] widths, Activation hidden, RandomStream stream) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int l = 0; l + 1 < widths.length; l++) {
            boolean last = l + 2 == widths.length;
            double sd = Math.sqrt((last ? 1.0 : 2.0) / widths[l]);
            RandomSource random = stream.split("layer").split(l).generator();
            double[][] w = new double[widths[l]][widths[l + 1]];
            for (double[] row : w) {
                for (int j = 0; j < row.length; j++) {
                    row[j] = sd * random.nextGaussian();
                }
            }
            layers.add(new DenseLayer(w, new double[widths[l + 1]], last ? Activation.LINEAR : hidden));
        }
        return new DenseNetwork(layers);
    }

    public List<DenseLayer> layers() {
        return layers;
    }

    public int inputs() {
        return widths[0];
    }

    public int outputs() {
        return widths[widths.length - 1];
    }

    /** Number of weights and biases. */
    public int parameters() {
        int n = 0;
        for (int l = 0; l < bias.length; l++) {
            n += (widths[l] + 1) * widths[l + 1];
        }
        return n;
    }

    /** The widths and activations, such as {@code 3-96 silu-96 silu-10 linear}. */
    @Override
    public String toString() {
        return inputs() + "-"
                + layers.stream().map(l -> l.outputs() + " " + l.activation()).collect(Collectors.joining("-"));
    }

    /** The same network for some of its outputs, in this order; they keep their bits. */
    public DenseNetwork select(List<Integer> outputs) {
        DenseLayer last = layers.get(layers.size() - 1);
        double[][] w = new double[last.inputs()][outputs.size()];
        double[] b = new double[outputs.size()];
        for (int j = 0; j < b.length; j++) {
            b[j] = last.bias()[outputs.get(j)];
            for (int i = 0; i < w.length; i++) {
                w[i][j] = weights[layers.size() - 1][i][outputs.get(j)];
            }
        }
        List<DenseLayer> fewer = new ArrayList<>(layers.subList(0, layers.size() - 1));
        fewer.add(new DenseLayer(w, b, last.activation()));
        return new DenseNetwork(fewer);
    }

    /** A workspace; one per thread, for this network alone. */
    public Scratch newScratch() {
        return new Scratch(this);
    }

    /** The workspace of one thread. */
    public static final class Scratch {
        /** Per layer, {@code [rows x values before it]}; as many rows as the largest batch so far had, up to a block. */
        private double[][][] values = new double[0][][];

        /** Per layer, {@code [rows x values after it]}, before the activation. */
        private double[][][] sums;

        private final double[][] slopes;
        private final double[][] bars;
        private final int[] widths;
        private SkippedZeros skipped;

        private Scratch(DenseNetwork net) {
            widths = net.widths;
            bars = Arrays.stream(widths).mapToObj(double[]::new).toArray(double[][]::new);
            slopes = Arrays.stream(widths).skip(1).mapToObj(double[]::new).toArray(double[][]::new);
            need(1);
        }

        private void need(int rows) {
            if (values.length == 0 || values[0].length < rows) {
                values =
                        Arrays.stream(widths).mapToObj(n -> new double[rows][n]).toArray(double[][][]::new);
                sums = Arrays.stream(widths)
                        .skip(1)
                        .mapToObj(n -> new double[rows][n])
                        .toArray(double[][][]::new);
                skipped = new SkippedZeros(rows, Arrays.stream(widths).max().orElseThrow());
            }
        }
    }

    /**
     * Evaluates rows.
     *
     * @param in {@code [rows x inputs]}, row-major, not modified
     * @param out {@code [rows x outputs]}, row-major, modified
     * @param rows number of rows, at least 0
     * @param scratch from {@link #newScratch}, modified
     */
    public void apply(double[] in, double[] out, int rows, Scratch scratch) {
        scratch.need(Math.min(rows, BLOCK));
        double[][] last = scratch.values[bias.length];
        for (int from = 0; from < rows; from += BLOCK) {
            int count = Math.min(BLOCK, rows - from);
            forward(in, from, count, scratch);
            for (int r = 0; r < count; r++) {
                System.arraycopy(last[r], 0, out, (from + r) * outputs(), outputs());
            }
        }
    }

    /** Fills values and sums of a block. */
    private void forward(double[] in, int from, int count, Scratch s) {
        for (int r = 0; r < count; r++) {
            System.arraycopy(in, (from + r) * widths[0], s.values[0][r], 0, widths[0]);
        }
        for (int l = 0; l < bias.length; l++) {
            int n = widths[l + 1];
            for (int r = 0; r < count; r++) {
                System.arraycopy(bias[l], 0, s.sums[l][r], 0, n);
            }
            if (l > 0 && activation[l - 1] == Activation.RELU) {
                s.skipped.combine(s.sums[l], count, n, s.values[l], weights[l]);
            } else {
                Rows.combine(s.sums[l], count, n, s.values[l], weights[l]);
            }
            for (int r = 0; r < count; r++) {
                activation[l].apply(s.sums[l][r], s.values[l + 1][r], n);
            }
        }
    }

    /**
     * Vector-Jacobian product: adds {@code outBar^T d out / d in} to {@code inBar}, row by row.
     *
     * @param in {@code [rows x inputs]}, row-major, not modified
     * @param outBar {@code [rows x outputs]}, not modified
     * @param inBar {@code [rows x inputs]}, added to
     * @param rows number of rows
     * @param scratch from {@link #newScratch}, modified
     */
    public void vjp(double[] in, double[] outBar, double[] inBar, int rows, Scratch scratch) {
        Scratch s = scratch;
        int last = bias.length;
        for (int r = 0; r < rows; r++) {
            forward(in, r, 1, s);
            System.arraycopy(outBar, r * outputs(), s.bars[last], 0, outputs());
            for (int l = last - 1; l >= 0; l--) {
                int n = widths[l + 1];
                activation[l].slope(s.sums[l][0], s.slopes[l], n);
                for (int j = 0; j < n; j++) {
                    s.slopes[l][j] *= s.bars[l + 1][j];
                }
                Arrays.fill(s.bars[l], 0);
                Rows.combine(s.bars[l], 0, widths[l], s.slopes[l], transposed[l]);
            }
            for (int i = 0; i < widths[0]; i++) {
                inBar[r * widths[0] + i] += s.bars[0][i];
            }
        }
    }
}
