package org.unblend.infer;

import java.util.Arrays;
import org.unblend.density.CubeGradient;
import org.unblend.density.Target;

/**
 * Evaluates a target's log likelihood in batches for one run: spreads the rows over the context's executor, replays and
 * records the journal, and counts. Used from one thread.
 */
public final class Evaluator {
    /** Rows per piece of work: few enough to keep two to eight threads busy with the batches that engines propose. */
    private static final int FEWEST_ROWS = 8;

    /** Larger batches are cut into so many pieces, up to a size beyond which longer ones are no faster. */
    private static final int PIECES = 16;

    private static final int MOST_ROWS = 64;

    /** Evaluations that a gradient counts as: by reverse accumulation it takes two to four times as long as a value. */
    private static final int GRADIENT = 3;

    private final Target target;
    private final RunContext context;
    private long evaluations;
    private double inPart;
    private long batches;
    private long failed;

    public Evaluator(Target target, RunContext context) {
        this.target = target;
        this.context = context;
    }

    /**
     * Log likelihood of each row.
     *
     * @param theta {@code [rows x dimension]}, not modified
     * @param out {@code [rows]}, modified
     * @throws IllegalStateException if the target returns NaN or +infinity, which no likelihood may be
     */
    public void logLikelihood(double[] theta, double[] out, int rows) {
        int bad = context.journal().replay(theta, out, rows);
        if (bad < 0) {
            bad = evaluate(theta, out, rows);
            context.journal().record(theta, out, rows, bad);
        }
        evaluations += rows;
        batches++;
        failed += bad;
    }

    /** Evaluates a piece of a batch of which the target itself need not be asked. */
    @FunctionalInterface
    public interface Rows {
        /**
         * Log likelihoods of rows {@code from} to {@code to - 1}, written to these places of {@code out}; thread-safe for rows
         * that are not shared.
         *
         * @return how many of them are -infinity because a forward model failed or left its domain
         */
        int evaluate(int from, int to, double[] out);
    }

    /**
     * Log likelihood of rows for which only parts of it have to be evaluated. Recorded and replayed as any other batch.
     *
     * @param theta {@code [rows x dimension]}, not modified
     * @param out {@code [rows]}, modified
     * @param how finds the values, those of the target bit for bit; not asked if the batch is replayed
     * @param worth number of full evaluations that the batch counts as: the sum over rows of the part of the likelihood that is
     *     evaluated
     * @throws IllegalStateException as {@link #logLikelihood}
     */
    public void inPart(double[] theta, double[] out, int rows, Rows how, double worth) {
        int bad = context.journal().replay(theta, out, rows);
        if (bad < 0) {
            bad = spread(theta, out, rows, how);
            context.journal().record(theta, out, rows, bad);
        }
        inPart += worth;
        batches++;
        failed += bad;
    }

    /**
     * Derivatives of each row's log likelihood by the coordinates of the unit cube, recorded and replayed as any other
     * batch. One row counts as 3 evaluations, whatever it takes.
     *
     * @param gradient that of the target
     * @param u {@code [rows x cubeDimension]}, not modified
     * @param theta the parameters at {@code u}, {@code [rows x dimension]}, not modified
     * @param out {@code [rows x cubeDimension]}, modified; not finite, or zero, where there is no derivative
     */
    public void cubeGradient(CubeGradient gradient, double[] u, double[] theta, double[] out, int rows) {
        int d = target.cubeDimension();
        if (context.journal().replay(u, out, rows * d) < 0) {
            int n = target.dimension();
            context.parallel().forRanges(rows, piece(rows), (from, to) -> {
                double[] part = new double[(to - from) * d];
                double[] at = Arrays.copyOfRange(u, from * d, to * d);
                gradient.apply(at, Arrays.copyOfRange(theta, from * n, to * n), part, to - from);
                System.arraycopy(part, 0, out, from * d, part.length);
            });
            context.journal().record(u, out, rows * d, 0);
        }
        evaluations += (long) GRADIENT * rows;
        batches++;
    }

    /** Likelihood evaluations so far, replayed ones included; of those in part the sum of the parts, rounded up. */
    public long evaluations() {
        return evaluations + (long) Math.ceil(inPart);
    }

    /** Batches so far. */
    public long batches() {
        return batches;
    }

    /** Rows at which a forward model failed or left its domain. */
    public long failed() {
        return failed;
    }

    private int evaluate(double[] theta, double[] out, int rows) {
        int dim = target.dimension();
        return spread(theta, out, rows, (from, to, all) -> {
            double[] part = new double[to - from];
            int bad = target.logLikelihood(Arrays.copyOfRange(theta, from * dim, to * dim), part, to - from);
            System.arraycopy(part, 0, all, from, to - from);
            return bad;
        });
    }

    private int spread(double[] theta, double[] out, int rows, Rows how) {
        int dim = target.dimension();
        int[] bad = new int[rows];
        context.parallel().forRanges(rows, piece(rows), (from, to) -> bad[from] = how.evaluate(from, to, out));
        for (int i = 0; i < rows; i++) {
            if (Double.isNaN(out[i]) || out[i] == Double.POSITIVE_INFINITY) {
                throw new IllegalStateException("the log likelihood is " + out[i] + " at " + target.names() + " = "
                        + Arrays.toString(Arrays.copyOfRange(theta, i * dim, (i + 1) * dim)));
            }
        }
        return Arrays.stream(bad).sum();
    }

    private static int piece(int rows) {
        return Math.max(FEWEST_ROWS, Math.min(MOST_ROWS, rows / PIECES));
    }
}
