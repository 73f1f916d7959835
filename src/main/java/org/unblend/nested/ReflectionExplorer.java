package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.CubeGradient;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Walks from live points by reflections at the border of what is above the threshold, a whole batch of walkers in step. It
 * needs the derivatives of the likelihood. The cost of a point hardly grows with the dimension where the border is near an
 * ellipsoid.
 */
final class ReflectionExplorer implements Explorer {
    /** Reversals per way with reflections that the length of steps aims at: half of the short ones are refused as well. */
    private static final double WANTED = 0.5;

    /** How fast the length of steps follows, in ln per batch. */
    private static final double RATE = 0.3;

    /** Axes that are somewhat old cost little. */
    private static final double PATIENCE = 2;

    private static final double LEAST = 0.01;
    private static final double MOST = Math.PI / 4;

    private final Target target;
    private final CubeGradient gradient;
    private final Evaluator evaluator;
    private final int walkers;
    private final int rounds;
    private final double patience;
    private final RandomStream random;
    private Flight flight;
    private Cuts cuts;
    private double fittedAt;
    private double step = MOST / 2;
    private double shortStep = 0.2;
    private long batches;

    /** @throws IllegalArgumentException if the target has no gradient */
    ReflectionExplorer(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        this.target = target;
        this.gradient = target.cubeGradient()
                .orElseThrow(
                        () -> new IllegalArgumentException("explorer gradient needs a likelihood with derivatives"));
        this.evaluator = evaluator;
        int d = target.cubeDimension();
        this.walkers = settings.batch(d);
        this.rounds = settings.steps();
        this.patience = PATIENCE * settings.refit();
        this.random = random;
        this.flight = Flight.free(d);
        this.cuts = Cuts.none(target.wrapped());
    }

    @Override
    public Candidates next(Front front) {
        int d = target.cubeDimension();
        fit(front, d);
        double[] positions = LiveRegion.positions(front.live(), d);
        cuts.turn(positions, d);
        RandomStream stream = random.split("reflect").split(batches++);
        ReflectionWalker[] all = new ReflectionWalker[walkers];
        double[][] start = new double[walkers][];
        for (int w = 0; w < walkers; w++) {
            RandomSource source = stream.split(w).generator();
            int from = source.nextInt(front.live().size());
            start[w] = flight.enter(Arrays.copyOfRange(positions, from * d, (from + 1) * d));
            all[w] = new ReflectionWalker(
                    flight, start[w], front.live().get(from).logL(), rounds, step, shortStep, source);
        }
        long evaluations = evaluator.evaluations();
        long failed = evaluator.failed();
        long moves = walk(all, front.threshold());
        adapt(all);
        double[] u = new double[walkers * d];
        double[] theta = new double[walkers * target.dimension()];
        double[] logL = new double[walkers];
        double[] jump = new double[walkers];
        for (int w = 0; w < walkers; w++) {
            flight.leave(all[w].position(), u, w * d);
            logL[w] = all[w].logL();
            jump[w] = flight.separation(start[w], all[w].position());
        }
        cuts.turnBack(u, d);
        target.priorTransform(u, theta, walkers);
        Candidates.Chains chains = new Candidates.Chains(evaluator.evaluations() - evaluations, moves, jump);
        return new Candidates(u, theta, logL, evaluator.failed() - failed, Optional.of(chains));
    }

    @Override
    public String describe() {
        return String.format(Locale.ROOT, "reflections, steps of %.2f", step);
    }

    private void fit(Front front, int d) {
        boolean due = front.logVolume() <= fittedAt - patience;
        List<Point> points = Flight.latest(front);
        if (due && points.size() > 2 * d) {
            cuts = Cuts.between(LiveRegion.positions(front.live(), d), d, cuts.wrapped());
            double[] u = LiveRegion.positions(points, d);
            cuts.turn(u, d);
            flight = Flight.around(u, d);
            fittedAt = front.logVolume();
        }
    }

    /** Until all have arrived; returns the number of evaluations that were above the threshold. */
    private long walk(ReflectionWalker[] all, double threshold) {
        int d = target.cubeDimension();
        double[] u = new double[all.length * d];
        List<ReflectionWalker> walking = List.of(all);
        long moves = 0;
        while (!walking.isEmpty()) {
            List<ReflectionWalker> pending = new ArrayList<>();
            for (ReflectionWalker walker : walking) {
                if (walker.propose(u, pending.size() * d)) {
                    pending.add(walker);
                }
            }
            if (!pending.isEmpty()) {
                moves += judge(pending, u, threshold);
            }
            walking = pending;
        }
        return moves;
    }

    private long judge(List<ReflectionWalker> pending, double[] u, double threshold) {
        int d = target.cubeDimension();
        int n = target.dimension();
        double[] asked = Arrays.copyOf(u, pending.size() * d);
        cuts.turnBack(asked, d);
        Candidates c = Candidates.evaluate(asked, pending.size(), target, evaluator);
        int[] out = new int[pending.size()];
        int outside = 0;
        long moves = 0;
        for (int r = 0; r < pending.size(); r++) {
            boolean above = c.logL()[r] > threshold;
            moves += above ? 1 : 0;
            if (pending.get(r).judge(c.logL()[r], above)) {
                out[outside++] = r;
            }
        }
        if (outside > 0) {
            double[] at = new double[outside * d];
            double[] theta = new double[outside * n];
            for (int i = 0; i < outside; i++) {
                System.arraycopy(asked, out[i] * d, at, i * d, d);
                System.arraycopy(c.theta(), out[i] * n, theta, i * n, n);
            }
            double[] slope = new double[outside * d];
            evaluator.cubeGradient(gradient, at, theta, slope, outside);
            for (int i = 0; i < outside; i++) {
                // Coordinates that are turned have the same slopes.
                System.arraycopy(u, out[i] * d, at, i * d, d);
                pending.get(out[i]).reflect(at, slope, i * d);
            }
        }
        return moves;
    }

    /** The batches to come have longer or shorter steps; that of a chain never depends on its own way. */
    private void adapt(ReflectionWalker[] all) {
        double failures = 0;
        double refused = 0;
        for (ReflectionWalker w : all) {
            failures += w.failures();
            refused += w.refused();
        }
        double perWay = failures / all.length / rounds;
        double share = refused / all.length / ReflectionWalker.shortSteps(rounds);
        step = Math.max(LEAST, Math.min(MOST, step * Math.exp(RATE * Math.max(-1, WANTED - perWay))));
        shortStep = Math.max(LEAST, Math.min(MOST, shortStep * Math.exp(RATE * (0.5 - share))));
    }
}
