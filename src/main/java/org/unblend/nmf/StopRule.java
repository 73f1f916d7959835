package org.unblend.nmf;

/**
 * When a fit is finished: the KKT residual and the relative decrease of the objective since the last look are both
 * small. The ratio of the first to the present violation, which other programs use, is no part of it: it can stop several
 * times too high.
 *
 * @param maxIterations end without convergence after so many iterations; at least 1
 * @param objective relative decrease of the objective between two looks, at least 0
 * @param kkt residual of {@link Optimality}, at least 0
 * @param every iterations between two looks; at least 1
 */
public record StopRule(int maxIterations, double objective, double kkt, int every) {

    /** 5000 iterations, objective 1e-8, KKT residual 1e-4, a look every 10 iterations. */
    public static final StopRule STANDARD = new StopRule(5000, 1e-8, 1e-4, 10);

    public StopRule {
        if (maxIterations < 1 || every < 1 || !(objective >= 0) || !(kkt >= 0)) {
            throw new IllegalArgumentException("a stopping rule needs at least 1 iteration, looks at least 1 iteration"
                    + " apart and tolerances of at least 0, got " + maxIterations + ", " + every + ", " + objective
                    + " and " + kkt);
        }
    }

    /** Exactly this many iterations, unless nothing changes any more. */
    public static StopRule iterations(int iterations) {
        return new StopRule(iterations, 0, 0, iterations);
    }

    /** The same with another limit of iterations. */
    public StopRule limit(int iterations) {
        return new StopRule(iterations, objective, kkt, every);
    }
}
