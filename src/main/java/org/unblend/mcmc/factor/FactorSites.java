package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.unblend.math.RandomSource;

/**
 * A state of a factorisation whose unknowns are moved one at a time, so that any of them may be held, and whose conditional
 * densities are normalised: what {@link NumericChib} needs, at the price of slower sweeps than {@link FactorSampler}'s.
 * Densities are of ln w, and of ln g for inferred numbers that are positive. Owned by one thread.
 */
final class FactorSites {
    private final FactorForm form;
    private final Likelihood likelihood;
    private final double[][] x;
    private final double[][] v;
    private double[] theta;
    private double[][] w;
    private double[][] h;

    /** @param moves of a form that holds every entry, W and H both inferred */
    FactorSites(FactorMoves moves) {
        form = moves.form();
        likelihood = moves.likelihood();
        x = form.x().dense().array();
        v = form.weights().orElseThrow().array();
    }

    FactorForm form() {
        return form;
    }

    /** Takes up the state at {@code from[at ...]}. */
    void load(double[] from, int at) {
        theta = Arrays.copyOfRange(from, at, at + form.model().dimension());
        w = form.w(theta, 0);
        h = form.h(theta, 0);
    }

    /** The component that a number belongs to; -1 if it belongs to all. */
    static int component(FactorForm form, Hyper hyper) {
        for (PriorSide side : new PriorSide[] {form.w().orElseThrow(), form.h().orElseThrow()}) {
            for (PriorSide.Argument a : side.args()) {
                int k = hyper.offset() - a.offset();
                if (a.inferred() && a.perComponent() && k >= 0 && k < form.rank()) {
                    return k;
                }
            }
        }
        return -1;
    }

    /** ln of likelihood times prior, as a density of the logarithms. */
    double logJoint() {
        double log = likelihood.log(w, h, theta);
        for (int k = 0; k < w.length; k++) {
            PriorSide.Statistics ofW = PriorSide.Statistics.of(w[k]);
            PriorSide.Statistics ofH = PriorSide.Statistics.of(h[k]);
            PriorSide sideW = form.w().orElseThrow();
            PriorSide sideH = form.h().orElseThrow();
            log += sideW.log(ofW, sideW.arguments(theta, k)) + ofW.logs();
            log += sideH.log(ofH, sideH.arguments(theta, k)) + ofH.logs();
        }
        for (Hyper hyper : form.hypers()) {
            log += prior(hyper, theta[hyper.offset()]);
        }
        for (Hyper hyper : form.scales()) {
            log += prior(hyper, theta[hyper.offset()]);
        }
        return log;
    }

    /**
     * The same as a density of the logarithms in units of the inferred scatter of their prior, where that is log-normal: as one
     * of the logarithms themselves it grows without bound when the scatter shrinks with them.
     */
    double logJointOfPlaces() {
        double log = logJoint();
        for (PriorSide side : new PriorSide[] {form.w().orElseThrow(), form.h().orElseThrow()}) {
            for (int k = 0; k < w.length; k++) {
                double t = side.shape(theta, k).t();
                log -= t > 0 ? 0.5 * side.size() * Math.log(t) : 0;
            }
        }
        return log;
    }

    private static double prior(Hyper hyper, double value) {
        return hyper.logPrior(value) + (hyper.positive() ? Math.log(value) : 0);
    }

    /** Exchanges the labels of two components. */
    void exchange(int a, int b) {
        if (a == b) {
            return;
        }
        for (double[][] factor : new double[][][] {w, h}) {
            double[] kept = factor[a];
            factor[a] = factor[b];
            factor[b] = kept;
        }
        for (PriorSide side : new PriorSide[] {form.w().orElseThrow(), form.h().orElseThrow()}) {
            for (PriorSide.Argument arg : side.args()) {
                if (arg.inferred() && arg.perComponent() && !(side == form.h().get() && sharedWithW(arg))) {
                    double kept = theta[arg.offset() + a];
                    theta[arg.offset() + a] = theta[arg.offset() + b];
                    theta[arg.offset() + b] = kept;
                }
            }
        }
    }

    private boolean sharedWithW(PriorSide.Argument arg) {
        return form.w().orElseThrow().args().stream()
                .anyMatch(other -> other.inferred() && other.offset() == arg.offset());
    }

