package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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

    /**
     * The canonical pair; {@code factors} is not modified.
     *
     * @param order true to order components; false to leave them as they came
     */
    static Factors of(FactorPattern pattern, Factors factors, boolean order) {
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
        int[] place = IntStream.range(0, share.length).toArray();
        for (Block block : pattern.blocks()) {
            if (order && exchangeable(pattern.problem(), block)) {
                int[] sorted = IntStream.range(block.from(), block.to())
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer k) -> share[k])
                                .reversed())
                        .mapToInt(Integer::intValue)
                        .toArray();
                System.arraycopy(sorted, 0, place, block.from(), sorted.length);
            }
        }
        return new Factors(Dense.of(ordered(w, place)).transpose(), Dense.of(ordered(h, place)));
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

    private static boolean exchangeable(FactorProblem problem, Block block) {
        return block.w() instanceof Parameter
                && block.h() instanceof Parameter
                && IntStream.range(block.from(), block.to())
                                .mapToObj(k ->
                                        List.of(problem.w().get(k), problem.h().get(k)))
                                .distinct()
                                .count()
                        == 1;
    }
}
