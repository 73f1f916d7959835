package org.unblend.math;

/**
 * One fully connected layer, a = f(x^T W + b). Immutable: arrays are copied in, and handed out as copies.
 */
public final class DenseLayer {
    private final double[][] weights;
    private final double[] bias;
    private final Activation activation;

    /**
     * @param weights W {@code [inputs x outputs]}, finite
     * @param bias b {@code [outputs]}, finite
     * @param activation f
     * @throws IllegalArgumentException if shapes disagree or a number is not finite
     */
    public DenseLayer(double[][] weights, double[] bias, Activation activation) {
        if (weights.length == 0 || bias.length == 0) {
            throw new IllegalArgumentException("a layer needs at least one input and one output");
        }
        for (int i = 0; i < weights.length; i++) {
            if (weights[i].length != bias.length) {
                throw new IllegalArgumentException("row " + i + " of the weights has " + weights[i].length
                        + " entries, but there are " + bias.length + " biases; give one of each per output");
            }
            checkFinite(weights[i], "weight of input " + i);
        }
        checkFinite(bias, "bias");
        this.weights = Dense.copy(weights);
        this.bias = bias.clone();
        this.activation = activation;
    }

    private static void checkFinite(double[] values, String what) {
        for (int j = 0; j < values.length; j++) {
            if (!Double.isFinite(values[j])) {
                throw new IllegalArgumentException(what + " to output " + j + " is " + values[j]);
            }
        }
    }

    public int inputs() {
        return weights.length;
    }

    public int outputs() {
        return bias.length;
    }

    public Activation activation() {
        return activation;
    }

    /** A copy of W {@code [inputs x outputs]}. */
    public double[][] weights() {
        return Dense.copy(weights);
    }

    /** A copy of b. */
    public double[] bias() {
        return bias.clone();
    }
}
