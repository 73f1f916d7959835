package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.math.GammaDraw;
import org.unblend.math.RandomSource;
import org.unblend.model.family.Beta;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.LogNormalMean;

/**
 * One state of all unknowns of a factorisation, and the sweep that moves each of them once and leaves {@code prior x
 * likelihood^beta} invariant. Owned by one thread; any number of states can pass through it by {@link #load} and
 * {@link #store}.
 */
final class FactorSampler implements Walk.Walker {
    /** Probabilities of zero are kept this far, in logits, from 0 and 1, where they would stay for ever. */
    private static final double MOST_LOGIT = 36;

    private final FactorForm form;
    private final FactorMoves moves;

    private final List<Optional<UnitArgument>> unitsW;
    private final List<Optional<UnitArgument>> unitsH;

    private double[] theta;
    private double[][] w;
    private double[][] h;

    FactorSampler(FactorMoves moves) {
        this.moves = moves;
        form = moves.form();
        unitsW = UnitArgument.of(form, form.w());
        unitsH = UnitArgument.of(form, form.h());
        theta = new double[form.model().dimension()];
    }

    @Override
    public void load(double[] from, int at) {
        theta = Arrays.copyOfRange(from, at, at + theta.length);
        w = form.w(theta, 0);
        h = form.h(theta, 0);
    }

