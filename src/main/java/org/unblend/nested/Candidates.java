package org.unblend.nested;

import java.util.Arrays;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;

/**
 * A batch of points with their log likelihoods.
 *
 * @param u {@code [rows x cubeDimension]}
 * @param theta {@code [rows x dimension]}
 * @param logL {@code [rows]}
 * @param failed rows at which a forward model failed or left its domain
 */
record Candidates(double[] u, double[] theta, double[] logL, long failed) {

    /** Evaluates {@code u [rows x cubeDimension]} in one batch. */
    static Candidates evaluate(double[] u, int rows, Target target, Evaluator evaluator) {
        double[] theta = new double[rows * target.dimension()];
        double[] logL = new double[rows];
        target.priorTransform(u, theta, rows);
        long before = evaluator.failed();
        evaluator.logLikelihood(theta, logL, rows);
        return new Candidates(u, theta, logL, evaluator.failed() - before);
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
