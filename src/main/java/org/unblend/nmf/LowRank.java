package org.unblend.nmf;

import java.util.Arrays;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/** Products with a matrix of low rank {@code L^T R}, at the cost of its factors. */
final class LowRank extends Products {
    private final double[][] left;
    private final double[][] right;

    /**
     * @param left {@code [l x m]}
     * @param right {@code [l x n]}
     */
    LowRank(double[][] left, double[][] right) {
        super(null, null);
        this.left = left;
        this.right = right;
    }

    /** The factor times {@code L^T}, row by row. */
    @Override
    double[] pack(double[][] a, Parallel parallel) {
        double[] packed = new double[a.length * left.length];
        parallel.forRanges(packed.length, Rows.grain(a[0].length), (from, to) -> {
            for (int p = from; p < to; p++) {
                packed[p] = Rows.dot(a[p / left.length], left[p % left.length]);
            }
        });
        return packed;
    }

    @Override
    void multiply(double[][] a, double[] packed, double[][] out, int from, int to) {
        int l = left.length;
        for (int k = 0; k < out.length; k++) {
            Arrays.fill(out[k], from, to, 0);
            Rows.combine(out[k], from, to, Arrays.copyOfRange(packed, k * l, (k + 1) * l), right);
        }
    }
}
