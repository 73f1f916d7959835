package org.unblend.math;

import java.util.Arrays;

/**
 * Loss of a network over rows and its gradient with respect to the parameters, in blocks of rows that fit the cache. In a
 * block every array is {@code [width x rows]}; only the product that gives the gradient of weights needs the other layout.
 */
final class Backpropagation {
    /** Rows that go through the layers together. */
    private static final int BLOCK = 128;

    final int[] widths;
    final Activation[] activation;
    /** Layer by layer, the weights of each output, then the biases. Whoever changes them says so. */
    final double[][] parameters;
    /** In the same order, set by {@link #gradient}. */
    final double[][] gradient;

    /** Views of parameters and gradient, {@code [outputs x inputs]}. */
    private final double[][][] transposed;

    private final double[][][] slopeOfWeights;
    private final double[][] bias;
    private final double[][] slopeOfBias;
    /** {@code [inputs x outputs]}. */
    private final double[][][] weights;

    private final double[][][] value;
    private final double[][][] sums;
    private final double[][][] delta;
    private final double[][][] rowsOfValue;
    private final double[] slope = new double[BLOCK];

    /** The same parameters, live, with a gradient and scratch of its own, for another thread. */
    Backpropagation twin() {
        return new Backpropagation(this);
    }

    private Backpropagation(Backpropagation other) {
        widths = other.widths;
        activation = other.activation;
        parameters = other.parameters;
        transposed = other.transposed;
        bias = other.bias;
        weights = other.weights;
        int layers = other.layers();
        gradient = new double[parameters.length][];
        slopeOfWeights = new double[layers][][];
        slopeOfBias = new double[layers][];
        value = new double[layers + 1][][];
        sums = new double[layers][][];
        delta = new double[layers + 1][][];
        rowsOfValue = new double[layers][][];
        for (int k = 0; k < gradient.length; k++) {
            gradient[k] = new double[parameters[k].length];
        }
        for (int l = 0, k = 0; l < layers; k += widths[++l] + 1) {
            slopeOfWeights[l] = Arrays.copyOfRange(gradient, k, k + widths[l + 1]);
            slopeOfBias[l] = gradient[k + widths[l + 1]];
        }
        scratch();
    }

    Backpropagation(DenseNetwork start) {
        int layers = start.bias.length;
        widths = start.widths;
        activation = start.activation;
        transposed = new double[layers][][];
        slopeOfWeights = new double[layers][][];
        bias = new double[layers][];
        slopeOfBias = new double[layers][];
        weights = new double[layers][][];
        value = new double[layers + 1][][];
        sums = new double[layers][][];
        delta = new double[layers + 1][][];
        rowsOfValue = new double[layers][][];
        int total = 0;
        for (int l = 0; l < layers; l++) {
            total += widths[l + 1] + 1;
        }
        parameters = new double[total][];
        gradient = new double[total][];
        int k = 0;
        for (int l = 0; l < layers; l++) {
            int outputs = widths[l + 1];
            for (int j = 0; j < outputs; j++) {
                parameters[k + j] = start.transposed[l][j].clone();
                gradient[k + j] = new double[widths[l]];
            }
            parameters[k + outputs] = start.bias[l].clone();
            gradient[k + outputs] = new double[outputs];
            transposed[l] = Arrays.copyOfRange(parameters, k, k + outputs);
            slopeOfWeights[l] = Arrays.copyOfRange(gradient, k, k + outputs);
            bias[l] = parameters[k + outputs];
            slopeOfBias[l] = gradient[k + outputs];
            weights[l] = new double[widths[l]][outputs];
            k += outputs + 1;
        }
        scratch();
        parametersChanged();
    }

    private void scratch() {
        for (int l = 0; l <= layers(); l++) {
            value[l] = new double[widths[l]][BLOCK];
            delta[l] = new double[widths[l]][BLOCK];
        }
        for (int l = 0; l < layers(); l++) {
            rowsOfValue[l] = new double[BLOCK][widths[l]];
            sums[l] = new double[widths[l + 1]][BLOCK];
        }
    }

    int layers() {
        return bias.length;
    }

