package org.unblend.math;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Training of a network by Adam (Kingma and Ba 2015, ICLR; beta 0.9 and 0.999, epsilon 1e-8) on random batches. The order of
 * rows in an epoch depends on the stream and the number of the epoch alone: a training that is stopped and resumed ends with
 * the same bits. Not thread-safe; unless told otherwise it runs in the calling thread.
 */
public final class TrainingRun {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final TrainingData train;
    private final TrainingData validation;
    private final TrainingSettings settings;
    private final RandomStream stream;
    private final Backpropagation net;
    /** For the second half of each batch; null if batches are not shared. */
    private final Backpropagation twin;

    private final Parallel parallel;
    /** Rows of parameters, as {@link Backpropagation#parameters}. */
    private final double[][] mean;

    private final double[][] square;
    private double[] best;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;
    private int epoch;
    private long step;

    /**
     * What an epoch brought.
     *
     * @param epoch its number, from 1
     * @param trainLoss mean loss over its steps
     * @param validationLoss mean loss of the validation rows after it
     * @param rate learning rate at its end
     */
    public record Report(int epoch, double trainLoss, double validationLoss, double rate) {}

    /**
     * @param start the network to begin with; inputs and outputs as the data have them
     * @param train rows to learn from
     * @param validation rows that choose the best epoch
     * @param stream where the order of rows comes from
     * @throws IllegalArgumentException if shapes do not fit
     */
    public TrainingRun(
            DenseNetwork start,
            TrainingData train,
            TrainingData validation,
            TrainingSettings settings,
            RandomStream stream) {
        this(start, train, validation, settings, stream, null);
    }

    /**
     * A training that cuts each batch into halves, whatever the number of threads: short batches of a small network keep two
     * threads busy. Its results differ from those of the other one by rounding.
     *
     * @param parallel where halves run; null not to cut
     */
    public TrainingRun(
            DenseNetwork start,
            TrainingData train,
            TrainingData validation,
            TrainingSettings settings,
            RandomStream stream,
            Parallel parallel) {
        for (TrainingData d : List.of(train, validation)) {
            if (d.inputs()[0].length != start.inputs() || d.targets()[0].length != start.outputs()) {
                throw new IllegalArgumentException("the network " + start + " does not fit data of "
                        + d.inputs()[0].length + " inputs and " + d.targets()[0].length + " outputs");
            }
        }
        this.train = train;
        this.validation = validation;
        this.settings = settings;
        this.stream = stream;
        this.parallel = parallel;
        net = new Backpropagation(start);
        twin = parallel == null ? null : net.twin();
        mean = zeros(net.parameters);
        square = zeros(net.parameters);
        best = flat(net.parameters);
    }

    private static double[][] zeros(double[][] shape) {
        return Arrays.stream(shape).map(r -> new double[r.length]).toArray(double[][]::new);
    }

    /** Goes back to a state that a run with the same arguments has left. */
    public void restore(TrainingState state) {
        if (state.parameters().length != best.length) {
            throw new IllegalArgumentException("the state has " + state.parameters().length
                    + " parameters, the network " + best.length + "; it belongs to another training");
        }
        unflatten(state.parameters(), net.parameters);
        unflatten(state.mean(), mean);
        unflatten(state.square(), square);
        net.parametersChanged();
        best = state.best().clone();
        bestLoss = state.bestLoss();
        bestEpoch = state.bestEpoch();
        epoch = state.epoch();
        step = state.step();
    }

    /** A copy of where the training stands. */
    public TrainingState state() {
        return new TrainingState(
                epoch, step, flat(net.parameters), flat(mean), flat(square), best.clone(), bestLoss, bestEpoch);
    }

    /** True when all epochs are done or the patience is exhausted. */
    public boolean finished() {
        return epoch >= settings.epochs() || epoch - bestEpoch >= settings.patience();
    }

