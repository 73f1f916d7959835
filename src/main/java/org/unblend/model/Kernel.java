package org.unblend.model;

import java.util.BitSet;

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

    /** True if {@link #applyAt} costs no more than the entries that it is asked for, and never sets a status. */
    default boolean byEntry() {
        return false;
    }

    /**
     * Entries of the result that may change when entries of one input do: all of them, unless the operation knows better.
     *
     * @param input which input
     * @param changed its entries, at least one, not modified
     */
    default BitSet touched(int input, BitSet changed) {
        BitSet all = new BitSet();
        all.set(0, dims().size());
        return all;
    }

    /**
     * Evaluates some entries of a single row, bit for bit as {@link #apply} does.
     *
     * @param in one array per input, not modified
     * @param out {@code [size of the result]}, modified at least at {@code entries}
     * @param status {@code [1]}, as in {@link #apply}
     * @param entries what is wanted, ascending
     */
    default void applyAt(double[][] in, double[] out, RowStatus[] status, int[] entries) {
        apply(in, out, status, 1);
    }

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
