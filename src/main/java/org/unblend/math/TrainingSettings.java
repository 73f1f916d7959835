package org.unblend.math;

/**
 * How a network is trained. The learning rate rises linearly over the first {@code warmup} epochs and follows a cosine from
 * {@code rate} to {@code lastRate} over all (Loshchilov and Hutter 2017, ICLR).
 *
 * @param epochs most passes over the data, at least 1
 * @param batch rows per step, at least 1
 * @param rate learning rate, above 0
 * @param lastRate learning rate at the end, above 0 and at most {@code rate}
 * @param warmup epochs, at least 0 and below {@code epochs}
 * @param patience epochs without a lower validation loss after which training ends, at least 1
 * @param loss what is minimised, the mean over all entries
 */
public record TrainingSettings(
        int epochs, int batch, double rate, double lastRate, int warmup, int patience, RegressionLoss loss) {

    /** 200 epochs of 256 rows, 2e-3 to 1e-5, squared loss. */
    public static final TrainingSettings STANDARD =
            new TrainingSettings(200, 256, 2e-3, 1e-5, 2, 200, RegressionLoss.SQUARED);

    public TrainingSettings {
        check(epochs >= 1, "epochs", "1 or more", epochs);
        check(batch >= 1, "batch", "1 or more", batch);
        check(rate > 0 && rate <= 1, "rate", "above 0 and at most 1", rate);
        check(lastRate > 0 && lastRate <= rate, "last rate", "above 0 and at most the rate", lastRate);
        check(warmup >= 0 && warmup < epochs, "warmup", "0 or more and below the number of epochs", warmup);
        check(patience >= 1, "patience", "1 or more", patience);
    }

    private static void check(boolean fine, String what, String range, Number value) {
        if (!fine) {
            throw new IllegalArgumentException(what + " must be " + range + ", got " + value);
        }
    }

    public TrainingSettings withEpochs(int n) {
        return new TrainingSettings(n, batch, rate, lastRate, Math.min(warmup, n - 1), patience, loss);
    }

    public TrainingSettings withBatch(int n) {
        return new TrainingSettings(epochs, n, rate, lastRate, warmup, patience, loss);
    }

    public TrainingSettings withRate(double first, double last) {
        return new TrainingSettings(epochs, batch, first, last, warmup, patience, loss);
    }

    public TrainingSettings withPatience(int n) {
        return new TrainingSettings(epochs, batch, rate, lastRate, warmup, n, loss);
    }

    public TrainingSettings withLoss(RegressionLoss other) {
        return new TrainingSettings(epochs, batch, rate, lastRate, warmup, patience, other);
    }

    /** The learning rate after {@code time} epochs, which need not be whole. */
    public double rateAt(double time) {
        double cosine = lastRate + (rate - lastRate) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, time / epochs)));
        return time < warmup ? cosine * (time + 0.01) / (warmup + 0.01) : cosine;
    }
}
