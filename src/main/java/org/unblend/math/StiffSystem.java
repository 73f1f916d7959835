package org.unblend.math;

/** A system of ordinary differential equations y' = f(t, y) with a sparse analytic Jacobian. One instance per thread. */
public interface StiffSystem {

    /** Number of equations n. */
    int size();

    /** Where each row of the Jacobian's pattern begins, length n + 1. */
    int[] rowStart();

    /** Column of each entry of the pattern, distinct within a row. */
    int[] columns();

    /** Writes f(t, y) [n] into {@code dy}; {@code y} is not modified. */
    void derivative(double t, double[] y, double[] dy);

    /** Writes df/dy at (t, y), in the order of the pattern. */
    void jacobian(double t, double[] y, double[] values);

    /** True if f does not depend on t; the time derivative is then left out. */
    boolean autonomous();
}