    /**
     * One pass over the data.
     *
     * @throws ArithmeticException if the loss is no longer finite; a lower rate helps
     */
    public Report epoch() {
        int n = train.rows();
        int[] order = order(n);
        int steps = (n + settings.batch() - 1) / settings.batch();
        double sum = 0;
        for (int b = 0; b < steps; b++) {
            int from = b * settings.batch();
            int to = Math.min(n, from + settings.batch());
            sum += twin == null ? net.gradient(train, order, from, to, settings.loss()) : halves(order, from, to);
            adam(settings.rateAt(epoch + (double) b / steps));
        }
        epoch++;
        double loss = sum / ((double) n * train.targets()[0].length);
        double held = loss(validation);
        if (!Double.isFinite(loss) || !Double.isFinite(held)) {
            throw new ArithmeticException(
                    "training diverged in epoch " + epoch + ": the loss is " + loss + "; lower the learning rate");
        }
        if (held < bestLoss) {
            bestLoss = held;
            bestEpoch = epoch;
            best = flat(net.parameters);
        }
        return new Report(epoch, loss, held, settings.rateAt(epoch));
    }

    private double halves(int[] order, int from, int to) {
        int middle = (from + to) / 2;
        double[] sums = new double[2];
        parallel.forRanges(2, 1, (half, end) -> {
            Backpropagation own = half == 0 ? net : twin;
            int first = half == 0 ? from : middle;
            int last = half == 0 ? middle : to;
            sums[half] = own.gradient(train, order, first, last, to - from, settings.loss());
        });
        net.add(twin);
        return sums[0] + sums[1];
    }

    /** Mean loss of rows under the present parameters. */
    private double loss(TrainingData data) {
        int[] order = new int[data.rows()];
        Arrays.setAll(order, i -> i);
        double sum = net.loss(data, order, settings.loss());
        return sum / ((double) data.rows() * data.targets()[0].length);
    }

    private int[] order(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        RandomSource random = stream.split("epoch").split(epoch).generator();
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int t = order[i];
            order[i] = order[j];
            order[j] = t;
        }
        return order;
    }

    private void adam(double rate) {
        step++;
        double scale = rate / (1 - Math.pow(BETA1, step));
        double root = 1 / Math.sqrt(1 - Math.pow(BETA2, step));
        for (int k = 0; k < net.parameters.length; k++) {
            adam(net.parameters[k], net.gradient[k], mean[k], square[k], scale, root);
        }
        net.parametersChanged();
    }

    private static void adam(double[] p, double[] g, double[] m, double[] v, double scale, double root) {
        for (int j = 0; j < p.length; j++) {
            m[j] = BETA1 * m[j] + (1 - BETA1) * g[j];
            v[j] = BETA2 * v[j] + (1 - BETA2) * (g[j] * g[j]);
            p[j] -= scale * m[j] / (Math.sqrt(v[j]) * root + EPSILON);
        }
    }

    /** Lowest validation loss so far. */
    public double bestLoss() {
        return bestLoss;
    }

    /** The network with the lowest validation loss so far. */
    public DenseNetwork best() {
        double[][] rows = zeros(net.parameters);
        unflatten(best, rows);
        List<DenseLayer> layers = new ArrayList<>();
        int k = 0;
        for (int l = 0; l < net.layers(); l++) {
            int outputs = net.widths[l + 1];
            double[][] w = Dense.of(Arrays.copyOfRange(rows, k, k + outputs))
                    .transpose()
                    .array();
            layers.add(new DenseLayer(w, rows[k + outputs], net.activation[l]));
            k += outputs + 1;
        }
        return new DenseNetwork(layers);
    }

    private static double[] flat(double[][] rows) {
        double[] all = new double[Arrays.stream(rows).mapToInt(r -> r.length).sum()];
        int at = 0;
        for (double[] row : rows) {
            System.arraycopy(row, 0, all, at, row.length);
            at += row.length;
        }
        return all;
    }

    private static void unflatten(double[] all, double[][] rows) {
        int at = 0;
        for (double[] row : rows) {
            System.arraycopy(all, at, row, 0, row.length);
            at += row.length;
        }
    }
}
