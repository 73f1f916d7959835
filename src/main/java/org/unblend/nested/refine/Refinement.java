package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Progress;
import org.unblend.infer.RunContext;
import org.unblend.math.LogSum;
import org.unblend.math.RandomStream;

/**
 * An estimate of the evidence that does not rest on nested sampling's volumes: importance sampling from a proposal that is
 * frozen before the draws that count are made. Then {@code Z = mean of w = L pi / q} over independent draws from q, without
 * bias, and the relative error is {@code sqrt(1/ESS - 1/N)}. Draws by which the proposal was adapted are thrown away:
 * counting them too biases Z. The proposal is fitted to posterior draws of nested sampling, then in rounds to its own
 * draws as well; it is a mixture, Student-t or with shells ({@link RadialLaw}), in the cube, in
 * probits or in coordinates in which bent ridges are straight ({@link Bend}), or that mixture thinned by a network
 * ({@link Thinning}), whichever gives nested-sampling draws that it was not fitted to the higher density.
 *
 * <p>Modes far away that nested sampling lost are lost here too, and k-hat does not tell. What can be told is refused
 * ({@link Refined#refused}): weights with heavy tails, held-out nested-sampling draws where the proposal does not come,
 * more of them than of its own draws where it seldom comes ({@link Witnesses}), an evidence that differs from that of nested
 * sampling by more than its error, a narrow peak that a search meets afterwards ({@link PeakSearch}).
 */
public final class Refinement {
    /** Above this k-hat the error of the mean weight is not to be trusted. */
    private static final double MOST_SHAPE = 0.6;

    /**
     * Above this k-hat a proposal must fit as well as {@link #LEAST_EFFICIENCY}. On Rosenbrock's chain in 8 dimensions, where the
     * far end of a bent ridge is missing, ln Z is too low by 3 to 5 errors with k-hat 0.56 to 0.6 and 0.09 effective draws per
     * evaluation; where it is right with such a k-hat, there are 0.16 and more (log-gammas in 10, funnel in 5). A proposal that is
     * as good along each coordinate is worth less the more there are: beyond 8 dimensions the bound falls as its power d/8.
     * Log-gammas in 20, whose ln Z is right, reach 0.025 to 0.06.
     */
    private static final double DOUBTFUL_SHAPE = 0.5;

    private static final double LEAST_EFFICIENCY = 0.13;

    /** Most held-out posterior weight at places where no counting draw has been. */
    private static final double MOST_MISSED = 0.01;

    /** Standard errors by which held-out draws may have more weight where the proposal seldom comes. */
    private static final double MOST_EXCESS = 3.5;

    /** Most evidence that a search for peaks may find beside what was counted. */
    static final double MOST_HIDDEN = 0.02;

    /** Disagreement with nested sampling, in standard errors. */
    private static final double MOST_APART = 3.5;

    /** Effective draws per dimension that nested sampling must have found. */
    private static final double LEAST_ESS = 20;

    private static final int ROUNDS = 3;
    private static final int THINNED_ROUNDS = 5;

    /** Missed weight of held-out draws below which adapting further does not pay. */
    private static final double FINE = 0.003;

    /** Power of the likelihood to which the wide part of a thinned proposal is fitted. */
    private static final double FLAT = 0.5;

    private static final int ROWS_PER_ROUND = 1500;
    private static final int ROWS_PER_BATCH = 1000;

    /** Effective draws per evaluation beyond which adapting further does not pay. */
    private static final double ENOUGH = 0.5;

    private static final double LEAST_KEPT = 0.02;
    private static final int TRAINING_ROWS = 300_000;

    private final Target target;
    private final Evaluator evaluator;
    private final RunContext context;
    private final RandomStream random;
    private final RefineGoal goal;
    private final Explored found;
    private final long before;
    private final List<Sum> rounds = new ArrayList<>();
    private Optional<String> stop = Optional.empty();

