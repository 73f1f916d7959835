package org.unblend.nested.refine;

/**
 * What refinement is to reach, and what it may cost.
 *
 * @param error standard error of ln Z, above 0
 * @param ess effective posterior draws
 * @param counted draws that count at least: where exploring was dear, some more are cheap
 * @param evaluations most likelihood evaluations, adaptation included
 */
public record RefineGoal(double error, double ess, long counted, long evaluations) {
    /** ln Z to 2 %. */
    private static final double STANDARD_ERROR = 0.02;

    /** Evaluations of the run for each effective draw, above which more are drawn as long as they are cheap. */
    private static final double DEAR = 20;

    /** Evaluations for each further effective draw that are cheap: so a run grows by a third at most. */
    private static final double CHEAP = 5;

    private static final long LEAST_COUNTED = 2000;
    private static final long LEAST_ALLOWED = 50_000;

    /** Most coordinates of counted draws; they are all kept in memory, with copies about 2 GB. */
    private static final long ROOM = 40_000_000;

    public RefineGoal {
        if (!(error > 0) || !(ess >= 1) || evaluations < 1) {
            throw new IllegalArgumentException("refinement needs an error above 0, at least one effective draw and one"
                    + " evaluation, got " + error + ", " + ess + ", " + evaluations);
        }
    }

    /**
     * The goal after an exploration: what is wanted, at least 2 % of Z, with at least a tenth and at most a third as many
     * evaluations again (or 50,000), as long as there is
     * room for the draws.
     *
     * @param explored evaluations so far
     * @param d dimension
     * @param error standard error of ln Z wanted; infinite if it does not matter
     */
    public static RefineGoal after(long explored, int d, double error, double ess) {
        return new RefineGoal(
                Math.min(STANDARD_ERROR, error),
                ess,
                Math.max(LEAST_COUNTED, Math.min(explored / 10, ROOM / d / 2)),
                Math.max(LEAST_ALLOWED, Math.min(explored / 3, ROOM / d)));
    }

    /**
     * Whether these draws do.
     *
     * @param missed part of the posterior that they do not reach
     * @param spent evaluations of the whole run so far
     * @param beside effective draws that the posterior has beside these
     */
    boolean reached(Tally tally, double missed, long spent, double beside) {
        return tally.rows() >= counted
                && Math.hypot(tally.error(), missed) <= error
                && tally.ess() >= ess
                && (spent <= DEAR * (beside + tally.ess()) || tally.rows() > CHEAP * tally.ess());
    }

    /** Evaluations after which these draws would reach what is wanted, if they go on as they are. */
    double rowsNeeded(Tally tally) {
        double byError = Math.pow(tally.error() / error, 2);
        return tally.rows() * Math.max(byError, ess / Math.max(tally.ess(), 1));
    }
}
