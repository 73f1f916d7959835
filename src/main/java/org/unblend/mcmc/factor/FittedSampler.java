package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.RandomSource;

/**
 * One state of all unknowns of a factorisation, and the sweep that moves each of them once and leaves {@code q^(1 - beta)
 * (prior x likelihood)^beta} invariant, q the fitted density. Owned by one thread.
 */
final class FittedSampler implements Walk.Walker {
    private final FactorForm form;
    private final FactorMoves moves;
    private final FittedDensity fitted;
    private final NewtonMove moveW;
    private final NewtonMove moveH;
    private double[] theta;
    private double[][] w;
    private double[][] h;

    /** @param moves of a form whose factors are both inferred, at any temperature by Metropolis steps */
    FittedSampler(FactorMoves moves, FittedDensity fitted) {
        form = moves.form();
        this.moves = moves;
        this.fitted = fitted;
        moveW = (NewtonMove) moves.w();
        moveH = (NewtonMove) moves.h();
    }

    @Override
    public void load(double[] from, int at) {
        theta = Arrays.copyOfRange(from, at, at + form.model().dimension());
        w = form.w(theta, 0);
        h = form.h(theta, 0);
    }

    @Override
    public void store(double[] to, int at) {
        form.put(w, h, theta);
        System.arraycopy(theta, 0, to, at, theta.length);
    }

    /** {@code ln (prior x likelihood / q)} of the state. */
    @Override
    public double raised() {
        double log = moves.likelihood().log(w, h, theta);
        for (Hyper hyper : form.hypers()) {
            log += hyper.logPrior(theta[hyper.offset()]);
        }
        PriorSide ofW = form.w().orElseThrow();
        PriorSide ofH = form.h().orElseThrow();
        for (int k = 0; k < w.length && log > Double.NEGATIVE_INFINITY; k++) {
            log += ofW.log(PriorSide.Statistics.of(w[k]), ofW.arguments(theta, k));
            log += ofH.log(PriorSide.Statistics.of(h[k]), ofH.arguments(theta, k));
        }
        return log > Double.NEGATIVE_INFINITY ? log - fitted.log(w, h, theta) : log;
    }

    /** The share of q among all its relabellings; see {@link FittedDensity#logShare}. */
    double logShare() {
        return fitted.logShare(w, h, theta);
    }

    @Override
    public void sweep(RandomSource random, double beta) {
        double[] ofFeatures = moves.likelihood().scaleOfFeatures(theta);
        double[] ofSamples = new double[form.samples()];
        Arrays.fill(ofSamples, 1);
        Shape[][] betweenW = fitted.between(true, form.w().orElseThrow().shapes(theta, w.length), beta);
        Shape[][] betweenH = fitted.between(false, form.h().orElseThrow().shapes(theta, w.length), beta);
        moveW.move(random, w, h, ofFeatures, ofSamples, betweenW, beta);
        moveH.move(random, h, w, ofSamples, ofFeatures, betweenH, beta);
        for (int k = 0; k < w.length; k++) {
            rescale(random, w[k], h[k], betweenW[k], betweenH[k]);
        }
        hypers(random, beta);
    }

    /** Moves a component along {@code (d W_:k, H_k: / d)}, as {@link ScaleMove} does where all entries have one density. */
    private static void rescale(RandomSource random, double[] a, double[] b, Shape[] ofA, Shape[] ofB) {
        double[] along = sums(a, ofA);
        double[] against = sums(b, ofB);
        double t = Slice.move(
                random, 0, x -> log(along, x) + log(against, -x), 2.5 / Math.sqrt(1 + along[5] + against[5]));
        double d = Math.exp(t);
        for (int p = 0; p < a.length; p++) {
            a[p] = EntryDraw.keep(a[p] * d);
        }
        for (int p = 0; p < b.length; p++) {
            b[p] = EntryDraw.keep(b[p] / d);
        }
    }

    /**
     * Sums of the powers, of b w, q w^2, t, t (ln w - nu), and of what does not depend on where along the orbit the entries are
     * and tells how long it is.
     */
    private static double[] sums(double[] a, Shape[] f) {
        double[] sums = new double[6];
        for (int p = 0; p < a.length; p++) {
            sums[0] += f[p].a();
            sums[1] += f[p].b() * a[p];
            sums[2] += f[p].q() * a[p] * a[p];
            sums[3] += f[p].t();
            sums[4] += f[p].t() > 0 ? f[p].t() * (Math.log(a[p]) - f[p].nu()) : 0;
        }
        sums[5] = Math.max(0, sums[0]) + sums[3];
        return sums;
    }

    private static double log(double[] s, double x) {
        double d = Math.exp(x);
        return s[0] * x - s[1] * d - 0.5 * s[2] * d * d - s[4] * x - 0.5 * s[3] * x * x;
    }

    private void hypers(RandomSource random, double beta) {
        if (form.hypers().isEmpty()) {
            return;
        }
        PriorSide.Statistics[] ofW = PriorSide.Statistics.ofEach(w);
        PriorSide.Statistics[] ofH = PriorSide.Statistics.ofEach(h);
        for (int g = 0; g < form.hypers().size(); g++) {
            Hyper hyper = form.hypers().get(g);
            int own = g;
            boolean positive = hyper.positive();
            double now = theta[hyper.offset()];
            double moved = Slice.move(
                    random,
                    positive ? Math.log(now) : now,
                    u -> {
                        double value = positive ? Math.exp(u) : u;
                        double log = hyper.logPrior(value);
                        if (!(log > Double.NEGATIVE_INFINITY)) {
                            return Double.NEGATIVE_INFINITY;
                        }
                        theta[hyper.offset()] = value;
                        log += form.w().orElseThrow().touched(ofW, hyper.offset(), theta)
                                + form.h().orElseThrow().touched(ofH, hyper.offset(), theta);
                        return beta * log + (1 - beta) * fitted.logOf(own, value) + (positive ? u : 0);
                    },
                    fitted.width(g));
            theta[hyper.offset()] = positive ? Math.exp(moved) : moved;
        }
    }
}
