package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.model.Parameter;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;

/**
 * One of the many pairs of factors with the same posterior: where scale is free, each column of W sums to one, so that H
 * carries the unit of the data; where components may be exchanged, they are ordered by their share of the sum of W H,
 * largest first.
 */
final class CanonicalForm {
    private CanonicalForm() {}

    /** The canonical pair; {@code factors} is not modified. */
    static Factors of(FactorPattern pattern, Factors factors) {
        double[][] w = factors.w().transpose().array();
        double[][] h = Dense.copy(factors.h().array());
        double[] share = new double[w.length];
        for (int k = 0; k < w.length; k++) {
            double sum = Arrays.stream(w[k]).sum();
            share[k] = sum * Arrays.stream(h[k]).sum();
            if (scaleIsFree(pattern.problem(), k) && sum > 0) {
                for (int i = 0; i < w[k].length; i++) {
                    w[k][i] /= sum;
                }
                for (int j = 0; j < h[k].length; j++) {
                    h[k][j] *= sum;
                }
            }
        }
        if (pattern.w() instanceof Parameter && pattern.h() instanceof Parameter && exchangeable(pattern.problem())) {
            int[] order = IntStream.range(0, share.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer k) -> share[k]).reversed())
                    .mapToInt(Integer::intValue)
                    .toArray();
            w = ordered(w, order);
            h = ordered(h, order);
        }
        return new Factors(Dense.of(w).transpose(), Dense.of(h));
    }

    private static double[][] ordered(double[][] rows, int[] order) {
        return Arrays.stream(order).mapToObj(k -> rows[k]).toArray(double[][]::new);
    }

    private static boolean scaleIsFree(FactorProblem problem, int k) {
        return isFlat(problem.w().get(k)) && isFlat(problem.h().get(k));
    }

    private static boolean isFlat(Component c) {
        return !c.fixed() && c.penalty().isNone();
    }

    private static boolean exchangeable(FactorProblem problem) {
        return problem.w().stream().distinct().count() == 1
                && problem.h().stream().distinct().count() == 1;
    }
}