    private Refinement(Target target, Evaluator evaluator, RunContext context, Explored found, RefineGoal goal) {
        this.target = target;
        this.evaluator = evaluator;
        this.context = context;
        this.random = context.random().split("refinement");
        this.goal = goal;
        this.found = found;
        this.before = evaluator.evaluations();
    }

    /**
     * Adapts, freezes, draws, judges.
     *
     * @param target the problem
     * @param evaluator counts the evaluations of the run
     * @param context its budget is asked between batches
     * @param found draws of nested sampling
     * @param goal when to stop
     * @return empty if nested sampling found too little to begin with
     */
    public static Optional<Refined> of(
            Target target, Evaluator evaluator, RunContext context, Explored found, RefineGoal goal) {
        int d = target.cubeDimension();
        if (!(LogSum.of(found.logWeight()) > Double.NEGATIVE_INFINITY)) {
            return Optional.empty();
        }
        if (cloud(found, d).ess() < LEAST_ESS * (d + 1)) {
            return Optional.empty();
        }
        Refinement refinement = new Refinement(target, evaluator, context, found, goal);
        Cloud witnesses = cloud(found.part(5, 0, 2), d);
        List<Proposal> frozen = refinement.adapted(found.part(5, 2, 5), cloud(found.part(5, 0, 1), d));
        Refined best = refinement.counted(frozen.get(0), 0, witnesses);
        if (best.accepted() || frozen.size() == 1 || !refinement.goesOn()) {
            return Optional.of(best);
        }
        Refined other = refinement.counted(frozen.get(1), 1, witnesses);
        return Optional.of(other.accepted() ? other : best);
    }

    private static Cloud cloud(Explored found, int d) {
        return Cloud.of(found.u(), found.logL(), found.logWeight(), d);
    }

    /** The frozen proposals, the one that promises more first. */
    private List<Proposal> adapted(Explored seen, Cloud judges) {
        Proposal base = BestFit.of(together(seen, 1), true, random.split("fit"), context.parallel());
        Sum last = Sum.EMPTY;
        boolean fine = false;
        for (int r = 0; r < ROUNDS && !fine && goesOn(); r++) {
            last = round(base, ROWS_PER_ROUND, random.split("round").split(r));
            fine = last.efficiency() >= ENOUGH && Witnesses.of(base, judges).missed(last) < FINE;
            base = fine
                    ? base
                    : BestFit.near(
                            base, together(seen, 1), random.split("refit").split(r), context.parallel());
        }
        if (fine) {
            return List.of(base);
        }
        Proposal thinned = base;
        for (int r = 0; r < THINNED_ROUNDS && !fine && goesOn(); r++) {
            RandomStream stream = random.split("thin").split(r);
            Proposal wide = base.wide(together(seen, FLAT), stream.split("wide"), context.parallel());
            thinned = wide.with(learned(wide, seen, stream));
            last = round(thinned, ROWS_PER_ROUND, stream.split("draw"));
            fine = r > 0 && Witnesses.of(thinned, judges).missed(last) < FINE;
            base = fine ? base : BestFit.near(base, together(seen, 1), stream.split("refit"), context.parallel());
        }
        return thinned == base
                ? List.of(base)
                : efficiency(thinned, judges) > efficiency(base, judges)
                        ? List.of(thinned, base)
                        : List.of(base, thinned);
    }

    private double efficiency(Proposal p, Cloud judges) {
        double[] candidates = p.candidates(random.split("kept").generator(), 8 * Proposal.PIECE);
        return p.logEfficiency(judges, p.keptPart(candidates));
    }

