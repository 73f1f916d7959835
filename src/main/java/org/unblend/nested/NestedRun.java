package org.unblend.nested;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.DoublePredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.unblend.density.Target;
import org.unblend.infer.Budget;
import org.unblend.infer.Evaluator;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * One static run of nested sampling (Skilling 2006, Bayesian Analysis 1, 833): the live points are draws from the prior
 * above a threshold; the least likely die, their likelihood becomes the threshold, and new draws above it take their
 * places, until the live points hold little of the evidence. Points that tie at the minimum die together before any is
 * replaced, so that a plateau keeps its prior mass.
 */
final class NestedRun {
    /** Prior draws per live point after which a likelihood that is zero nearly everywhere is no longer waited for. */
    private static final int PRIOR_DRAWS_PER_LIVE = 1000;

    /** Consecutive proposals without one above the threshold after which a run gives up. */
    private static final int FRUITLESS = 1_000_000;

    /**
     * A mean over live points is no measure of what is left where a few of them are far above the others, as in the neck of
     * a funnel: a run goes on until the best of them has no more promise than this many times what may be left.
     */
    private static final double PROMISE = 5;

    /** Told at each batch; for progress. */
    @FunctionalInterface
    interface Listener {
        void batch(NestedRun run);
    }

    private final Target target;
    private final int nominal;
    private final int batch;
    private final double dlogz;
    private final Explorer explorer;
    private final Evaluator evaluator;
    private final Budget budget;
    private final Listener listener;
    private final Optional<Segment> segment;
    private final RandomStream random;
    private final RandomSource tie;

    /** Ascending log likelihood. */
    private final ArrayList<Point> live = new ArrayList<>();

    private final ArrayList<Point> dead = new ArrayList<>();

    /** What explorers are told: the dead, after those of earlier runs. */
    private final ArrayList<Point> past = new ArrayList<>();

    private final IntStream.Builder ranks = IntStream.builder();
    private final IntStream.Builder others = IntStream.builder();
    private final IntStream.Builder batchOf = IntStream.builder();
    private final DoubleStream.Builder lostShare = DoubleStream.builder();
    private final DoubleStream.Builder jumps = DoubleStream.builder();
    private int batches;
    private double logVolume;
    private double logZ = Double.NEGATIVE_INFINITY;
    private Candidates queue;
    private int queued;
    private Optional<String> stopped = Optional.empty();

    NestedRun(
            Target target,
            NestedSettings settings,
            double dlogz,
            Explorer explorer,
            Evaluator evaluator,
            Budget budget,
            RandomStream random,
            Listener listener) {
        this(target, settings, dlogz, explorer, evaluator, budget, random, listener, Optional.empty());
    }

    /** @param segment the piece of the prior volume to run through, if not all of it */
    NestedRun(
            Target target,
            NestedSettings settings,
            double dlogz,
            Explorer explorer,
            Evaluator evaluator,
            Budget budget,
            RandomStream random,
            Listener listener,
            Optional<Segment> segment) {
        this.segment = segment;
        this.target = target;
        this.nominal = settings.live(target.cubeDimension());
        this.batch = settings.batch(target.cubeDimension());
        this.dlogz = dlogz;
        this.explorer = explorer;
        this.evaluator = evaluator;
        this.budget = budget;
        this.random = random;
        this.tie = random.split("tie").generator();
        this.listener = listener;
    }

    /**
     * Runs to the end.
     *
     * @throws IllegalStateException if the likelihood is zero at all prior draws, NaN or infinite
     */
    RunRecord run() {
        if (segment.isEmpty()) {
            drawFromPrior();
        } else {
            drawFromContour(segment.get());
        }
        double until = segment.map(Segment::until).orElse(Double.POSITIVE_INFINITY);
        boolean plateau = false;
        int stopCheck = 0;
        while (stopped.isEmpty() && live.get(0).logL() < until) {
            int tied = tied();
            if (tied == live.size()) {
                plateau = true;
                break;
            }
            // The mean over the live points is too dear to be taken at each death.
            if (dead.size() >= stopCheck) {
                if (remainingEvidence() < dlogz && promise() < PROMISE * dlogz) {
                    break;
                }
                stopCheck = dead.size() + Math.max(1, nominal / 50);
            }
            replace(tied);
        }
        double left = remainingEvidence();
        int remaining = live.size();
        for (Point p : live) {
            batchOf.add(batches - 1);
            dead.add(p);
        }
        return new RunRecord(
                dead,
                remaining,
                ranks.build().toArray(),
                others.build().toArray(),
                batchOf.build().toArray(),
                lostShare.build().toArray(),
                jumps.build().toArray(),
                plateau,
                stopped,
                left);
    }

    /** ln Z of the dead points, as far as it is known. */
    double logZ() {
        return logZ;
    }

    /** Expected ln of the prior volume above the threshold. */
    double logVolume() {
        return logVolume;
    }

    /** Log likelihood of the best live point. */
    double highest() {
        return live.isEmpty()
                ? Double.NEGATIVE_INFINITY
                : live.get(live.size() - 1).logL();
    }

    int deaths() {
        return dead.size();
    }

    String explorer() {
        return explorer.describe();
    }

