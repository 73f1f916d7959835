package org.unblend.model;

/**
 * An operation bound to shapes, evaluated in batches. Thread-safe; a row's result depends on that row alone, bit for
 * bit.
 */
public interface Kernel {

    /** Shape of the result. */
    Dims dims();

    /**
     * Evaluates {@code rows} rows.
     *
     * @param in one array {@code [rows x size of the input]} per input, not modified
     * @param out {@code [rows x size of the result]}, modified
     * @param status {@code [rows]}, set where a row is not {@link RowStatus#OK}, otherwise left alone
     */
    void apply(double[][] in, double[] out, RowStatus[] status, int rows);

    /** Rows near an end of what a fitted model was fitted to, see {@link ForwardModel#nearEdge}. */
    default boolean[] nearEdge(double[][] in, int rows) {
        return new boolean[rows];
    }

    /** True if {@link #vjp} is offered. */
    default boolean differentiable() {
        return true;
    }

    /**
     * Vector-Jacobian product: adds {@code outBar^T d out / d in} to {@code inBar}, row by row.
     *
     * @param in as in {@link #apply}, not modified
     * @param out the result of {@link #apply}, not modified
     * @param outBar {@code [rows x size of the result]}, not modified
     * @param inBar one array per input, added to
     */
    void vjp(double[][] in, double[] out, double[] outBar, double[][] inBar, int rows);
}
