package org.unblend.math;

/** A matrix of doubles, {@code [rows x columns]}. */
public sealed interface Matrix permits Dense, Sparse {

    int rows();

    int columns();

    /** The transpose, {@code [columns x rows]}, as a copy of the same storage. */
    default Matrix transpose() {
        return transpose(Parallel.SERIAL);
    }

    /** {@link #transpose()} by several threads. */
    Matrix transpose(Parallel parallel);

    /** All entries as a dense matrix; this one if it is dense already. */
    Dense dense();
}