    /** ln of the normalised conditional density of an entry at u = ln w. */
    double ordinate(boolean ofW, int k, int entry, double u) {
        DoubleUnaryOperator log = conditional(ofW, k, entry);
        return log.applyAsDouble(u) - LineIntegral.log(log, u);
    }

    /** ln of the normalised conditional density of a number at a value. */
    double ordinate(Hyper number, double value) {
        double u = number.positive() ? Math.log(value) : value;
        DoubleUnaryOperator log = conditional(number);
        double kept = theta[number.offset()];
        double ordinate = log.applyAsDouble(u) - LineIntegral.log(log, u);
        theta[number.offset()] = kept;
        return ordinate;
    }

    /** Moves a component of W or of H. */
    void move(boolean ofW, int k, RandomSource random) {
        double[] a = ofW ? w[k] : h[k];
        for (int i = 0; i < a.length; i++) {
            a[i] = EntryDraw.keep(Math.exp(Slice.move(random, Math.log(a[i]), conditional(ofW, k, i), 1)));
        }
    }

    /** Moves a number. */
    void move(Hyper number, RandomSource random) {
        double now = theta[number.offset()];
        double u = Slice.move(random, number.positive() ? Math.log(now) : now, conditional(number), 0.5);
        theta[number.offset()] = number.positive() ? Math.exp(u) : u;
    }

    /** Moves the scale between a profile and its row of H. */
    void rescale(int k, RandomSource random) {
        ScaleMove.all(
                random,
                new double[][] {w[k]},
                new double[][] {h[k]},
                new Shape[] {form.w().orElseThrow().shape(theta, k)},
                new Shape[] {form.h().orElseThrow().shape(theta, k)},
                0);
    }

    private DoubleUnaryOperator conditional(Hyper number) {
        boolean positive = number.positive();
        boolean scale = form.scales().contains(number);
        int only = scale ? -1 : component(form, number);
        return u -> {
            double value = positive ? Math.exp(u) : u;
            double log = number.logPrior(value) + (positive ? u : 0);
            if (!(log > Double.NEGATIVE_INFINITY)) {
                return Double.NEGATIVE_INFINITY;
            }
            theta[number.offset()] = value;
            if (scale) {
                return log + likelihood.log(w, h, theta);
            }
            for (int k = only < 0 ? 0 : only; k < (only < 0 ? w.length : only + 1); k++) {
                PriorSide sideW = form.w().orElseThrow();
                PriorSide sideH = form.h().orElseThrow();
                log += sideW.log(PriorSide.Statistics.of(w[k]), sideW.arguments(theta, k));
                log += sideH.log(PriorSide.Statistics.of(h[k]), sideH.arguments(theta, k));
            }
            return log;
        };
    }

    /** ln of the conditional density of u = ln w of an entry, up to a constant. */
    private DoubleUnaryOperator conditional(boolean ofW, int k, int entry) {
        double[][] mine = ofW ? w : h;
        double[][] other = ofW ? h : w;
        Shape f = (ofW ? form.w() : form.h()).orElseThrow().shape(theta, k);
        double[] scale = likelihood.scaleOfFeatures(theta);
        int n = other[k].length;
        double[] rest = new double[n];
        for (int l = 0; l < mine.length; l++) {
            for (int q = 0; l != k && q < n; q++) {
                rest[q] += mine[l][entry] * other[l][q];
            }
        }
        double[] c = other[k];
        double[] data = new double[n];
        double[] weight = new double[n];
        for (int q = 0; q < n; q++) {
            data[q] = ofW ? x[entry][q] : x[q][entry];
            weight[q] = (ofW ? v[entry][q] : v[q][entry]) * scale[ofW ? entry : q];
        }
        if (form.noise() == Noise.NORMAL) {
            double pull = 0;
            double own = 0;
            for (int q = 0; q < n; q++) {
                pull += weight[q] * c[q] * (data[q] - rest[q]);
                own += weight[q] * c[q] * c[q];
            }
            double b = f.b() - pull;
            double curvature = f.q() + own;
            return u -> Shape.logOfLog(u, f.a(), b, curvature, f.t(), f.nu());
        }
        return u -> {
            double value = Math.exp(u);
            double log = f.logOfLog(u);
            for (int q = 0; q < n; q++) {
                if (weight[q] > 0) {
                    double mu = Math.max(EntryDraw.SMALLEST, rest[q] + value * c[q]);
                    log += weight[q] * form.noise().log(data[q], mu);
                }
            }
            return log;
        };
    }
}
