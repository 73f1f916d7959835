package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.RandomSource;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/** The log likelihood of a factorisation, and the moves of the noise's scale where that is inferred. */
final class Likelihood {
    private final FactorForm form;

    /** What does not depend on the mean, per feature: all of it where the scale is known. */
    private final double[] constant;

    /** Observed entries per feature. */
    private final double[] observed;

    Likelihood(FactorForm form) {
        this.form = form;
        constant = new double[form.features()];
        observed = new double[form.features()];
        for (int i = 0; i < constant.length; i++) {
            if (form.isSparse()) {
                Sparse x = (Sparse) form.x();
                observed[i] = form.samples();
                for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                    constant[i] += constant(x.value()[p], 1);
                }
                continue;
            }
            double[] x = form.x().dense().row(i);
            double[] weights = form.weights().orElseThrow().row(i);
            for (int j = 0; j < x.length; j++) {
                if (weights[j] > 0) {
                    observed[i]++;
                    constant[i] += constant(x[j], weights[j]);
                }
            }
        }
    }

    private double constant(double x, double v) {
        return switch (form.noise()) {
            case NORMAL -> 0.5 * Math.log(v / (2 * Math.PI));
            case POISSON -> -Gamma.logGamma(x + 1);
            case GAMMA ->
                form.scales().isEmpty() ? v * Math.log(v) - Gamma.logGamma(v) + (v - 1) * Math.log(x) : -Math.log(x);
        };
    }

    /** Factors on the weights of each feature, {@code [features]}: 1 / sd^2, or the shape; 1 where the scale is known. */
    double[] scaleOfFeatures(double[] theta) {
        double[] scale = new double[form.features()];
        Arrays.setAll(scale, i -> form.scales().isEmpty() ? 1 : precision(scale(theta, i)));
        return scale;
    }

    private double precision(double scale) {
        return form.noise() == Noise.NORMAL ? 1 / (scale * scale) : scale;
    }

    private double scale(double[] theta, int feature) {
        return theta[form.scales().get(form.scales().size() == 1 ? 0 : feature).offset()];
    }

    /** The whole of it. */
    double log(double[][] w, double[][] h, double[] theta) {
        double[] fit = fit(w, h);
        double log = 0;
        for (int i = 0; i < fit.length; i++) {
            log += form.scales().isEmpty() ? fit[i] + constant[i] : ofScale(scale(theta, i), i, fit[i]);
        }
        return log;
    }

    /** The log likelihood of a feature as a function of its scale. */
    private double ofScale(double scale, int i, double fit) {
        if (form.noise() == Noise.NORMAL) {
            return constant[i] - observed[i] * Math.log(scale) + fit / (scale * scale);
        }
        return constant[i] + observed[i] * (scale * Math.log(scale) - Gamma.logGamma(scale)) + scale * fit;
    }

    /** Sums over the samples of weight times log likelihood per unit of weight, for each feature. */
    private double[] fit(double[][] w, double[][] h) {
        return form.isSparse() ? ofStored((Sparse) form.x(), w, h) : ofAll(w, h);
    }

    /** Of sparse counts: {@code sum x ln mu} over those stored, less the sum of all means. */
    private static double[] ofStored(Sparse x, double[][] w, double[][] h) {
        int r = w.length;
        double[] fit = new double[x.rows()];
        double[] total = new double[r];
        double[] bySample = new double[x.columns() * r];
        for (int k = 0; k < r; k++) {
            total[k] = Rows.sum(h[k], 0, h[k].length);
            for (int j = 0; j < h[k].length; j++) {
                bySample[j * r + k] = h[k][j];
            }
        }
        double[] row = new double[r];
        for (int i = 0; i < fit.length; i++) {
            double sum = 0;
            for (int k = 0; k < r; k++) {
                row[k] = w[k][i];
                sum -= total[k] * row[k];
            }
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                double mu = 0;
                int at = x.column()[p] * r;
                for (int k = 0; k < r; k++) {
                    mu = Math.fma(row[k], bySample[at + k], mu);
                }
                double v = x.value()[p];
                sum += v > 0 ? v * Math.log(Math.max(mu, EntryDraw.SMALLEST)) : 0;
            }
            fit[i] = sum;
        }
        return fit;
    }

    private double[] ofAll(double[][] w, double[][] h) {
        int n = form.samples();
        double[] fit = new double[form.features()];
        double[] mean = new double[n];
        double[] c = new double[w.length];
        boolean inferredShape = form.noise() == Noise.GAMMA && !form.scales().isEmpty();
        for (int i = 0; i < fit.length; i++) {
            for (int k = 0; k < w.length; k++) {
                c[k] = w[k][i];
            }
            Arrays.fill(mean, 0);
            Rows.combine(mean, 0, n, c, h);
            double[] x = form.x().dense().row(i);
            double[] v = form.weights().orElseThrow().row(i);
            double sum = 0;
            for (int j = 0; j < n; j++) {
                if (v[j] > 0) {
                    double mu = Math.max(mean[j], EntryDraw.SMALLEST);
                    sum += v[j] * form.noise().log(x[j], mu) + (inferredShape ? v[j] * Math.log(x[j]) : 0);
                }
            }
            fit[i] = sum;
        }
        return fit;
    }

    /** Moves the inferred scales; their columns of θ are modified. */
    void moveScales(RandomSource random, double[][] w, double[][] h, double[] theta, double beta) {
        if (form.scales().isEmpty()) {
            return;
        }
        double[] fit = fit(w, h);
        boolean common = form.scales().size() == 1;
        for (int g = 0; g < form.scales().size(); g++) {
            Hyper hyper = form.scales().get(g);
            int from = common ? 0 : g;
            int to = common ? fit.length : g + 1;
            double n = Arrays.stream(observed, from, to).sum();
            double u = Slice.move(
                    random,
                    Math.log(theta[hyper.offset()]),
                    t -> {
                        double scale = Math.exp(t);
                        double log = hyper.logPrior(scale) + t;
                        for (int i = from; i < to && log > Double.NEGATIVE_INFINITY; i++) {
                            log += beta * ofScale(scale, i, fit[i]);
                        }
                        return log;
                    },
                    2.5 / Math.sqrt(1 + n));
            theta[hyper.offset()] = Math.exp(u);
        }
    }
}
