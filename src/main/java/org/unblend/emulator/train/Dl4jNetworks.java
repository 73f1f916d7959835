package org.unblend.emulator.train;

import java.io.File;
import java.io.IOException;
import java.util.function.DoubleSupplier;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.unblend.math.Activation;
import org.unblend.math.DenseLayer;
import org.unblend.math.DenseNetwork;
import org.unblend.math.TrainingSettings;

/** Networks of this program as those of deeplearning4j. */
public final class Dl4jNetworks {
    private Dl4jNetworks() {}

    /**
     * The same network there, ready to be trained.
     *
     * @throws IllegalArgumentException for Huber's loss, which deeplearning4j does not have
     */
    public static MultiLayerNetwork of(DenseNetwork net, TrainingSettings settings) {
        LossFunctions.LossFunction loss = switch (settings.loss().kind()) {
            case SQUARED -> LossFunctions.LossFunction.MSE;
            case ABSOLUTE -> LossFunctions.LossFunction.MEAN_ABSOLUTE_ERROR;
            case HUBER ->
                throw new IllegalArgumentException(
                        "deeplearning4j has no Huber loss; take the backend plain, or another loss");
        };
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .updater(new Adam(settings.rate(), 0.9, 0.999, 1e-8))
                .list();
        int last = net.layers().size() - 1;
        for (int l = 0; l <= last; l++) {
            DenseLayer layer = net.layers().get(l);
            list.layer(
                    l == last
                            ? new OutputLayer.Builder(loss)
                                    .nIn(layer.inputs())
                                    .nOut(layer.outputs())
                                    .activation(activation(layer.activation()))
                                    .build()
                            : new org.deeplearning4j.nn.conf.layers.DenseLayer.Builder()
                                    .nIn(layer.inputs())
                                    .nOut(layer.outputs())
                                    .activation(activation(layer.activation()))
                                    .build());
        }
        MultiLayerConfiguration configuration = list.build();
        MultiLayerNetwork made = new MultiLayerNetwork(configuration);
        made.init();
        for (int l = 0; l <= last; l++) {
            DenseLayer layer = net.layers().get(l);
            made.setParam(
                    l + "_W",
                    Nd4j.createFromArray(layer.weights()).castTo(made.params().dataType()));
            made.setParam(
                    l + "_b",
                    Nd4j.createFromArray(new double[][] {layer.bias()})
                            .castTo(made.params().dataType()));
        }
        return made;
    }

    private static org.nd4j.linalg.activations.Activation activation(Activation a) {
        return switch (a) {
            case LINEAR -> org.nd4j.linalg.activations.Activation.IDENTITY;
            case RELU -> org.nd4j.linalg.activations.Activation.RELU;
            case TANH -> org.nd4j.linalg.activations.Activation.TANH;
            case SILU -> org.nd4j.linalg.activations.Activation.SWISH;
            case SOFTPLUS -> org.nd4j.linalg.activations.Activation.SOFTPLUS;
        };
    }

    /**
     * A batch of rows that the same network evaluates there, in single precision, at each call, which returns the last of the
     * outputs; {@code in} is {@code [rows x inputs]} and read once.
     */
    public static DoubleSupplier batch(DenseNetwork net, float[] in, int rows) {
        MultiLayerNetwork made = of(net, TrainingSettings.STANDARD);
        INDArray x = Nd4j.createFromArray(in).reshape(rows, net.inputs());
        long last = (long) rows * net.outputs() - 1;
        return () -> made.output(x, false).getDouble(last);
    }

    /** Writes a network as a zip of deeplearning4j: scaled inputs in, scaled outputs out. */
    public static void write(DenseNetwork net, File file) throws IOException {
        ModelSerializer.writeModel(of(net, TrainingSettings.STANDARD), file, false);
    }
}
