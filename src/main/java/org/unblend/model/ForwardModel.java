package org.unblend.model;

import java.util.List;

/**
 * A deterministic map from physical parameters to observables: radiative transfer, chemistry, an emulator. Evaluated in
 * batches; stateless as seen from outside and thread-safe. A row's result depends on that row alone, bit for bit,
 * whatever else is in the batch. Every implementation passes {@code ForwardModelContract}.
 */
public interface ForwardModel {

    /** One line for plans and provenance, such as {@code one-zone radiative transfer (sphere) of co, hcn}. */
    String description();

    /** The inputs, in the order of the columns of {@code in}. */
    List<Port> inputs();

    /** The axis of the outputs; its labels name the columns of {@code out}. */
    Axis output();

    /** Unit of the outputs. */
    String outputUnit();

    /** Everything that determines the outputs (options, data versions or hashes), for provenance and resume. */
    String fingerprint();

    /** What to cite when results of this model are shown. */
    List<String> citations();

    /**
     * Evaluates {@code rows} points.
     *
     * @param in {@code [rows x inputs]}, row-major, not modified
     * @param out {@code [rows x outputs]}, modified; contents of rows that are not OK are NaN
     * @param status {@code [rows]}, modified
     * @param rows number of points
     */
    void evaluate(double[] in, double[] out, RowStatus[] status, int rows);

    /**
     * True if a point lies near an end of what the model was fitted to, where it may be less right than it says. Computed
     * models have no such places.
     *
     * @param in {@code [rows x inputs]}, not modified
     */
    default boolean nearEdge(double[] in, int row) {
        return false;
    }

    /** True if {@link #vjp} is offered. */
    default boolean differentiable() {
        return false;
    }

    /**
     * Vector-Jacobian product: adds {@code outBar^T d out / d in} to {@code inBar}, row by row.
     *
     * @param in {@code [rows x inputs]}, not modified
     * @param outBar {@code [rows x outputs]}, not modified
     * @param inBar {@code [rows x inputs]}, added to
     * @throws UnsupportedOperationException unless {@link #differentiable()}
     */
    default void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
        throw new UnsupportedOperationException(description() + " has no derivatives");
    }
}
