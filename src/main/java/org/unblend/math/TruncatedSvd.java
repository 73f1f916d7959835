package org.unblend.math;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;

/**
 * The leading singular triplets of a matrix, {@code X ~ sum_k s_k u_k v_k^T}, dense or sparse. Block Krylov method: the
 * right space grows by the residuals {@code X^T u_k - s_k v_k} of the wanted triplets, fully orthogonalised, and is
 * restarted from the best vectors when it has grown wide (Baglama and Reichel 2005, SIAM J. Sci. Comput. 27, 19, in
 * block form). The starting block is random with a fixed key, so results are reproducible; the number of threads
 * changes nothing, because there is one.
 *
 * @param u left singular vectors, {@code [triplets x rows]}
 * @param s singular values, descending, {@code [triplets]}; fewer than wanted where the rank is smaller
 * @param v right singular vectors, {@code [triplets x columns]}
 */
public record TruncatedSvd(double[][] u, double[] s, double[][] v) {

    private static final double TOLERANCE = 1e-11;
    private static final int MAX_ROUNDS = 2000;
    /** Wanted beyond those asked for: they speed up the last ones. */
    private static final int SPARE = 3;

    /**
     * The leading {@code count} triplets; residuals are below 1e-11 of the largest singular value.
     *
     * @param count at least 1, at most the smaller dimension
     * @throws IllegalArgumentException if count is out of range or an entry is not finite
     */
    public static TruncatedSvd of(Matrix x, int count) {
        int most = Math.min(x.rows(), x.columns());
        if (count < 1 || count > most) {
            throw new IllegalArgumentException(
                    count + " singular values of a " + x.rows() + " x " + x.columns() + " matrix; take 1 to " + most);
        }
        double scale = largest(x);
        if (!Double.isFinite(scale)) {
            throw new IllegalArgumentException("singular values need finite entries; fill or mask the others");
        }
        if (scale == 0) {
            return new TruncatedSvd(new double[0][], new double[0], new double[0][]);
        }
        // The right space is the smaller one, so that it is complete when it cannot grow any more.
        if (x.columns() > x.rows()) {
            TruncatedSvd turned = new Krylov(x.transpose(), 1 / scale, count).triplets(scale);
            return new TruncatedSvd(turned.v, turned.s, turned.u);
        }
        return new Krylov(x, 1 / scale, count).triplets(scale);
    }

    private static double largest(Matrix x) {
        double largest = 0;
        double[][] parts =
                x instanceof Sparse s ? new double[][] {s.value()} : x.dense().array();
        for (double[] part : parts) {
            for (double v : part) {
                largest = Double.isNaN(v) ? Double.NaN : Math.max(largest, Math.abs(v));
            }
        }
        return largest;
    }

    /** The growing spaces: {@code X q_j = sum_i r_ij p_i}, both bases orthonormal. */
    private static final class Krylov {
        private final Matrix x;
        private final double factor;
        private final int count;
        private final int block;
        private final int widest;
        private final double[][] q;
        private final double[][] p;
        private double[][] r;
        private int width;

        Krylov(Matrix x, double factor, int count) {
            this.x = x;
            this.factor = factor;
            this.count = count;
            block = Math.min(x.columns(), count + SPARE);
            widest = Math.min(x.columns(), Math.max(60, 6 * block));
            q = new double[widest][];
            p = new double[widest][];
            r = new double[widest][widest];
        }

        TruncatedSvd triplets(double scale) {
            RandomSource random = RandomStream.of(0).split("truncated svd").generator();
            for (int k = 0; k < block; k++) {
                double[] start = new double[x.columns()];
                Arrays.setAll(start, j -> random.nextGaussian());
                append(start);
            }
            for (int round = 0; ; round++) {
                TruncatedSvd now = ritz(Math.min(block, width));
                int before = width;
                boolean last = round == MAX_ROUNDS;
                if (last || width + 1 > widest) {
                    restart(now);
                }
                int wanted = Math.min(count, now.s.length);
                boolean done = true;
                for (int k = 0; k < now.s.length; k++) {
                    double[] residual = multiplyTransposed(now.u[k]);
                    Rows.add(residual, 0, residual.length, -now.s[k], now.v[k]);
                    if (norm(residual) > TOLERANCE * now.s[0]) {
                        done &= k >= wanted;
                        if (width < widest) {
                            append(residual);
                        }
                    }
                }
                boolean whole = before == x.columns();
                if (done || whole || last) {
                    return now.leading(wanted, scale);
                }
            }
        }

