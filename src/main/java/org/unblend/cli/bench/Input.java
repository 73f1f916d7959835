package org.unblend.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.matrix.NpyWriter;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;

/**
 * A matrix to factorise and where to start.
 *
 * @param x {@code [features x samples]}
 * @param weights {@code [features x samples]}, if any
 * @param starts one or more, all of the same rank
 */
record Input(Matrix x, Optional<Dense> weights, List<Factors> starts) {

    int rank() {
        return starts.get(0).h().rows();
    }

    /** The problem with flat priors. */
    FactorProblem problem(Loss loss) {
        List<Component> free = Component.free(rank(), Penalty.NONE);
        return new FactorProblem(x, weights, loss, free, free);
    }

    /** Rows, columns and rank as text. */
    String size() {
        return x.rows() + " x " + x.columns() + ", rank " + rank()
                + (starts.size() > 1 ? ", " + starts.size() + " starts" : "");
    }

    /**
     * Writes NPY files: {@code X}, or of a sparse matrix {@code data, indices, indptr}; {@code W0} and {@code H0}, the
     * starts stacked by rows.
     */
    void write(Path folder) throws IOException {
        if (x instanceof Sparse s) {
            NpyWriter.write(folder.resolve("data.npy"), new double[][] {s.value()});
            NpyWriter.write(folder.resolve("indices.npy"), new double[][] {doubles(s.column())});
            NpyWriter.write(folder.resolve("indptr.npy"), new double[][] {doubles(s.start())});
        } else {
            NpyWriter.write(folder.resolve("X.npy"), x.dense().array());
        }
        NpyWriter.write(folder.resolve("W0.npy"), stacked(starts.stream().map(Factors::w)));
        NpyWriter.write(folder.resolve("H0.npy"), stacked(starts.stream().map(Factors::h)));
    }

    private static double[][] stacked(Stream<Dense> parts) {
        return parts.flatMap(p -> Arrays.stream(p.array())).toArray(double[][]::new);
    }

    private static double[] doubles(int[] v) {
        return Arrays.stream(v).asDoubleStream().toArray();
    }
}