    @Override
    public void store(double[] to, int at) {
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

    @Override
    public double raised() {
        return logLikelihood();
    }

    /**
     * Moves every unknown once.
     *
     * @param beta exponent of the likelihood. Of sparse counts it is the share of the counts that is looked at: the
     *     information is the same, the density that of a sample
     */
    @Override
    public void sweep(RandomSource random, double beta) {
        Shape[] priorsW = priors(form.w().orElse(null));
        Shape[] priorsH = priors(form.h().orElse(null));
        if (form.isSparse() || moves.counts() != null && beta == 1) {
            moves.counts().move(random, w, h, priorsW, priorsH, beta);
            if (beta == 1) {
                jump(random);
            }
        } else {
            double[] ofFeatures = moves.likelihood().scaleOfFeatures(theta);
            double[] ofSamples = ones(form.samples());
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
        if (priorsW != null && priorsH != null) {
            units(random);
        }
        if (beta < 1 && !form.isSparse()) {
            withEntries(random, form.w().orElse(null), w, unitsW, beta);
            withEntries(random, form.h().orElse(null), h, unitsH, beta);
            zeros(random, beta);
        }
        moves.likelihood().moveScales(random, w, h, theta, beta);
    }

    /** Moves the scales of components with the inferred units of their priors. */
    private void units(RandomSource random) {
        for (int k = 0; k < form.rank(); k++) {
            Optional<UnitArgument> ofW = unitsW.get(k);
            Optional<UnitArgument> ofH = unitsH.get(k);
            if (ofW.isPresent() || ofH.isPresent()) {
                Shape priorW = form.w().orElseThrow().shape(theta, k);
                Shape priorH = form.h().orElseThrow().shape(theta, k);
                ScaleMove.withUnits(random, w[k], h[k], priorW, priorH, ofW, ofH, theta);
            }
        }
    }

    /**
     * Moves one component, drawn at random, without regard to how counts are split: a split that gives an entry a count holds
     * it off zero.
     */
    private void jump(RandomSource random) {
        if (moves.jumpW() == null && moves.jumpH() == null) {
            return;
        }
        int k = random.nextInt(form.rank());
        jump(random, moves.jumpW(), k, w, h, form.w());
        jump(random, moves.jumpH(), k, h, w, form.h());
    }

    private void jump(RandomSource random, JumpMove move, int k, double[][] a, double[][] b, Optional<PriorSide> side) {
        if (move != null) {
            Shape prior = side.orElseThrow().shape(theta, k);
            move.move(random, k, a, b, ones(a[k].length), ones(b[k].length), prior, 1);
        }
    }

    private static double[] ones(int n) {
        double[] ones = new double[n];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Moves one inferred probability of zero, drawn at random, with the entries that it decides on. */
    private void zeros(RandomSource random, double beta) {
        List<Hyper> inferred = form.hypers().stream().filter(this::ofZeros).toList();
        if (!inferred.isEmpty()) {
            Hyper hyper = inferred.get(random.nextInt(inferred.size()));
            ZeroMove.move(random, hyper, form, w, h, theta, () -> beta * logLikelihood());
        }
    }

    /** True if a number is a probability of zero and nothing else. */
    private boolean ofZeros(Hyper hyper) {
        boolean found = false;
        for (PriorSide side : form.sides()) {
            for (int k = 0; k < form.rank(); k++) {
                int at = k;
                if (side.args().stream().anyMatch(a -> a.is(at, hyper.offset()))) {
                    return false;
                }
                found |= side.zero().isPresent() && side.zero().get().is(k, hyper.offset());
            }
        }
        return found;
    }

    private Shape[] priors(PriorSide side) {
        return side == null ? null : side.shapes(theta, form.rank());
    }

    /** Moves the inferred arguments of the priors. */
    private void hypers(RandomSource random) {
        if (form.hypers().isEmpty()) {
            return;
        }
        PriorSide.Statistics[] ofW = PriorSide.Statistics.ofEach(w);
        PriorSide.Statistics[] ofH = PriorSide.Statistics.ofEach(h);
        for (Hyper hyper : form.hypers()) {
            if (LocationDraw.fits(form, hyper)) {
                LocationDraw.draw(random, form, hyper, ofW, ofH, theta);
                continue;
            }
            if (conjugate(random, hyper, ofW, ofH)) {
                continue;
            }
            boolean positive = hyper.positive();
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
                        return log + touched(form.w(), ofW, hyper) + touched(form.h(), ofH, hyper);
                    },
                    positive ? 0.5 : Math.max(1e-3, spreadOfPrior(hyper)));
            theta[hyper.offset()] = positive ? Math.exp(moved) : moved;
        }
    }

    private double touched(Optional<PriorSide> side, PriorSide.Statistics[] s, Hyper hyper) {
        return side.map(p -> p.touched(s, hyper.offset(), theta)).orElse(0.0);
    }

    /** Draws a probability of zero from its conditional, a beta distribution; false if it has another. */
    private boolean conjugate(
            RandomSource random, Hyper hyper, PriorSide.Statistics[] ofW, PriorSide.Statistics[] ofH) {
        if (!(hyper.family() instanceof Beta) || !ofZeros(hyper)) {
            return false;
        }
        double zeros = 0;
        double others = 0;
        for (PriorSide side : form.sides()) {
            for (int k = 0; k < form.rank(); k++) {
                if (side.zero().isPresent() && side.zero().get().is(k, hyper.offset())) {
                    int n = (side == form.w().orElse(null) ? ofW : ofH)[k].count();
                    others += n;
                    zeros += side.size() - n;
                }
            }
        }
        double a = GammaDraw.log(random, hyper.arguments()[0] + zeros);
        double b = GammaDraw.log(random, hyper.arguments()[1] + others);
        double logit = Math.max(-MOST_LOGIT, Math.min(MOST_LOGIT, a - b));
        theta[hyper.offset()] = 1 / (1 + Math.exp(-logit));
        return true;
    }

    /**
     * Moves what is inferred for the prior of a component drawn at random with its entries. The data hold the entries at their
     * places when all of the likelihood counts, so that only tempered states need it.
     */
    private void withEntries(
            RandomSource random, PriorSide side, double[][] a, List<Optional<UnitArgument>> units, double beta) {
        if (side == null || side.args().stream().noneMatch(PriorSide.Argument::inferred)) {
            return;
        }
        int k = random.nextInt(form.rank());
        units.get(k).ifPresent(unit -> PlaceMove.unit(random, unit, a[k], theta, () -> beta * logLikelihood()));
        if (side.family() instanceof GammaMean) {
            form.own(side.args().get(0), k)
                    .ifPresent(shape -> ShapeMove.move(
                            random,
                            shape,
                            side,
                            side.arguments(theta, k)[1],
                            a[k],
                            theta,
                            () -> beta * logLikelihood()));
        }
        if (side.family() instanceof LogNormal || side.family() instanceof LogNormalMean) {
            form.own(side.args().get(1), k)
                    .ifPresent(sigma ->
                            PlaceMove.scatter(random, sigma, side, k, a[k], theta, () -> beta * logLikelihood()));
        }
    }

    private static double spreadOfPrior(Hyper hyper) {
        return 0.25
                * (hyper.family().quantile(0.84, hyper.arguments())
                        - hyper.family().quantile(0.16, hyper.arguments()));
    }

    /** The log prior of those components of a factor whose arguments include this number. */
}
