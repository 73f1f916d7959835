package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Walks from live points by slice sampling within blocks of coordinates, of whose moves most touch a small part of the
 * likelihood: a group's parameter in a hierarchical model the data of that group, a row of W in a factorisation one row of the
 * data. The rest is kept ({@link org.unblend.density.Parts.Moving}). Evaluations are counted by the part of the likelihood
 * that is evaluated. Walkers go in step, as those of {@link SliceExplorer}.
 */
final class BlockExplorer implements Explorer {
    /** Walkers per piece of work beside the likelihood. */
    private static final int PIECE = 8;

    private final Target target;
    private final Evaluator evaluator;
    private final Blocks blocks;
    private final int walkers;
    private final int sweeps;
    private final RandomStream random;
    private final Parallel parallel;
    private long batches;
    private double evaluations;
    private long points;

    /** @throws IllegalArgumentException if nothing is known of the target's parts */
    BlockExplorer(Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        this.target = target;
        this.evaluator = evaluator;
        this.blocks = Blocks.of(target)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "explorer blocks needs a likelihood of which it is known"
                                        + " which parts a coordinate touches: that of a model graph, and begun from its prior"));
        this.walkers = settings.batch(target.cubeDimension());
        this.sweeps = settings.steps();
        this.random = random;
        this.parallel = parallel;
    }

    @Override
    public Candidates next(Front front) {
        List<Point> live = front.live();
        int d = target.cubeDimension();
        double[] positions = LiveRegion.positions(live, d);
        double[] sd = spread(positions, d);
        RandomStream stream = random.split("block").split(batches++);
        List<BlockWalker> all = new ArrayList<>();
        int[] start = new int[walkers];
        for (int w = 0; w < walkers; w++) {
            RandomSource source = stream.split(w).generator();
            start[w] = source.nextInt(live.size());
            all.add(new BlockWalker(
                    blocks, positions, sd, start[w], live.get(start[w]).logL(), sweeps, source));
        }
        parallel.forRanges(walkers, PIECE, (from, to) -> all.subList(from, to).forEach(BlockWalker::begin));
        long before = evaluator.evaluations();
        long failed = evaluator.failed();
        long moves = walk(all, front.threshold());
        evaluations += evaluator.evaluations() - before;
        points += walkers;
        double[] jump = new double[walkers];
        for (int w = 0; w < walkers; w++) {
            jump[w] = jump(positions, start[w] * d, all.get(w).moving().position(), sd);
        }
        return arrived(
                all, new Candidates.Chains(evaluator.evaluations() - before, moves, jump), evaluator.failed() - failed);
    }

    @Override
    public String describe() {
        return points == 0
                ? "slices in blocks"
                : "slices in " + blocks.count() + " blocks, " + Math.round(evaluations / points) + " per point";
    }

    /** Until all have arrived; returns the number of proposals that were above the threshold. */
    private long walk(List<BlockWalker> all, double threshold) {
        int p = target.dimension();
        List<BlockWalker> walking = all;
        long moves = 0;
        while (!walking.isEmpty()) {
            List<BlockWalker> pending = new ArrayList<>();
            double worth = 0;
            for (BlockWalker walker : walking) {
                if (walker.draw()) {
                    pending.add(walker);
                    worth += walker.worth();
                }
            }
            int rows = pending.size();
            if (rows > 0) {
                double[] theta = new double[rows * p];
                double[] logL = new double[rows];
                parallel.forRanges(rows, PIECE, (from, to) -> {
                    for (int r = from; r < to; r++) {
                        pending.get(r).propose();
                        System.arraycopy(pending.get(r).moving().theta(), 0, theta, r * p, p);
                    }
                });
                evaluator.inPart(theta, logL, rows, (from, to, out) -> evaluate(pending, from, to, out), worth);
                for (int r = 0; r < rows; r++) {
                    boolean above = logL[r] > threshold;
                    moves += above ? 1 : 0;
                    pending.get(r).judge(logL[r], above);
                }
            }
            walking = pending;
        }
        return moves;
    }

    private static int evaluate(List<BlockWalker> pending, int from, int to, double[] out) {
        int failed = 0;
        for (int r = from; r < to; r++) {
            out[r] = pending.get(r).moving().logLikelihood();
            failed += pending.get(r).moving().failed() ? 1 : 0;
        }
        return failed;
    }

    private Candidates arrived(List<BlockWalker> all, Candidates.Chains chains, long failed) {
        int d = target.cubeDimension();
        int p = target.dimension();
        double[] u = new double[walkers * d];
        double[] theta = new double[walkers * p];
        double[] logL = new double[walkers];
        for (int w = 0; w < walkers; w++) {
            System.arraycopy(all.get(w).moving().position(), 0, u, w * d, d);
            System.arraycopy(all.get(w).moving().theta(), 0, theta, w * p, p);
            logL[w] = all.get(w).logL();
        }
        return new Candidates(u, theta, logL, failed, Optional.of(chains));
    }

    /** Standard deviation of each coordinate. */
    private static double[] spread(double[] positions, int d) {
        int n = positions.length / d;
        double[] sd = new double[d];
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += positions[k * d + i];
            }
            double mean = sum / n;
            double square = 0;
            for (int k = 0; k < n; k++) {
                square += (positions[k * d + i] - mean) * (positions[k * d + i] - mean);
            }
            sd[i] = Math.sqrt(square / n);
        }
        return sd;
    }

    /** Squared distance, coordinate by coordinate in standard deviations: 1 on average for independent points. */
    private static double jump(double[] positions, int from, double[] to, double[] sd) {
        double sum = 0;
        for (int i = 0; i < to.length; i++) {
            double z = sd[i] > 0 ? (to[i] - positions[from + i]) / sd[i] : Double.NaN;
            sum += z * z;
        }
        return sum / (2 * to.length);
    }
}
