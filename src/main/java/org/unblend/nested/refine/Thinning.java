package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.unblend.math.Activation;
import org.unblend.math.Cholesky;
import org.unblend.math.DenseNetwork;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.RegressionLoss;
import org.unblend.math.TrainingData;
import org.unblend.math.TrainingRun;
import org.unblend.math.TrainingSettings;

/**
 * Learned shells: a network predicts ln of the ratio of the posterior to a mixture, and candidates from the mixture are
 * kept with probability {@code a = min(1, exp(t (prediction - level)))}, t below 1, but not less than a floor. Kept candidates count
 * 1/a, so that sums over them are without bias whatever the network says (Russian roulette); the likelihood is evaluated
 * only where the network expects it to matter. This is the idea of nautilus (Lange 2023, MNRAS 525, 3181), whose nested
 * shells are the level sets of such a network, without volumes that must be known.
 *
 * @param network predicts {@code (ln ratio - centre) / SPREAD}
 * @param mean of the whitening
 * @param whitener {@code [d x d]}, lower-triangular
 * @param centre subtracted from ln ratios
 * @param level predictions above it are always kept
 * @param floor least probability
 */
record Thinning(DenseNetwork network, double[] mean, double[] whitener, double centre, double level, double floor) {
    /** Ln ratios are cut off this far from their centre: beyond it all is hopeless, or fine. */
    private static final double CUT = 9;

    private static final double SPREAD = 3;
    private static final int HIDDEN = 32;
    private static final int BATCH = 128;

    /** One of so many rows is held out of the training. */
    private static final int HELD = 10;

    /** t: the lower a prediction, the farther it may be off, and a weight is the ratio over the probability. */
    private static final double TEMPER = 0.8;

    /** Part of the posterior weight whose prediction is above the level. */
    private static final double ABOVE = 0.02;

    /** Share of evaluations that the floor may take, about. */
    private static final double FLOOR = 0.1;

    /**
     * Learns.
     *
     * @param z positions at which ln ratios are known, {@code [rows x d]}
     * @param logRatio ln(posterior / mixture) there, up to a constant; -infinity allowed
     * @param weight posterior weights of some of these rows (0 for others), which set the scale
     * @param candidates draws of the mixture, {@code [n x d]}: they tell how many would be kept
     * @param least the level is lowered until at least this part of the candidates is kept
     * @param rows how many rows are learned from, again and again
     * @param parallel where halves of batches run
     */
    static Thinning learn(
            double[] z,
            double[] logRatio,
            double[] weight,
            double[] candidates,
            int d,
            double least,
            int rows,
            RandomStream random,
            Parallel parallel) {
        double[] mean = new double[d];
        double[] whitener = whitener(z, weight, d, mean);
        double centre = quantile(logRatio, weight, 0.5);
        double[] y = Arrays.stream(logRatio)
                .map(r -> Math.max(-CUT, Math.min(CUT, r - centre)) / SPREAD)
                .toArray();
        double[] x = whitened(z, mean, whitener, d);
        DenseNetwork network = trained(x, y, d, rows, random, parallel);
        Thinning plain = new Thinning(network, mean, whitener, centre, 0, 0);
        double[] known = plain.predictions(z, weight.length);
        double[] drawn = plain.predictions(candidates, candidates.length / d);
        double level = quantile(known, weight, 1 - ABOVE);
        while (kept(drawn, level) < least) {
            level -= 0.5;
        }
        return new Thinning(network, mean, whitener, centre, level, Math.min(0.5, FLOOR * kept(drawn, level)));
    }

