package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.math.RandomSource;
import org.unblend.model.family.GammaMean;

/**
 * One state of all unknowns of a factorisation, and the sweep that moves each of them once and leaves {@code prior x
 * likelihood^beta} invariant. Owned by one thread; any number of states can pass through it by {@link #load} and
 * {@link #store}.
 */
final class FactorSampler {
    private final FactorForm form;
    private final FactorMoves moves;

    private double[] theta;
    private double[][] w;
    private double[][] h;

    FactorSampler(FactorMoves moves) {
        this.moves = moves;
        form = moves.form();
        theta = new double[form.model().dimension()];
    }

    /** Takes up the state at {@code from[at ...]}. */
    void load(double[] from, int at) {
        theta = Arrays.copyOfRange(from, at, at + theta.length);
        w = form.w(theta, 0);
        h = form.h(theta, 0);
    }

    /** Writes the state to {@code to[at ...]}. */
    void store(double[] to, int at) {
        form.put(w, h, theta);
        System.arraycopy(theta, 0, to, at, theta.length);
    }

    /** W by component, live. */
    double[][] w() {
        return w;
    }

    /** H by component, live. */
    double[][] h() {
        return h;
    }

    /** The inferred numbers that are no factors, at their columns of θ. */
    double[] theta() {
        return theta;
    }

    /** ln of the likelihood of the state, normalisation included. */
    double logLikelihood() {
        return moves.likelihood().log(w, h, theta);
    }

    /**
     * Moves every unknown once.
     *
     * @param beta exponent of the likelihood. Of sparse counts it is the share of the counts that is looked at: the
     *     information is the same, the density that of a sample
     */
    void sweep(RandomSource random, double beta) {
        Shape[] priorsW = priors(form.w().orElse(null));
        Shape[] priorsH = priors(form.h().orElse(null));
        if (form.isSparse() || moves.counts() != null && beta == 1) {
            moves.counts().move(random, w, h, priorsW, priorsH, beta);
        } else {
            double[] ofFeatures = moves.likelihood().scaleOfFeatures(theta);
            double[] ofSamples = new double[form.samples()];
            Arrays.fill(ofSamples, 1);
            if (priorsW != null) {
                moves.w().move(random, w, h, ofFeatures, ofSamples, priorsW, beta);
            }
            if (priorsH != null) {
                moves.h().move(random, h, w, ofSamples, ofFeatures, priorsH, beta);
            }
        }
        if (priorsW != null && priorsH != null) {
            ScaleMove.all(random, w, h, priorsW, priorsH, 0);
        }
        hypers(random);
        if (beta < 1 && !form.isSparse()) {
            shapes(random, form.w(), w, form.h(), beta);
            shapes(random, form.h(), h, form.w(), beta);
        }
        moves.likelihood().moveScales(random, w, h, theta, beta);
    }

    private Shape[] priors(PriorSide side) {
        return side == null ? null : side.shapes(theta, form.rank());
    }

    /** Moves the inferred arguments of the priors. */
    private void hypers(RandomSource random) {
        if (form.hypers().isEmpty()) {
            return;
        }
        PriorSide.Statistics[] ofW = statistics(w);
        PriorSide.Statistics[] ofH = statistics(h);
        for (Hyper hyper : form.hypers()) {
            boolean positive = hyper.family().support(hyper.arguments()).low() >= 0;
            double now = theta[hyper.offset()];
            double moved = Slice.move(
                    random,
                    positive ? Math.log(now) : now,
                    u -> {
                        double value = positive ? Math.exp(u) : u;
                        double log = hyper.logPrior(value) + (positive ? u : 0);
                        if (!(log > Double.NEGATIVE_INFINITY)) {
                            return Double.NEGATIVE_INFINITY;
                        }
                        theta[hyper.offset()] = value;
                        return log
                                + touched(form.w().orElse(null), ofW, hyper)
                                + touched(form.h().orElse(null), ofH, hyper);
                    },
                    positive ? 0.5 : Math.max(1e-3, spreadOfPrior(hyper)));
            theta[hyper.offset()] = positive ? Math.exp(moved) : moved;
        }
    }

    /**
     * Moves the inferred shape of a component drawn at random with its entries, where each component has its own. The data
     * hold the entries at their places when all of the likelihood counts, so that only tempered states need it.
     */
    private void shapes(
            RandomSource random, Optional<PriorSide> mine, double[][] a, Optional<PriorSide> others, double beta) {
        if (mine.isEmpty() || !(mine.get().family() instanceof GammaMean)) {
            return;
        }
        PriorSide side = mine.get();
        PriorSide.Argument shape = side.args().get(0);
        if (!shape.inferred() || !shape.perComponent()) {
            return;
        }
        int k = random.nextInt(form.rank());
        int offset = shape.offset() + k;
        boolean shared = others.isPresent() && uses(others.get().args(), k, offset)
                || uses(side.args().subList(1, 2), k, offset);
        if (!shared) {
            Hyper hyper = form.hypers().stream()
                    .filter(g -> g.offset() == offset)
                    .findFirst()
                    .orElseThrow();
            double mean = side.arguments(theta, k)[1];
            ShapeMove.move(random, hyper, side, mean, a[k], theta, () -> beta * logLikelihood());
        }
    }

    private static double spreadOfPrior(Hyper hyper) {
        return 0.25
                * (hyper.family().quantile(0.84, hyper.arguments())
                        - hyper.family().quantile(0.16, hyper.arguments()));
    }

    private static PriorSide.Statistics[] statistics(double[][] a) {
        return Arrays.stream(a).map(PriorSide.Statistics::of).toArray(PriorSide.Statistics[]::new);
    }

    /** The log prior of those components of a factor whose arguments include this number. */
    private double touched(PriorSide side, PriorSide.Statistics[] s, Hyper hyper) {
        double log = 0;
        for (int k = 0; side != null && k < s.length; k++) {
            if (uses(side.args(), k, hyper.offset())) {
                log += side.log(s[k], side.arguments(theta, k));
            }
        }
        return log;
    }

    private static boolean uses(List<PriorSide.Argument> args, int k, int offset) {
        return args.stream().anyMatch(a -> a.inferred() && a.offset() + (a.perComponent() ? k : 0) == offset);
    }
}
