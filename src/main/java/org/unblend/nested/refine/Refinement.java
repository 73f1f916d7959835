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

    /**
     * Disagreement with nested sampling, in standard errors. Those of light explorations, of few live points and slices, are a little
     * small: four of some 700 were 3.6 to 3.8 errors away, to either side, where the refined value is right.
     */
    private static final double MOST_APART = 4.5;

    /** Effective draws per dimension that nested sampling must have found. */
    private static final double LEAST_ESS = 20;

    /** Frozen proposals that are tried, each adapted further than the one before. */
    private static final int ATTEMPTS = 3;

    private static final int ROWS_PER_BATCH = 1000;

    private final Target target;
    private final Evaluator evaluator;
    private final RunContext context;
    private final RandomStream random;
    private final RefineGoal goal;
    private final Explored found;
    private final long before;
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
        return Optional.of(new Refinement(target, evaluator, context, found, goal).attempts());
    }

    private static Cloud cloud(Explored found, int d) {
        return Cloud.of(found.u(), found.logL(), found.logWeight(), d);
    }

    /** A proposal that does not fit is adapted further, to the draws too that were to count: the next ones are fresh. */
    private Refined attempts() {
        int d = target.cubeDimension();
        Cloud witnesses = cloud(found.part(5, 0, 2), d);
        Adaptation adaptation = new Adaptation(
                found.part(5, 2, 5),
                cloud(found.part(5, 0, 1), d),
                this::draw,
                this::logLikelihoods,
                this::goesOn,
                random,
                context.parallel());
        Refined first = null;
        for (int which = 0; which < ATTEMPTS && (first == null || goesOn()); which++) {
            Counted now = counted(adaptation.next(which), adaptation.latest(), which, witnesses);
            if (now.refined().accepted() || !now.unfit()) {
                return now.refined();
            }
            first = first == null ? now.refined() : first;
            adaptation.learnFrom(now.sum());
        }
        return first;
    }

    /**
     * The draws of one frozen proposal.
     *
     * @param unfit whether they were refused for something that adapting further may mend
     */
    private record Counted(Refined refined, Sum sum, boolean unfit) {}

    private Counted counted(Proposal frozen, List<Pool.Part> adapted, int which, Cloud held) {
        Witnesses witnesses = Witnesses.of(frozen, held);
        double beside = adapted.stream().mapToDouble(p -> p.draws().ess()).sum();
        Drawn drawn = drawn(frozen, which, witnesses, beside);
        Sum sum = drawn.sum();
        double missed = witnesses.missed(sum);
        Optional<String> unfit = drawn.hopeless().or(() -> unfit(sum, missed, witnesses.excess(sum), held));
        Optional<String> apart = unfit.isPresent() ? Optional.empty() : apart(sum);
        double hidden = unfit.or(() -> apart).isPresent() ? 0 : hidden(frozen, sum, which);
        Sum pooled = unfit.isPresent() ? sum : pooled(adapted, frozen, sum);
        double logSum = LogSum.of(pooled.logWeight());
        Refined refined = new Refined(
                sum.logZ(),
                Math.hypot(sum.error(), Math.max(missed, Math.log1p(hidden))),
                pooled.ess(),
                sum.paretoShape(),
                missed,
                hidden,
                evaluator.evaluations() - before,
                sum.rows(),
                frozen.kind(),
                apart.isPresent(),
                unfit.or(() -> apart).or(() -> peaked(hidden)),
                pooled.u(),
                pooled.theta(),
                pooled.logL(),
                Arrays.stream(pooled.logWeight()).map(w -> w - logSum).toArray());
        return new Counted(refined, sum, unfit.isPresent());
    }

    /**
     * The draws that count.
     *
     * @param hopeless why drawing stopped before the goal, if another proposal may reach it sooner
     */
    private record Drawn(Sum sum, Optional<String> hopeless) {}

    private Drawn drawn(Proposal frozen, int which, Witnesses witnesses, double beside) {
        RandomStream streams = random.split("count").split(which);
        List<Sum> parts = new ArrayList<>();
        Tally tally = new Tally();
        boolean hopeless = false;
        do {
            Sum part = draw(frozen, ROWS_PER_BATCH, streams.split(parts.size()));
            parts.add(part);
            tally.add(part);
            hopeless = parts.size() > 1 && which < ATTEMPTS - 1 && goal.rowsNeeded(tally) - tally.rows() > left();
        } while (!hopeless
                && goesOn()
                && !goal.reached(tally, witnesses.above(tally.highest()), evaluator.evaluations(), beside));
        return new Drawn(Sum.of(parts), hopeless ? Optional.of(tooMany(tally)) : Optional.empty());
    }

    private double hidden(Proposal frozen, Sum sum, int which) {
        return PeakSearch.hidden(
                frozen,
                sum,
                this::draw,
                this::logLikelihoods,
                () -> context.budget().exhausted().isEmpty(),
                random.split("search").split(which),
                context.parallel());
    }

    private Sum pooled(List<Pool.Part> adapted, Proposal frozen, Sum sum) {
        List<Pool.Part> all = new ArrayList<>(adapted);
        all.add(new Pool.Part(frozen, sum));
        return new Pool(all).draws(context.parallel());
    }

    private String tooMany(Tally tally) {
        return text(
                "the proposal does not fit: about %.0f draws would be needed, more than are allowed",
                goal.rowsNeeded(tally));
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
        return stop.isEmpty() && left() > 0;
    }

    private long left() {
        return goal.evaluations() - (evaluator.evaluations() - before);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
