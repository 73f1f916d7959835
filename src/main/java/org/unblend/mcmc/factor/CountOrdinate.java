package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.Dense;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * The posterior ordinate of a factorisation with Poisson noise and gamma priors: given how the counts are split, entries of W
 * have gamma densities, and with W at the point so have those of H, each sample apart. See {@link Chib}.
 */
final class CountOrdinate implements Chib.Ordinate {
    private final FactorForm form;
    private final int warmup;
    private final int draws;
    private final RandomStream random;
    private final CountMove move;
    private final Shape[] priorsW;
    private final Shape[] priorsH;
    private final int r;
    private double[][] w;
    private double[][] h;
    private final double[][] ofW;
    private final double[][] ofH;
    private double[][] pointW;
    private double[][] pointH;

    CountOrdinate(FactorForm form, int warmup, int draws, RandomStream random) {
        this.form = form;
        this.warmup = warmup;
        this.draws = draws;
        this.random = random;
        move = new CountMove(form.x(), form.weights());
        r = form.rank();
        priorsW = form.w().orElseThrow().shapes(new double[0], r);
        priorsH = form.h().orElseThrow().shapes(new double[0], r);
        w = new double[r][form.features()];
        h = new double[r][form.samples()];
        ofW = new double[r][form.features()];
        ofH = new double[r][form.samples()];
    }

    @Override
    public double[][] w() {
        return pointW;
    }

    @Override
    public double[][] h() {
        return pointH;
    }

    @Override
    public Estimate estimate() {
        RandomSource source = random.split("begin").generator();
        for (double[][] factor : new double[][][] {w, h}) {
            for (double[] row : factor) {
                Arrays.setAll(row, i -> 0.1 - Math.log(source.nextOpen()));
            }
        }
        choose(random.split("choice").generator());
        Estimate first = ofW(random.split("W").generator());
        w = Dense.copy(pointW);
        Estimate second = ofH(random.split("H").generator());
        return new Estimate(first.logZ() + second.logZ(), Math.hypot(first.error(), second.error()));
    }

    private void choose(RandomSource source) {
        double best = Double.NEGATIVE_INFINITY;
        double[] theta = new double[form.model().dimension()];
        double[] prior = new double[1];
        double[] likelihood = new double[1];
        for (int s = 0; s < 2 * warmup; s++) {
            sweep(source, true);
            double log = Double.NEGATIVE_INFINITY;
            if (s >= warmup) {
                form.put(w, h, theta);
                form.model().logPrior(theta, prior, 1);
                form.model().logLikelihood(theta, likelihood, 1);
                log = prior[0] + likelihood[0];
            }
            if (log > best || pointW == null) {
                best = log;
                pointW = Dense.copy(w);
                pointH = Dense.copy(h);
            }
        }
    }

    private void sweep(RandomSource source, boolean both) {
        if (both) {
            ScaleMove.all(source, w, h, priorsW, priorsH, 0);
        }
        move.split(source, w, h, 1, ofW, ofH);
        if (both) {
            CountMove.update(source, w, ofW, move.exposure(h, form.features(), true), priorsW, 1);
        }
        CountMove.update(source, h, ofH, move.exposure(w, form.samples(), false), priorsH, 1);
    }

    private static double log(double value, double shape, double rate) {
        return shape * Math.log(rate) - Gamma.logGamma(shape) + (shape - 1) * Math.log(value) - rate * value;
    }

    private Estimate ofW(RandomSource source) {
        Ordinates ordinates = new Ordinates(1, draws);
        boolean exchangeable = form.exchangeable();
        for (int s = -warmup; s < draws; s++) {
            ScaleMove.all(source, w, h, priorsW, priorsH, 0);
            move.split(source, w, h, 1, ofW, ofH);
            double[][] exposure = move.exposure(h, form.features(), true);
            if (s >= 0) {
                double[][] logs = new double[r][r];
                for (int k = 0; k < r; k++) {
                    for (int l = 0; l < r; l++) {
                        for (int i = 0; i < form.features(); i++) {
                            logs[k][l] +=
                                    log(pointW[l][i], priorsW[k].a() + ofW[k][i], priorsW[k].b() + exposure[k][i]);
                        }
                    }
                }
                ordinates.add(s, 0, exchangeable ? overLabels(logs, 0, 0) - Gamma.logGamma(r + 1.0) : diagonal(logs));
            }
            CountMove.update(source, w, ofW, exposure, priorsW, 1);
            // The split belongs to the old W: H is drawn from the same one, which leaves the posterior invariant too.
            CountMove.update(source, h, ofH, move.exposure(w, form.samples(), false), priorsH, 1);
        }
        return ordinates.estimate();
    }

    private static double diagonal(double[][] logs) {
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            sum += logs[k][k];
        }
        return sum;
    }

    /** ln of the sum over all ways to give the components of the point to those from {@code k} on. */
    private static double overLabels(double[][] logs, int k, int taken) {
        if (k == logs.length) {
            return 0;
        }
        double sum = Double.NEGATIVE_INFINITY;
        for (int l = 0; l < logs.length; l++) {
            if ((taken & 1 << l) == 0) {
                sum = LogSum.add(sum, logs[k][l] + overLabels(logs, k + 1, taken | 1 << l));
            }
        }
        return sum;
    }

    private Estimate ofH(RandomSource source) {
        Ordinates ordinates = new Ordinates(form.samples(), draws);
        double[][] exposure = move.exposure(w, form.samples(), false);
        for (int s = -warmup; s < draws; s++) {
            sweep(source, false);
            // Of the split that follows this H.
            move.split(source, w, h, 1, ofW, ofH);
            for (int j = 0; s >= 0 && j < form.samples(); j++) {
                double log = 0;
                for (int k = 0; k < r; k++) {
                    log += log(pointH[k][j], priorsH[k].a() + ofH[k][j], priorsH[k].b() + exposure[k][j]);
                }
                ordinates.add(s, j, log);
            }
        }
        return ordinates.estimate();
    }
}
