package org.unblend.nmf.start;

import java.util.function.DoubleSupplier;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.TruncatedSvd;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;

/**
 * Non-negative double singular value decomposition (Boutsidis and Gallopoulos 2008, Pattern Recognition 41, 1350): each
 * singular triplet gives the stronger of the positive and negative parts of its two vectors. Masked entries are first
 * filled by the independence model.
 */
public final class Nndsvd {
    /** Entries below this become zero, as in scikit-learn. */
    private static final double NEGLIGIBLE = 1e-6;

    private Nndsvd() {}

    /** What becomes of zeros: exact zeros stay zero for ever under multiplicative updates. */
    public enum Zeros {
        /** They stay. */
        KEEP,
        /** The mean of the data (NNDSVDa). */
        MEAN,
        /** Half-normal numbers of a hundredth of the mean (NNDSVDar). */
        RANDOM
    }

    /**
     * A start for this problem.
     *
     * @param random used by {@link Zeros#RANDOM} alone
     * @throws IllegalArgumentException if zeros are to stay and the rank exceeds the number of non-zero singular values:
     *     the components beyond would be zero
     */
    public static Factors of(FactorProblem problem, Zeros zeros, RandomStream random) {
        int rank = problem.rank();
        int most = Math.min(problem.x().rows(), problem.x().columns());
        TruncatedSvd svd = TruncatedSvd.of(Level.filled(problem), Math.min(rank, most));
        if (svd.s().length < rank && zeros == Zeros.KEEP) {
            throw new IllegalArgumentException(
                    "singular vectors cannot start " + rank + " components: the data have only " + svd.s().length
                            + "; replace the zeros, or take a random start");
        }
        double[][] w = new double[rank][problem.x().rows()];
        double[][] h = new double[rank][problem.x().columns()];
        for (int k = 0; k < svd.s().length; k++) {
            part(svd, k, w, h);
        }
        double mean = Level.of(problem);
        RandomSource source = random.split("nndsvd").generator();
        DoubleSupplier fill = switch (zeros) {
            case KEEP -> () -> 0;
            case MEAN -> () -> mean;
            case RANDOM -> () -> Math.abs(mean * source.nextGaussian() / 100);
        };
        replaceZeros(w, fill);
        replaceZeros(h, fill);
        return new Factors(Dense.of(w).transpose(), Dense.of(h));
    }

    private static void part(TruncatedSvd svd, int k, double[][] w, double[][] h) {
        double[] u = svd.u()[k];
        double[] v = svd.v()[k];
        // The first pair has one sign, up to rounding, where the data are non-negative.
        if (k == 0) {
            w[0] = sized(u, 0, Math.sqrt(svd.s()[0]));
            h[0] = sized(v, 0, Math.sqrt(svd.s()[0]));
            return;
        }
        double plus = norm(u, 1) * norm(v, 1);
        double minus = norm(u, -1) * norm(v, -1);
        int sign = plus > minus ? 1 : -1;
        double size = Math.sqrt(svd.s()[k] * Math.max(plus, minus));
        w[k] = sized(u, sign, size / Math.max(norm(u, sign), Double.MIN_NORMAL));
        h[k] = sized(v, sign, size / Math.max(norm(v, sign), Double.MIN_NORMAL));
    }

    /** The part of one sign times a factor; sign 0 takes absolute values. */
    private static double[] sized(double[] x, int sign, double factor) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double v = factor * (sign == 0 ? Math.abs(x[i]) : Math.max(0, sign * x[i]));
            out[i] = v < NEGLIGIBLE ? 0 : v;
        }
        return out;
    }

    private static double norm(double[] x, int sign) {
        double sum = 0;
        for (double v : x) {
            double part = Math.max(0, sign * v);
            sum += part * part;
        }
        return Math.sqrt(sum);
    }

    private static void replaceZeros(double[][] rows, DoubleSupplier fill) {
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                if (row[j] == 0) {
                    row[j] = fill.getAsDouble();
                }
            }
        }
    }
}
