package org.unblend.nmf;

/** The move of one factor while the other is held. */
interface HalfStep {

    /**
     * Lowers the objective over {@code moved}, or leaves it where it cannot be lowered.
     *
     * @param held {@code [r x m]}, not modified
     * @param moved {@code [r x n]}, modified
     * @param price true if the loss is wanted
     * @param look true if the residual is wanted
     */
    Outcome improve(double[][] held, double[][] moved, boolean price, boolean look);

    /**
     * What a half-step found.
     *
     * @param loss data term after the step; NaN unless it was wanted
     * @param kkt KKT residual of the moved factor before the step; NaN unless it was wanted
     */
    record Outcome(double loss, double kkt) {}
}