    /** The part of ln Z that the live points hold: {@code ln(1 + X mean(L_live) / Z)}. */
    double remainingEvidence() {
        double[] l = live.stream().mapToDouble(Point::logL).toArray();
        if (l.length == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double inLive = logVolume + LogSum.of(l) - Math.log(l.length);
        return logZ == Double.NEGATIVE_INFINITY ? Double.POSITIVE_INFINITY : LogSum.add(0, inLive - logZ);
    }

    /** The part of Z that the live points would hold if all were as likely as the best of them. */
    private double promise() {
        return Math.exp(logVolume + highest() - logZ);
    }

    /**
     * Draws from the prior until one more than the wanted number of live points have a likelihood above zero, and drops
     * that last one: the fraction of the prior where the likelihood is zero is then estimated without bias in ln X
     * (inverse binomial sampling, Haldane 1945, Biometrika 33, 222).
     */
    private void drawFromPrior() {
        int d = target.cubeDimension();
        ArrayList<Point> zero = new ArrayList<>();
        int positive = 0;
        int drawn = 0;
        long most = (long) nominal * PRIOR_DRAWS_PER_LIVE;
        for (int b = 0; positive <= nominal && drawn < most; b++) {
            if (positive > 0 && outOfBudget()) {
                break;
            }
            int rows = Math.max(batch, nominal + 1 - positive);
            RandomSource source = random.split("prior").split(b).generator();
            double[] u = new double[rows * d];
            for (int i = 0; i < u.length; i++) {
                u[i] = source.nextOpen();
            }
            Candidates c = Candidates.evaluate(u, rows, target, evaluator);
            tally(c, Double.NEGATIVE_INFINITY);
            for (int row = 0; row < rows && positive <= nominal; row++) {
                Point point = c.point(row, Double.NEGATIVE_INFINITY, drawn);
                if (point.logL() == Double.NEGATIVE_INFINITY) {
                    zero.add(point);
                    drawn++;
                } else if (++positive <= nominal) {
                    insert(point);
                    drawn++;
                }
            }
            listener.batch(this);
        }
        if (positive == 0) {
            throw new IllegalStateException("the likelihood is zero at all of " + drawn
                    + " draws from the prior: check the model, or narrow the prior to where the data are possible");
        }
        live.addAll(0, zero);
    }

    /** Draws live points above the threshold of a segment, each the beginning of a thread. */
    private void drawFromContour(Segment s) {
        logVolume = s.front().logVolume();
        logZ = s.logZ();
        past.addAll(s.front().dead());
        double birth = Math.max(s.front().threshold(), -Double.MAX_VALUE);
        if (s.again()) {
            s.front().live().forEach(p -> insert(new Point(p.u(), p.theta(), p.logL(), birth, live.size())));
        }
        long fruitless = 0;
        while (live.size() < nominal && fruitless < FRUITLESS) {
            if (!live.isEmpty() && outOfBudget()) {
                return;
            }
            Candidates c = explorer.next(s.front());
            int above = tally(c, birth);
            fruitless = above > 0 ? 0 : fruitless + c.rows();
            for (int row = 0; row < c.rows() && live.size() < nominal; row++) {
                if (c.logL()[row] > birth) {
                    insert(c.point(row, birth, live.size()));
                }
            }
            listener.batch(this);
        }
        if (live.isEmpty()) {
            throw new IllegalStateException("none of " + fruitless + " proposals was above log likelihood " + birth
                    + ", where an earlier run found points: raise live");
        }
    }

    /** Number of live points at the lowest likelihood. */
    private int tied() {
        double lowest = live.get(0).logL();
        int tied = 1;
        while (tied < live.size() && live.get(tied).logL() == lowest) {
            tied++;
        }
        return tied;
    }

    /** Kills the lowest {@code tied} points, then fills the vacant places. */
    private void replace(int tied) {
        double threshold = live.get(0).logL();
        int[] freed = new int[tied];
        for (int j = 0; j < tied; j++) {
            double before = logVolume;
            logVolume -= 1.0 / (live.size() - j);
            logZ = LogSum.add(logZ, threshold + LogSum.subtract(before, logVolume));
            freed[j] = live.get(j).thread();
            dead.add(live.get(j));
            past.add(live.get(j));
            batchOf.add(batches - 1);
        }
        live.subList(0, tied).clear();
        // A birth at -infinity means the whole prior, which this is not.
        double birth = Math.max(threshold, -Double.MAX_VALUE);
        int next = 0;
        long fruitless = 0;
        while (live.size() < nominal) {
            if (queue == null || queued == queue.rows()) {
                if (outOfBudget()) {
                    return;
                }
                queue = explorer.next(new Front(live, past, threshold, logVolume));
                queued = 0;
                fruitless = tally(queue, threshold) > 0 ? 0 : fruitless + queue.rows();
                listener.batch(this);
                if (fruitless >= FRUITLESS) {
                    stopped = Optional.of("none of " + fruitless + " proposals was above the threshold");
                    return;
                }
            }
            int row = queued++;
            if (queue.logL()[row] > threshold) {
                others.add(live.size());
                ranks.add(insert(queue.point(row, birth, freed[next++ % tied])));
                queue.chains().ifPresent(c -> jumps.add(c.jump()[row]));
            }
        }
    }

    private int tally(Candidates c, double threshold) {
        int above = c.above(threshold);
        batches++;
        lostShare.add(c.lostShare(threshold));
        return above;
    }

    private boolean outOfBudget() {
        stopped = budget.exhausted();
        return stopped.isPresent();
    }

    /** Adds a live point; its rank among equals is drawn at random. */
    private int insert(Point p) {
        int below = first(l -> l >= p.logL());
        int equal = first(l -> l > p.logL()) - below;
        int rank = equal == 0 ? below : below + tie.nextInt(equal + 1);
        live.add(rank, p);
        return rank;
    }

    /** The first live point whose likelihood satisfies what all higher ones satisfy too. */
    private int first(DoublePredicate enough) {
        int low = 0;
        int high = live.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (enough.test(live.get(middle).logL())) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
