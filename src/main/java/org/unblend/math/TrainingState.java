package org.unblend.math;

import java.util.Arrays;

/**
 * Where a training stands between two epochs; with the same data and settings it goes on to the same bits. Arrays hold, layer
 * by layer, for each output its weights and then the biases of the layer; they must not be written to.
 *
 * @param epoch passes over the data so far
 * @param step steps so far
 * @param parameters weights and biases
 * @param mean running means of gradients
 * @param square running means of squared gradients
 * @param best parameters of the lowest validation loss
 * @param bestLoss that loss
 * @param bestEpoch when it was reached
 */
public record TrainingState(
        int epoch,
        long step,
        double[] parameters,
        double[] mean,
        double[] square,
        double[] best,
        double bestLoss,
        int bestEpoch) {

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingState s
                && epoch == s.epoch
                && step == s.step
                && bestEpoch == s.bestEpoch
                && Double.compare(bestLoss, s.bestLoss) == 0
                && Arrays.equals(parameters, s.parameters)
                && Arrays.equals(mean, s.mean)
                && Arrays.equals(square, s.square)
                && Arrays.equals(best, s.best);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(parameters) * 31 + epoch;
    }
}
