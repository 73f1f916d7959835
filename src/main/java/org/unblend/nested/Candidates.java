package org.unblend.nested;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;

/**
 * A batch of points with their log likelihoods.
 *
 * @param u {@code [rows x cubeDimension]}
 * @param theta {@code [rows x dimension]}
 * @param logL {@code [rows]}
 * @param failed evaluations at which a forward model failed or left its domain
 * @param chains how the points were reached if they are not direct draws
 */
record Candidates(double[] u, double[] theta, double[] logL, long failed, Optional<Chains> chains) {

    /**
     * The Markov chains that ended at these points.
     *
     * @param evaluations of the likelihood by all of them
     * @param moves evaluations that were above the threshold
     * @param jump for each row the squared distance between begin and end of its chain, relative to its expectation for
     *     independent points; NaN where unknown
     */
    record Chains(long evaluations, long moves, double[] jump) {}

    /** Evaluates {@code u [rows x cubeDimension]} in one batch. */
    static Candidates evaluate(double[] u, int rows, Target target, Evaluator evaluator) {
        double[] theta = new double[rows * target.dimension()];
        double[] logL = new double[rows];
        target.priorTransform(u, theta, rows);
        long before = evaluator.failed();
        evaluator.logLikelihood(theta, logL, rows);
        return new Candidates(u, theta, logL, evaluator.failed() - before, Optional.empty());
    }

    int rows() {
        return logL.length;
    }

    int above(double threshold) {
        int count = 0;
        for (double l : logL) {
            count += l > threshold ? 1 : 0;
        }
        return count;
    }

    /**
     * The largest part of the volume above the threshold in which a forward model may have failed: failures among
     * failures and successes.
     */
    double lostShare(double threshold) {
        long successes = chains.map(Chains::moves).orElseGet(() -> (long) above(threshold));
        return failed == 0 ? 0 : failed / (double) (failed + successes);
    }

    /** One row as a point of its own. */
    Point point(int row, double birth, int thread) {
        int d = u.length / rows();
        int p = theta.length / rows();
        return new Point(
                Arrays.copyOfRange(u, row * d, (row + 1) * d),
                Arrays.copyOfRange(theta, row * p, (row + 1) * p),
                logL[row],
                birth,
                thread);
    }
}
