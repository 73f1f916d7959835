package org.unblend.math;

/** A matrix of doubles, {@code [rows x columns]}. */
public sealed interface Matrix permits Dense, Sparse {

    int rows();

    int columns();

    /** The transpose, {@code [columns x rows]}, as a copy of the same storage. */
    Matrix transpose();

    /** All entries as a dense matrix; this one if it is dense already. */
    Dense dense();
}