    /** Trains on all rows that are not cut off and a third as many of those that are; some of them choose the epoch. */
    private static DenseNetwork trained(
            double[] x, double[] y, int d, int rows, RandomStream random, Parallel parallel) {
        RandomSource source = random.split("rows").generator();
        double least = -CUT / SPREAD;
        double near = Arrays.stream(y).filter(v -> v > least).count();
        double some = near / (3 * Math.max(1, y.length - near));
        List<double[]> seen = new ArrayList<>();
        List<double[]> held = new ArrayList<>();
        List<double[]> seenTargets = new ArrayList<>();
        List<double[]> heldTargets = new ArrayList<>();
        for (int i = 0; i < y.length; i++) {
            if (y[i] > least || source.nextOpen() < some) {
                boolean aside = source.nextInt(HELD) == 0 && !seen.isEmpty();
                (aside ? held : seen).add(Arrays.copyOfRange(x, i * d, (i + 1) * d));
                (aside ? heldTargets : seenTargets).add(new double[] {y[i]});
            }
        }
        TrainingData train = new TrainingData(seen.toArray(double[][]::new), seenTargets.toArray(double[][]::new));
        TrainingData validation = held.isEmpty()
                ? train
                : new TrainingData(held.toArray(double[][]::new), heldTargets.toArray(double[][]::new));
        int epochs = Math.max(2, rows / train.rows());
        TrainingSettings settings = new TrainingSettings(epochs, BATCH, 4e-3, 1e-5, 1, epochs, RegressionLoss.SQUARED);
        DenseNetwork start =
                DenseNetwork.random(new int[] {d, HIDDEN, HIDDEN, 1}, Activation.SILU, random.split("start"));
        TrainingRun run = new TrainingRun(start, train, validation, settings, random.split("order"), parallel);
        while (!run.finished()) {
            run.epoch();
        }
        return run.best();
    }

    /** ln of the probability with which each of the first {@code rows} candidates is kept. */
    double[] logKeep(double[] z, int rows) {
        double[] p = predictions(z, rows);
        double least = Math.log(floor);
        for (int i = 0; i < rows; i++) {
            p[i] = Math.max(least, TEMPER * Math.min(0, p[i] - level));
        }
        return p;
    }

    /** Predicted ln ratios. */
    private double[] predictions(double[] z, int rows) {
        int d = mean.length;
        double[] p = new double[rows];
        network.apply(whitened(z, mean, whitener, d), p, rows, network.newScratch());
        for (int i = 0; i < rows; i++) {
            p[i] = centre + SPREAD * p[i];
        }
        return p;
    }

    private static double kept(double[] prediction, double level) {
        return Arrays.stream(prediction)
                .map(p -> Math.exp(TEMPER * Math.min(0, p - level)))
                .average()
                .orElse(1);
    }

    private static double[] whitened(double[] z, double[] mean, double[] whitener, int d) {
        double[] x = new double[z.length];
        for (int at = 0; at < z.length; at += d) {
            for (int i = 0; i < d; i++) {
                double sum = 0;
                for (int j = 0; j <= i; j++) {
                    sum += whitener[i * d + j] * (z[at + j] - mean[j]);
                }
                // Far points are all alike; without a bound they would dominate the network.
                x[at + i] = Math.max(-8, Math.min(8, sum));
            }
        }
        return x;
    }

    /** Fills the mean and returns the inverse Cholesky factor of the weighted covariance. */
    private static double[] whitener(double[] z, double[] weight, int d, double[] mean) {
        double total = Arrays.stream(weight).sum();
        for (int i = 0; i < weight.length; i++) {
            for (int j = 0; j < d; j++) {
                mean[j] += weight[i] / total * z[i * d + j];
            }
        }
        double[] c = new double[d * d];
        for (int i = 0; i < weight.length; i++) {
            for (int a = 0; a < d && weight[i] > 0; a++) {
                for (int b = 0; b < d; b++) {
                    c[a * d + b] += weight[i] / total * (z[i * d + a] - mean[a]) * (z[i * d + b] - mean[b]);
                }
            }
        }
        return Cholesky.invert(Cholesky.factor(c, d), d);
    }

    private static double quantile(double[] value, double[] weight, double p) {
        int[] order = IntStream.range(0, value.length)
                .filter(i -> weight[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> value[i]))
                .mapToInt(i -> i)
                .toArray();
        double goal = p * Arrays.stream(weight).sum();
        double sum = 0;
        for (int i : order) {
            sum += weight[i];
            if (sum >= goal) {
                return value[i];
            }
        }
        return value[order[order.length - 1]];
    }
}
