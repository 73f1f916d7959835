package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.RandomSource;

/**
 * A density q of all unknowns of a factorisation that resembles one of the r! equal parts of its posterior: every entry of W
 * and H has a gamma density of its own, every inferred argument of a prior a log-normal one (a normal one where it may be
 * negative), all independent. It is the product of such densities that is nearest to draws of the posterior in the sense of
 * Kullback and Leibler, KL(draws || q), made a little wider.
 */
final class FittedDensity {
    /** Shapes of entries, and squared inverse widths of arguments, are multiplied by this: tails must be covered. */
    private static final double WIDER = 0.8;

    private static final double SMALLEST_SHAPE = 1e-3;
    private static final double LARGEST_SHAPE = 1e8;
    /** Least scatter of a logarithm. */
    private static final double LEAST_SIGMA = 1e-4;

    private final FactorForm form;

    /** By component and entry: shapes, rates, and ln of what normalises each component. */
    private final double[][] shapeW;

    private final double[][] rateW;
    private final double[][] shapeH;
    private final double[][] rateH;
    private final double[] norm;

    /** Of inferred arguments, in the order of the form. */
    private final double[] centre;

    private final double[] sigma;

    /**
     * Fits.
     *
     * @param theta draws with one labelling, {@code [draws x dimension]}
     */
    FittedDensity(FactorForm form, double[] theta) {
        this.form = form;
        int r = form.rank();
        shapeW = new double[r][form.features()];
        rateW = new double[r][form.features()];
        shapeH = new double[r][form.samples()];
        rateH = new double[r][form.samples()];
        norm = new double[r];
        int d = form.model().dimension();
        int n = theta.length / d;
        double[][][] w = new double[n][][];
        double[][][] h = new double[n][][];
        for (int s = 0; s < n; s++) {
            w[s] = form.w(theta, s * d);
            h[s] = form.h(theta, s * d);
        }
        for (int k = 0; k < r; k++) {
            fit(w, k, shapeW[k], rateW[k]);
            fit(h, k, shapeH[k], rateH[k]);
            norm[k] = norm(shapeW[k], rateW[k]) + norm(shapeH[k], rateH[k]);
        }
        int hypers = form.hypers().size();
        centre = new double[hypers];
        sigma = new double[hypers];
        for (int g = 0; g < hypers; g++) {
            Hyper hyper = form.hypers().get(g);
            double[] u = new double[n];
            for (int s = 0; s < n; s++) {
                double v = theta[s * d + hyper.offset()];
                u[s] = hyper.positive() ? Math.log(v) : v;
            }
            double mean = Arrays.stream(u).average().orElseThrow();
            centre[g] = mean;
            double square = Arrays.stream(u).map(v -> (v - mean) * (v - mean)).sum() / n;
            sigma[g] = Math.max(LEAST_SIGMA, Math.sqrt(square / WIDER));
        }
    }

    /** Gamma densities of the most likely shapes and rates (Minka 2002, Estimating a gamma distribution). */
    private static void fit(double[][][] draws, int k, double[] shape, double[] rate) {
        for (int p = 0; p < shape.length; p++) {
            double sum = 0;
            double logs = 0;
            for (double[][] draw : draws) {
                sum += draw[k][p];
                logs += Math.log(draw[k][p]);
            }
            double mean = Math.max(EntryDraw.SMALLEST, sum / draws.length);
            double s = Math.max(1e-12, Math.log(mean) - logs / draws.length);
            double a = (3 - s + Math.sqrt((s - 3) * (s - 3) + 24 * s)) / (12 * s);
            shape[p] = Math.max(SMALLEST_SHAPE, Math.min(LARGEST_SHAPE, WIDER * a));
            rate[p] = shape[p] / mean;
        }
    }

    private static double norm(double[] shape, double[] rate) {
        double log = 0;
        for (int p = 0; p < shape.length; p++) {
            log += shape[p] * Math.log(rate[p]) - Gamma.logGamma(shape[p]);
        }
        return log;
    }