    /** Brings the second copy of the weights up to date. */
    void parametersChanged() {
        for (int l = 0; l < layers(); l++) {
            transpose(transposed[l], weights[l], weights[l].length);
        }
    }

    /** The columns [0, n) of {@code from} become the rows of {@code to}. */
    private static void transpose(double[][] from, double[][] to, int n) {
        for (int i = 0; i < n; i++) {
            double[] row = to[i];
            for (int j = 0; j < from.length; j++) {
                row[j] = from[j][i];
            }
        }
    }

    /** Sum of the loss over rows and outputs. */
    double loss(TrainingData data, int[] order, RegressionLoss loss) {
        double sum = 0;
        for (int from = 0; from < order.length; from += BLOCK) {
            int count = Math.min(BLOCK, order.length - from);
            forward(data, order, from, count);
            sum += residuals(data, order, from, count, loss, 0);
        }
        return sum;
    }

    /**
     * Sum of the loss over the rows {@code order[from]} to {@code order[to - 1]}; sets the gradient of its mean.
     */
    double gradient(TrainingData data, int[] order, int from, int to, RegressionLoss loss) {
        return gradient(data, order, from, to, to - from, loss);
    }

    /** Adds the gradient of a twin. */
    void add(Backpropagation twin) {
        for (int k = 0; k < gradient.length; k++) {
            Rows.add(gradient[k], 0, gradient[k].length, 1, twin.gradient[k]);
        }
    }

    /** As above, with the gradient of the sum divided by {@code rows}, of which these are some. */
    double gradient(TrainingData data, int[] order, int from, int to, int rows, RegressionLoss loss) {
        for (double[] row : gradient) {
            Arrays.fill(row, 0);
        }
        double sum = 0;
        double scale = 1.0 / ((double) rows * widths[layers()]);
        for (int at = from; at < to; at += BLOCK) {
            int count = Math.min(BLOCK, to - at);
            forward(data, order, at, count);
            sum += residuals(data, order, at, count, loss, scale);
            backward(count);
        }
        return sum;
    }

    private void forward(TrainingData data, int[] order, int from, int count) {
        for (int r = 0; r < count; r++) {
            double[] row = data.inputs()[order[from + r]];
            for (int i = 0; i < row.length; i++) {
                value[0][i][r] = row[i];
            }
        }
        for (int l = 0; l < layers(); l++) {
            for (int k = 0; k < sums[l].length; k++) {
                Arrays.fill(sums[l][k], 0, count, bias[l][k]);
            }
            Rows.multiply(transposed[l], value[l], sums[l], 0, count);
            for (int k = 0; k < sums[l].length; k++) {
                activation[l].apply(sums[l][k], value[l + 1][k], count);
            }
        }
    }

    private double residuals(TrainingData data, int[] order, int from, int count, RegressionLoss loss, double scale) {
        double sum = 0;
        double[][] last = value[layers()];
        double[][] bar = delta[layers()];
        for (int k = 0; k < last.length; k++) {
            for (int r = 0; r < count; r++) {
                double d = last[k][r] - data.targets()[order[from + r]][k];
                sum += loss.of(d);
                bar[k][r] = scale * loss.slope(d);
            }
        }
        return sum;
    }

    private void backward(int count) {
        for (int l = layers() - 1; l >= 0; l--) {
            double[][] bar = delta[l + 1];
            for (int k = 0; k < bar.length; k++) {
                activation[l].slope(sums[l][k], slope, count);
                double[] row = bar[k];
                for (int r = 0; r < count; r++) {
                    row[r] *= slope[r];
                }
                slopeOfBias[l][k] += Rows.sum(row, 0, count);
            }
            transpose(value[l], rowsOfValue[l], count);
            double[][] rows = count == BLOCK ? rowsOfValue[l] : Arrays.copyOf(rowsOfValue[l], count);
            Rows.multiply(bar, rows, slopeOfWeights[l], 0, widths[l]);
            if (l > 0) {
                for (double[] row : delta[l]) {
                    Arrays.fill(row, 0, count, 0);
                }
                Rows.multiply(weights[l], bar, delta[l], 0, count);
            }
        }
    }
}