    /**
     * The draws of nested sampling and those of all rounds, by what they are worth.
     *
     * @param power of the likelihood: 1 for the posterior, less for something wider
     */
    private Cloud together(Explored seen, double power) {
        List<Cloud> clouds = new ArrayList<>();
        List<Double> worth = new ArrayList<>();
        double own = 0;
        for (Sum round : rounds) {
            if (round.ess() > 0) {
                Cloud c = flattened(round.u(), round.logL(), round.logWeight(), power)
                        .truncated();
                clouds.add(c);
                worth.add(c.ess());
                own += c.ess();
            }
        }
        Cloud nested = flattened(seen.u(), seen.logL(), seen.logWeight(), power);
        clouds.add(nested);
        // Draws of nested sampling come in families, and their weights carry the errors of its volumes.
        worth.add(Math.min(nested.ess() / 4, Math.max(own, 100)));
        return Cloud.union(clouds, worth.stream().mapToDouble(w -> w).toArray());
    }

    private Cloud flattened(double[] u, double[] logL, double[] logWeight, double power) {
        double[] w = logWeight.clone();
        for (int i = 0; i < w.length; i++) {
            w[i] -= w[i] > Double.NEGATIVE_INFINITY ? (1 - power) * logL[i] : 0;
        }
        return Cloud.of(u, logL, w, target.cubeDimension());
    }

