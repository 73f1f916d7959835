package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.Dense;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * The posterior ordinate of a factorisation with Normal noise and priors under which conditionals are truncated normals:
 * the columns of W one after the other, then the rows of H, each sample apart. See {@link Chib}.
 */
final class NormalOrdinate implements Chib.Ordinate {
    private final double[][] x;
    private final double[][] v;
    private final double[][] xOfSample;
    private final double[][] vOfSample;
    private final Shape[] priorsW;
    private final Shape[] priorsH;
    private final boolean exchangeable;
    private final int r;
    private final int warmup;
    private final int draws;
    private final RandomStream random;
    private final double[][] w;
    private final double[][] h;
    private double[][] pointW;
    private double[][] pointH;

    /** @param form with weights {@code 1 / sd^2} */
    NormalOrdinate(FactorForm form, int warmup, int draws, RandomStream random) {
        Dense data = form.x().dense();
        Dense weights = form.weights().orElseThrow();
        x = data.array();
        v = weights.array();
        xOfSample = data.transpose().array();
        vOfSample = weights.transpose().array();
        r = form.rank();
        priorsW = form.w().orElseThrow().shapes(new double[0], r);
        priorsH = form.h().orElseThrow().shapes(new double[0], r);
        exchangeable = form.exchangeable();
        this.warmup = warmup;
        this.draws = draws;
        this.random = random;
        w = new double[r][form.features()];
        h = new double[r][form.samples()];
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
        double log = 0;
        double variance = 0;
        for (int fixed = 0; fixed < 2 * r; fixed++) {
            Estimate block = fixed < r ? columnOfW(fixed) : rowOfH(fixed - r);
            log += block.logZ();
            variance += block.error() * block.error();
        }
        return new Estimate(log, Math.sqrt(variance));
    }

    /** The draw of highest density. */
    private void choose(RandomSource source) {
        double best = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < 2 * warmup; s++) {
            sweep(source, 0, 0);
            double log = s < warmup ? Double.NEGATIVE_INFINITY : logPosterior();
            if (log > best || pointW == null) {
                best = log;
                pointW = Dense.copy(w);
                pointH = Dense.copy(h);
            }
        }
    }

    private double logPosterior() {
        double log = 0;
        for (int i = 0; i < x.length; i++) {
            for (int j = 0; j < x[i].length; j++) {
                double e = x[i][j];
                for (int k = 0; k < r; k++) {
                    e -= w[k][i] * h[k][j];
                }
                log -= 0.5 * v[i][j] * e * e;
            }
        }
        for (int k = 0; k < r; k++) {
            for (double a : w[k]) {
                log -= priorsW[k].b() * a + 0.5 * priorsW[k].q() * a * a;
            }
            for (double a : h[k]) {
                log -= priorsH[k].b() * a + 0.5 * priorsH[k].q() * a * a;
            }
        }
        return log;
    }

    /** Draws all columns of W from {@code fixedW} on and all rows of H from {@code fixedH} on. */
    private void sweep(RandomSource source, int fixedW, int fixedH) {
        double[] at = new double[2];
        ScaleMove.all(source, w, h, priorsW, priorsH, Math.max(fixedW, fixedH));
        for (int k = fixedW; k < r; k++) {
            for (int i = 0; i < x.length; i++) {
                conditional(x[i], v[i], w, h, i, k, priorsW[k], at);
                w[k][i] = EntryDraw.next(source, w[k][i], 1, at[0], at[1], 0, 0);
            }
        }
        for (int k = fixedH; k < r; k++) {
            for (int j = 0; j < xOfSample.length; j++) {
                conditional(xOfSample[j], vOfSample[j], h, w, j, k, priorsH[k], at);
                h[k][j] = EntryDraw.next(source, h[k][j], 1, at[0], at[1], 0, 0);
            }
        }
    }

    /** Rate and curvature of entry i of component k of the factor {@code own}. */
    private static void conditional(
            double[] x, double[] v, double[][] own, double[][] other, int i, int k, Shape prior, double[] out) {
        double pull = 0;
        double curvature = 0;
        for (int j = 0; j < x.length; j++) {
            if (v[j] > 0) {
                double e = x[j];
                for (int l = 0; l < own.length; l++) {
                    e -= l == k ? 0 : own[l][i] * other[l][j];
                }
                pull += v[j] * e * other[k][j];
                curvature += v[j] * other[k][j] * other[k][j];
            }
        }
        out[0] = prior.b() - pull;
        out[1] = prior.q() + curvature;
    }

    /** ln of the conditional density at {@code value}. */
    private static double log(double value, double[] at) {
        double b = at[0];
        double q = at[1];
        return -b * value - 0.5 * q * value * value - (q > 0 ? EntryTable.logIntegral(b, q) : -Math.log(b));
    }

    private Estimate columnOfW(int fixed) {
        RandomSource source = random.split("W").split(fixed).generator();
        Ordinates ordinates = new Ordinates(1, draws);
        double[] at = new double[2];
        for (int s = -warmup; s < draws; s++) {
            sweep(source, fixed, 0);
            if (s < 0) {
                continue;
            }
            int labels = exchangeable ? r : fixed + 1;
            double[] logs = new double[labels - fixed];
            for (int c = fixed; c < labels; c++) {
                for (int i = 0; i < x.length; i++) {
                    conditional(x[i], v[i], w, h, i, c, priorsW[c], at);
                    logs[c - fixed] += log(pointW[fixed][i], at);
                }
            }
            ordinates.add(s, 0, LogSum.of(logs) - Math.log(logs.length));
        }
        w[fixed] = pointW[fixed].clone();
        return ordinates.estimate();
    }

    private Estimate rowOfH(int fixed) {
        RandomSource source = random.split("H").split(fixed).generator();
        int n = xOfSample.length;
        // The last row has no others to average over.
        int enough = fixed == r - 1 ? 20 : draws;
        Ordinates ordinates = new Ordinates(n, enough);
        double[] at = new double[2];
        for (int s = fixed == r - 1 ? 0 : -warmup; s < enough; s++) {
            if (fixed < r - 1) {
                sweep(source, r, fixed);
            }
            for (int j = 0; s >= 0 && j < n; j++) {
                conditional(xOfSample[j], vOfSample[j], h, w, j, fixed, priorsH[fixed], at);
                ordinates.add(s, j, log(pointH[fixed][j], at));
            }
        }
        h[fixed] = pointH[fixed].clone();
        return ordinates.estimate();
    }
}
