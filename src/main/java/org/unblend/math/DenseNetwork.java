package org.unblend.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A feed-forward network of fully connected layers. Immutable and thread-safe; the caller brings a {@link Scratch} per
 * thread, and nothing is allocated while rows are evaluated.
 *
 * <p>Sums run over the inputs of a layer in one fixed order, four at a time, whether a row comes alone (a layer's weights
 * as axpys over its outputs) or in a batch (as axpys over the rows of a block of {@value #BLOCK}). A row therefore has the
 * same bits in any batch.
 */
public final class DenseNetwork {
    /** Rows that go through the layers together. */
    static final int BLOCK = 128;
    /** Below this many rows, one after the other is faster than a block. */
    private static final int FEW = 40;
    /** Blocks are filled up to a multiple of this, since what a loop does not do in whole vectors takes long. */
    private static final int STRIDE = 16;

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
        /** Per layer and its input, values of one row. */
        private final double[][] row;

        private final double[][] sums;
        private final double[][] slopes;
        private final double[][] bars;
        /** Per layer, {@code [width x BLOCK]}; made when the first batch comes. */
        private double[][][] block;

        private double[][][] blockSums;
        private final int[] widths;

        private Scratch(DenseNetwork net) {
            int n = net.bias.length;
            widths = net.widths;
            row = new double[n + 1][];
            bars = new double[n + 1][];
            sums = new double[n][];
            slopes = new double[n][];
            for (int l = 0; l <= n; l++) {
                row[l] = new double[widths[l]];
                bars[l] = new double[widths[l]];
            }
            for (int l = 0; l < n; l++) {
                sums[l] = new double[widths[l + 1]];
                slopes[l] = new double[widths[l + 1]];
            }
        }

        private void needBlock() {
            if (block == null) {
                block = new double[widths.length][][];
                blockSums = new double[widths.length - 1][][];
                for (int l = 0; l < widths.length; l++) {
                    block[l] = new double[widths[l]][BLOCK];
                    if (l > 0) {
                        blockSums[l - 1] = new double[widths[l]][BLOCK];
                    }
                }
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
        if (rows >= FEW) {
            scratch.needBlock();
            for (int from = 0; from < rows; from += BLOCK) {
                applyBlock(in, out, from, Math.min(BLOCK, rows - from), scratch);
            }
            return;
        }
        for (int r = 0; r < rows; r++) {
            forward(in, r, scratch);
            System.arraycopy(scratch.row[bias.length], 0, out, r * outputs(), outputs());
        }
    }

    private void forward(double[] in, int r, Scratch s) {
        System.arraycopy(in, r * widths[0], s.row[0], 0, widths[0]);
        for (int l = 0; l < bias.length; l++) {
            int n = widths[l + 1];
            System.arraycopy(bias[l], 0, s.sums[l], 0, n);
            Rows.combine(s.sums[l], 0, n, s.row[l], weights[l]);
            activation[l].apply(s.sums[l], s.row[l + 1], n);
        }
    }

    private void applyBlock(double[] in, double[] out, int from, int count, Scratch s) {
        for (int i = 0; i < widths[0]; i++) {
            double[] to = s.block[0][i];
            for (int r = 0; r < count; r++) {
                to[r] = in[(from + r) * widths[0] + i];
            }
        }
        int filled = Math.min(BLOCK, (count + STRIDE - 1) / STRIDE * STRIDE);
        for (int l = 0; l < bias.length; l++) {
            layer(l, s.block[l], s.blockSums[l], s.block[l + 1], filled);
        }
        double[][] last = s.block[bias.length];
        for (int k = 0; k < outputs(); k++) {
            for (int r = 0; r < count; r++) {
                out[(from + r) * outputs() + k] = last[k][r];
            }
        }
    }

    private void layer(int l, double[][] x, double[][] z, double[][] a, int count) {
        for (int k = 0; k < z.length; k++) {
            Arrays.fill(z[k], 0, count, bias[l][k]);
        }
        Rows.multiply(transposed[l], x, z, 0, count);
        for (int k = 0; k < z.length; k++) {
            activation[l].apply(z[k], a[k], count);
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
            forward(in, r, s);
            System.arraycopy(outBar, r * outputs(), s.bars[last], 0, outputs());
            for (int l = last - 1; l >= 0; l--) {
                int n = widths[l + 1];
                activation[l].slope(s.sums[l], s.slopes[l], n);
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
