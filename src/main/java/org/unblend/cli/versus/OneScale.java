package org.unblend.cli.versus;

import java.util.Arrays;
import org.unblend.diagnose.Alignment;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;

/** Factors brought to one scale and to one order of their components, so that they can be compared entry by entry. */
final class OneScale {
    private OneScale() {}

    /**
     * The same product with columns of W of unit mean; a component without profile stays as it is.
     *
     * @param free false to leave the factors as they are, where one of them is given
     */
    static Factors of(Factors factors, boolean free) {
        if (!free) {
            return factors;
        }
        double[][] w = factors.w().transpose().array();
        double[][] h = Dense.copy(factors.h().array());
        for (int k = 0; k < w.length; k++) {
            double mean = Arrays.stream(w[k]).average().orElseThrow();
            if (mean > 0) {
                for (int i = 0; i < w[k].length; i++) {
                    w[k][i] /= mean;
                }
                for (int j = 0; j < h[k].length; j++) {
                    h[k][j] *= mean;
                }
            }
        }
        return new Factors(Dense.of(w).transpose(), Dense.of(h));
    }

    /** The components of {@code factors} in the order in which their profiles resemble those of the reference most. */
    static Factors ordered(Factors factors, Factors reference) {
        int[] place = Alignment.of(profiles(reference), profiles(factors)).match();
        double[][] w = factors.w().transpose().array();
        double[][] h = factors.h().array();
        double[][] orderedW = new double[w.length][];
        double[][] orderedH = new double[w.length][];
        for (int k = 0; k < w.length; k++) {
            orderedW[place[k]] = w[k];
            orderedH[place[k]] = h[k].clone();
        }
        return new Factors(Dense.of(orderedW).transpose(), Dense.of(orderedH));
    }

    /** Cosine similarities of the components in their present order, {@code [components]}. */
    static double[] cosines(Factors a, Factors b) {
        double[][] all = Alignment.cosines(profiles(a), profiles(b));
        double[] own = new double[all.length];
        Arrays.setAll(own, k -> all[k][k]);
        return own;
    }

    /** The factor with fewer entries, a column per component. */
    private static Dense profiles(Factors factors) {
        return factors.w().rows() <= factors.h().columns()
                ? factors.w()
                : factors.h().transpose();
    }

    /** Share of each component in the sum of all entries of W H, {@code [components]}. */
    static double[] shares(Factors factors) {
        double[] part = new double[factors.h().rows()];
        for (int i = 0; i < factors.w().rows(); i++) {
            for (int k = 0; k < part.length; k++) {
                part[k] += factors.w().get(i, k);
            }
        }
        for (int k = 0; k < part.length; k++) {
            part[k] *= Arrays.stream(factors.h().row(k)).sum();
        }
        double all = Arrays.stream(part).sum();
        return Arrays.stream(part).map(p -> all > 0 ? p / all : 0).toArray();
    }

    /** Entry {@code i, j} of W H. */
    static double product(Factors factors, int i, int j) {
        double sum = 0;
        for (int k = 0; k < factors.h().rows(); k++) {
            sum += factors.w().get(i, k) * factors.h().get(k, j);
        }
        return sum;
    }
}