    private Thinning learned(Proposal base, Explored seen, RandomStream stream) {
        int d = target.cubeDimension();
        List<double[]> u = new ArrayList<>();
        List<double[]> logL = new ArrayList<>();
        List<double[]> weight = new ArrayList<>();
        u.add(seen.u());
        logL.add(seen.logL());
        weight.add(new double[seen.logL().length]);
        for (Sum round : rounds) {
            u.add(round.u());
            logL.add(round.logL());
            weight.add(new double[round.rows()]);
        }
        Cloud scale = together(seen, 1);
        u.add(scale.u());
        logL.add(scale.logL());
        weight.add(scale.weight());
        double[] z = base.chart().of(Cloud.joined(u));
        double[] ratio = base.logFactors(z);
        double[] l = Cloud.joined(logL);
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] += l[i];
        }
        double[] candidates = base.candidates(stream.split("candidates").generator(), 4 * Proposal.PIECE);
        return Thinning.learn(
                z,
                ratio,
                Cloud.joined(weight),
                candidates,
                d,
                LEAST_KEPT,
                TRAINING_ROWS,
                stream.split("network"),
                context.parallel());
    }

    private Refined counted(Proposal frozen, int which, Cloud held) {
        Witnesses witnesses = Witnesses.of(frozen, held);
        List<Sum> parts = new ArrayList<>();
        Tally tally = new Tally();
        for (int b = 0; b == 0 || !goal.reached(tally, witnesses.above(tally.highest())) && goesOn(); b++) {
            Sum part = draw(
                    frozen, ROWS_PER_BATCH, random.split("count").split(which).split(b));
            parts.add(part);
            tally.add(part);
        }
        Sum sum = Sum.of(parts);
        double missed = witnesses.missed(sum);
        double logSum = LogSum.of(sum.logWeight());
        Witnesses.Excess excess = witnesses.excess(sum);
        Optional<String> unfit = unfit(sum, missed, excess, held);
        Optional<String> apart = unfit.isPresent() ? Optional.empty() : apart(sum);
        double hidden = unfit.or(() -> apart).isPresent()
                ? 0
                : PeakSearch.hidden(
                        frozen,
                        sum,
                        this::draw,
                        this::logLikelihoods,
                        () -> context.budget().exhausted().isEmpty(),
                        random.split("search").split(which),
                        context.parallel());
        return new Refined(
                sum.logZ(),
                Math.hypot(sum.error(), Math.max(missed, Math.log1p(hidden))),
                sum.ess(),
                sum.paretoShape(),
                missed,
                hidden,
                evaluator.evaluations() - before,
                sum.rows(),
                frozen.kind(),
                apart.isPresent(),
                unfit.or(() -> apart).or(() -> peaked(hidden)),
                sum.u(),
                sum.theta(),
                sum.logL(),
                Arrays.stream(sum.logWeight()).map(w -> w - logSum).toArray());
    }

    private static Optional<String> peaked(double hidden) {
        return hidden > MOST_HIDDEN
                ? Optional.of(text(
                        "at higher likelihoods than were explored there is a peak with %.3g times the evidence",
                        hidden))
                : Optional.empty();
    }

    private Optional<String> unfit(Sum sum, double missed, Witnesses.Excess excess, Cloud witnesses) {
        double shape = sum.paretoShape();
        if (!(sum.ess() > 0) || shape > MOST_SHAPE) {
            return Optional.of(
                    text("the weights have a heavy tail: k-hat %.2f, at most %.2f allowed", shape, MOST_SHAPE));
        }
        double least = Math.pow(LEAST_EFFICIENCY, Math.max(1, target.cubeDimension() / 8.0));
        if (shape > DOUBTFUL_SHAPE && sum.efficiency() < least) {
            return Optional.of(text(
                    "the proposal does not fit: %.2g effective draws per evaluation with k-hat %.2f, at least %.2g wanted",
                    sum.efficiency(), shape, least));
        }
        double allowed = MOST_MISSED + 3 * Math.sqrt(MOST_MISSED / witnesses.ess());
        if (missed > allowed) {
            return Optional.of(text(
                    "%.3g of the weight of held-out nested-sampling draws is where the proposal never came", missed));
        }
        return excess.z() > MOST_EXCESS
                ? Optional.of(text(
                        "%.3g of the weight of held-out nested-sampling draws is where the proposal has %.3g of its own",
                        excess.seen(), excess.share()))
                : Optional.empty();
    }

    private Optional<String> apart(Sum sum) {
        double apart = Math.abs(sum.logZ() - found.logZ()) / Math.hypot(sum.error(), found.error());
        return apart > MOST_APART
                ? Optional.of(text(
                        "ln Z %.3f ± %.3f is %.1f standard errors from that of nested sampling, %.3f ± %.3f",
                        sum.logZ(), sum.error(), apart, found.logZ(), found.error()))
                : Optional.empty();
    }

    private Sum round(Proposal p, int rows, RandomStream stream) {
        Sum round = draw(p, rows, stream);
        rounds.add(round);
        return round;
    }

    /** About so many evaluations, in one batch. */
    private Sum draw(Proposal p, int rows, RandomStream stream) {
        double[] some = p.candidates(stream.split("rate").generator(), Proposal.PIECE);
        int pieces = (int) Math.ceil(rows / (p.keptPart(some) * Proposal.PIECE));
        Proposal.Kept[] made = new Proposal.Kept[pieces];
        context.parallel().forRanges(pieces, 1, (from, to) -> made[from] = p.draw(stream.split(from)));
        double[] u = Cloud.joined(Arrays.stream(made).map(Proposal.Kept::u).toList());
        double[] logWeight =
                Cloud.joined(Arrays.stream(made).map(Proposal.Kept::logFactor).toList());
        int n = logWeight.length;
        double[] theta = new double[n * target.dimension()];
        target.priorTransform(u, theta, n);
        double[] logL = new double[n];
        evaluator.logLikelihood(theta, logL, n);
        for (int i = 0; i < n; i++) {
            logWeight[i] += logL[i];
        }
        stop = context.budget().exhausted();
        context.progress()
                .report(new Progress.Status(
                        "nested",
                        0.9,
                        text("logZ %.2f ± %.2f", found.logZ(), found.error()),
                        "refining with " + p.kind(),
                        evaluator.evaluations(),
                        "ok"));
        return new Sum(u, theta, logL, logWeight, (long) pieces * Proposal.PIECE);
    }

    private double[] logLikelihoods(double[] u) {
        int n = u.length / target.cubeDimension();
        double[] theta = new double[n * target.dimension()];
        target.priorTransform(u, theta, n);
        double[] logL = new double[n];
        evaluator.logLikelihood(theta, logL, n);
        return logL;
    }

    private boolean goesOn() {
        return stop.isEmpty() && evaluator.evaluations() - before < goal.evaluations();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