        /** Adds a direction to the right space, and its image to the left one; nothing if it is not new. */
        private void append(double[] direction) {
            double size = norm(direction);
            double[] fresh = orthogonal(direction, q, width, null);
            double left = norm(fresh);
            if (!(left > 1e-10 * size) || width == widest) {
                return;
            }
            scale(fresh, 1 / left);
            fresh = orthogonal(fresh, q, width, null);
            scale(fresh, 1 / norm(fresh));
            q[width] = fresh;
            double[] image = multiply(fresh);
            double imageSize = norm(image);
            double[] along = new double[width];
            double[] rest = orthogonal(image, p, width, along);
            double length = norm(rest);
            for (int i = 0; i < width; i++) {
                r[i][width] = along[i];
            }
            if (length > 1e-14 * imageSize && length > 0) {
                scale(rest, 1 / length);
                r[width][width] = length;
            } else {
                Arrays.fill(rest, 0);
            }
            p[width] = rest;
            width++;
        }

        /** Gram-Schmidt, twice; {@code along} collects the coefficients if it is given. */
        private static double[] orthogonal(double[] vector, double[][] basis, int size, double[] along) {
            double[] out = vector.clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < size; i++) {
                    double c = Rows.dot(basis[i], out);
                    Rows.add(out, 0, out.length, -c, basis[i]);
                    if (along != null) {
                        along[i] += c;
                    }
                }
            }
            return out;
        }

        private TruncatedSvd ritz(int wanted) {
            SingularValueDecomposition_F64<DMatrixRMaj> svd =
                    DecompositionFactory_DDRM.svd(width, width, true, true, true);
            DMatrixRMaj small = new DMatrixRMaj(width, width);
            for (int i = 0; i < width; i++) {
                for (int j = 0; j < width; j++) {
                    small.set(i, j, r[i][j]);
                }
            }
            if (!svd.decompose(small)) {
                throw new IllegalStateException("the singular values of a projected matrix did not converge");
            }
            double[] values = svd.getSingularValues();
            DMatrixRMaj left = svd.getU(null, false);
            DMatrixRMaj right = svd.getV(null, false);
            int[] order = IntStream.range(0, width)
                    .boxed()
                    .sorted((i, j) -> Double.compare(values[j], values[i]))
                    .mapToInt(Integer::intValue)
                    .limit(wanted)
                    .toArray();
            double[] s = Arrays.stream(order).mapToDouble(i -> values[i]).toArray();
            return new TruncatedSvd(rotate(p, left, order), s, rotate(q, right, order));
        }

        private double[][] rotate(double[][] basis, DMatrixRMaj rotation, int[] order) {
            double[][] out = new double[order.length][basis[0].length];
            for (int k = 0; k < order.length; k++) {
                for (int i = 0; i < width; i++) {
                    Rows.add(out[k], 0, out[k].length, rotation.get(i, order[k]), basis[i]);
                }
            }
            return out;
        }

        private void restart(TruncatedSvd best) {
            if (widest == x.columns()) {
                return;
            }
            width = best.s.length;
            r = new double[widest][widest];
            for (int k = 0; k < width; k++) {
                q[k] = best.v[k];
                p[k] = best.u[k];
                r[k][k] = best.s[k];
            }
        }

        private double[] multiply(double[] right) {
            double[] out = new double[x.rows()];
            for (int i = 0; i < out.length; i++) {
                if (x instanceof Sparse s) {
                    double sum = 0;
                    for (int e = s.start()[i]; e < s.start()[i + 1]; e++) {
                        sum = Math.fma(s.value()[e], right[s.column()[e]], sum);
                    }
                    out[i] = factor * sum;
                } else {
                    out[i] = factor * Rows.dot(x.dense().row(i), right);
                }
            }
            return out;
        }

        private double[] multiplyTransposed(double[] left) {
            double[] out = new double[x.columns()];
            if (x instanceof Sparse s) {
                for (int i = 0; i < left.length; i++) {
                    for (int e = s.start()[i]; e < s.start()[i + 1]; e++) {
                        out[s.column()[e]] = Math.fma(factor * left[i], s.value()[e], out[s.column()[e]]);
                    }
                }
                return out;
            }
            double[] scaled = Arrays.stream(left).map(v -> factor * v).toArray();
            Rows.combine(out, 0, out.length, scaled, x.dense().array());
            return out;
        }

        private static double norm(double[] v) {
            return Math.sqrt(Rows.dot(v, v));
        }

        private static void scale(double[] v, double by) {
            for (int i = 0; i < v.length; i++) {
                v[i] *= by;
            }
        }
    }

    /** The leading triplets with non-zero singular value, times a scale. */
    private TruncatedSvd leading(int wanted, double scale) {
        int n = 0;
        while (n < wanted && s[n] > 1e-13 * s[0]) {
            n++;
        }
        double[] scaled = Arrays.stream(s, 0, n).map(value -> scale * value).toArray();
        return new TruncatedSvd(Arrays.copyOf(u, n), scaled, Arrays.copyOf(v, n));
    }
}