    /** ln q of a state. */
    double log(double[][] w, double[][] h, double[] theta) {
        double log = 0;
        for (int k = 0; k < norm.length; k++) {
            log += norm[k] + sum(shapeW[k], rateW[k], w[k]) + sum(shapeH[k], rateH[k], h[k]);
        }
        for (int g = 0; g < centre.length; g++) {
            log += logOf(g, theta[form.hypers().get(g).offset()]);
        }
        return log;
    }

    private static double sum(double[] shape, double[] rate, double[] a) {
        double log = 0;
        for (int p = 0; p < a.length; p++) {
            log += (shape[p] - 1) * Math.log(a[p]) - rate[p] * a[p];
        }
        return log;
    }

    /** ln of the density of an inferred argument; of itself, not of its logarithm. */
    double logOf(int g, double value) {
        boolean positive = form.hypers().get(g).positive();
        double u = positive ? Math.log(value) : value;
        double z = (u - centre[g]) / sigma[g];
        return -0.5 * z * z - Math.log(sigma[g]) - 0.5 * Math.log(2 * Math.PI) - (positive ? u : 0);
    }

    /** A guess of the extent of an inferred argument, as it is moved. */
    double width(int g) {
        return 2.5 * sigma[g];
    }

    /** Draws a state of all unknowns into {@code theta[at ...]}. */
    void draw(RandomSource random, double[] theta, int at) {
        double[] one = new double[form.model().dimension()];
        form.put(draw(random, shapeW, rateW), draw(random, shapeH, rateH), one);
        for (int g = 0; g < centre.length; g++) {
            Hyper hyper = form.hypers().get(g);
            double u = centre[g] + sigma[g] * random.nextGaussian();
            one[hyper.offset()] = hyper.positive() ? Math.exp(u) : u;
        }
        System.arraycopy(one, 0, theta, at, one.length);
    }

    private static double[][] draw(RandomSource random, double[][] shape, double[][] rate) {
        double[][] a = new double[shape.length][shape[0].length];
        for (int k = 0; k < a.length; k++) {
            for (int p = 0; p < a[k].length; p++) {
                a[k][p] = EntryDraw.keep(Math.exp(GammaDraw.log(random, shape[k][p]) - Math.log(rate[k][p])));
            }
        }
        return a;
    }

    /** The forms of {@code q^(1 - beta) prior^beta} of every entry of W. */
    Shape[][] between(boolean ofW, Shape[] priors, double beta) {
        double[][] shape = ofW ? shapeW : shapeH;
        double[][] rate = ofW ? rateW : rateH;
        double back = 1 - beta;
        Shape[][] between = new Shape[shape.length][shape[0].length];
        for (int k = 0; k < shape.length; k++) {
            Shape f = priors[k];
            for (int p = 0; p < shape[k].length; p++) {
                between[k][p] = new Shape(
                        back * shape[k][p] + beta * f.a(),
                        back * rate[k][p] + beta * f.b(),
                        beta * f.q(),
                        beta * f.t(),
                        f.nu());
            }
        }
        return between;
    }

    /**
     * {@code ln (q(theta) / sum over relabellings s of q(s theta))}, at most 0. Its mean under the posterior is exactly 1/r!
     * where labels may be exchanged, whatever q is: the posterior is the same under every s, and over all s these parts add up
     * to one.
     */
    double logShare(double[][] w, double[][] h, double[] theta) {
        int r = norm.length;
        double[][] log = new double[r][r];
        double own = 0;
        for (int k = 0; k < r; k++) {
            for (int l = 0; l < r; l++) {
                log[k][l] = norm[k] + sum(shapeW[k], rateW[k], w[l]) + sum(shapeH[k], rateH[k], h[l]);
            }
        }
        for (int g = 0; g < centre.length; g++) {
            Hyper hyper = form.hypers().get(g);
            int k = FactorSites.component(form, hyper);
            for (int l = 0; k >= 0 && l < r; l++) {
                log[k][l] += logOf(g, theta[hyper.offset() - k + l]);
            }
        }
        for (int k = 0; k < r; k++) {
            own += log[k][k];
        }
        return own - LabelSum.of(log);
    }
}
