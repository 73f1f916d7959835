package org.unblend.emulator.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.unblend.math.DenseLayer;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomSource;
import org.unblend.math.TrainingData;
import org.unblend.math.TrainingRun;
import org.unblend.math.TrainingSettings;
import org.unblend.math.TrainingState;

/**
 * Training by deeplearning4j, in single precision: Adam on random batches, the learning rate set once per epoch. It starts
 * from the same weights and shuffles by the same streams as {@link PlainLearner}, but its rounding depends on the native
 * library, and so do the last digits of the result. It is alone in needing the class path of training.
 */
public final class Dl4jLearner implements Learner {
    private static final int EVERY = 5;

    @Override
    public String name() {
        return "dl4j";
    }

    @Override
    public DenseNetwork learn(Task task, TrainingStore store, Consumer<TrainingRun.Report> watcher) {
        TrainingSettings s = task.settings();
        MultiLayerNetwork net = Dl4jNetworks.of(task.start(), s);
        INDArray x = Nd4j.createFromArray(floats(task.train().inputs()));
        INDArray y = Nd4j.createFromArray(floats(task.train().targets()));
        INDArray xHeld = Nd4j.createFromArray(floats(task.held().inputs()));
        Progress p = new Progress(net.params().dup());
        store.state(task.part()).ifPresent(state -> p.restore(net, state));
        while (p.epoch < s.epochs() && p.epoch - p.bestEpoch < s.patience()) {
            net.setLearningRate(s.rateAt(p.epoch));
            double loss = epoch(net, x, y, task, p.epoch);
            p.epoch++;
            double held = loss(net.output(xHeld, false), task.held(), s);
            if (!Double.isFinite(loss) || !Double.isFinite(held)) {
                throw new ArithmeticException("training diverged in epoch " + p.epoch + "; lower the learning rate");
            }
            if (held < p.bestLoss) {
                p.bestLoss = held;
                p.bestEpoch = p.epoch;
                p.best = net.params().dup();
            }
            watcher.accept(new TrainingRun.Report(p.epoch, loss, held, s.rateAt(p.epoch)));
            if (p.epoch % EVERY == 0 || p.epoch == s.epochs()) {
                store.saveState(task.part(), p.state(net));
            }
        }
        net.setParams(p.best);
        return network(net, task.start());
    }

    /** Mean over batches of the loss as deeplearning4j scores it. */
    private static double epoch(MultiLayerNetwork net, INDArray x, INDArray y, Task task, int epoch) {
        int n = task.train().rows();
        int[] order = new int[n];
        RandomSource random = task.stream().split("epoch").split(epoch).generator();
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        double sum = 0;
        for (int from = 0; from < n; from += task.settings().batch()) {
            int[] rows = Arrays.copyOfRange(
                    order, from, Math.min(n, from + task.settings().batch()));
            net.fit(x.getRows(rows), y.getRows(rows));
            sum += net.score() * rows.length;
        }
        return sum / n;
    }

    private static double loss(INDArray given, TrainingData data, TrainingSettings s) {
        float[][] rows = given.toFloatMatrix();
        double sum = 0;
        for (int r = 0; r < rows.length; r++) {
            for (int k = 0; k < rows[r].length; k++) {
                sum += s.loss().of(rows[r][k] - data.targets()[r][k]);
            }
        }
        return sum / ((double) rows.length * rows[0].length);
    }

    private static float[][] floats(double[][] rows) {
        float[][] f = new float[rows.length][rows[0].length];
        for (int r = 0; r < rows.length; r++) {
            for (int j = 0; j < f[r].length; j++) {
                f[r][j] = (float) rows[r][j];
            }
        }
        return f;
    }

    /** What was learnt, in the shape of {@code like}. */
    private static DenseNetwork network(MultiLayerNetwork net, DenseNetwork like) {
        List<DenseLayer> layers = new ArrayList<>();
        for (int l = 0; l < like.layers().size(); l++) {
            layers.add(new DenseLayer(
                    net.getParam(l + "_W").toDoubleMatrix(),
                    net.getParam(l + "_b").toDoubleVector(),
                    like.layers().get(l).activation()));
        }
        return new DenseNetwork(layers);
    }

    /** Where a training stands. */
    private static final class Progress {
        private int epoch;
        private int bestEpoch;
        private double bestLoss = Double.POSITIVE_INFINITY;
        private INDArray best;

        Progress(INDArray best) {
            this.best = best;
        }

        TrainingState state(MultiLayerNetwork net) {
            double[] moments = net.getUpdater().getStateViewArray().toDoubleVector();
            int n = moments.length / 2;
            return new TrainingState(
                    epoch,
                    net.getIterationCount(),
                    vector(net.params()),
                    Arrays.copyOf(moments, n),
                    Arrays.copyOfRange(moments, n, 2 * n),
                    vector(best),
                    bestLoss,
                    bestEpoch);
        }

        void restore(MultiLayerNetwork net, TrainingState state) {
            net.setParams(row(state.parameters()));
            double[] moments = Arrays.copyOf(state.mean(), 2 * state.mean().length);
            System.arraycopy(state.square(), 0, moments, state.mean().length, state.square().length);
            net.getUpdater().setStateViewArray(net, row(moments), false);
            net.setIterationCount((int) state.step());
            epoch = state.epoch();
            bestEpoch = state.bestEpoch();
            bestLoss = state.bestLoss();
            best = row(state.best());
        }

        private static double[] vector(INDArray a) {
            return a.toDoubleVector();
        }

        private static INDArray row(double[] values) {
            return Nd4j.createFromArray(floats(new double[][] {values}));
        }
    }
}
