package org.unblend.diagnose;

import java.util.Arrays;
import org.unblend.math.Assignment;
import org.unblend.math.Dense;

/**
 * Components of one factorisation matched one to one with those of another, or with a table of references, so that the
 * sum of their cosine similarities is largest.
 *
 * @param match {@code [candidates]}, the reference of each candidate; -1 where there are more candidates than references
 * @param cosine {@code [candidates]}, cosine similarity of each pair; NaN where there is none
 */
public record Alignment(int[] match, double[] cosine) {

    /**
     * Aligns columns with columns.
     *
     * @param reference {@code [features x references]}
     * @param candidate {@code [features x candidates]}
     */
    public static Alignment of(Dense reference, Dense candidate) {
        double[][] similar = cosines(candidate, reference);
        boolean crowded = candidate.columns() > reference.columns();
        double[][] cost = negative(crowded ? transposed(similar) : similar);
        int[] assigned = Assignment.cheapest(cost);
        int[] match = assigned;
        if (crowded) {
            match = new int[candidate.columns()];
            Arrays.fill(match, -1);
            for (int k = 0; k < assigned.length; k++) {
                match[assigned[k]] = k;
            }
        }
        double[] cosine = new double[match.length];
        for (int k = 0; k < match.length; k++) {
            cosine[k] = match[k] < 0 ? Double.NaN : similar[k][match[k]];
        }
        return new Alignment(match, cosine);
    }

    /** The mean cosine of the pairs. */
    public double meanCosine() {
        return Arrays.stream(cosine).filter(c -> !Double.isNaN(c)).average().orElse(Double.NaN);
    }

    /**
     * Cosine similarities of columns, {@code [columns of a x columns of b]}; 0 with a column of zeros.
     *
     * @throws IllegalArgumentException if the numbers of rows differ
     */
    public static double[][] cosines(Dense a, Dense b) {
        if (a.rows() != b.rows()) {
            throw new IllegalArgumentException(
                    "components with " + a.rows() + " features cannot be compared with such of " + b.rows()
                            + "; give both the same features in the same order");
        }
        double[][] left = unit(a);
        double[][] right = unit(b);
        double[][] cosine = new double[left.length][right.length];
        for (int k = 0; k < left.length; k++) {
            for (int l = 0; l < right.length; l++) {
                double sum = 0;
                for (int i = 0; i < left[k].length; i++) {
                    sum += left[k][i] * right[l][i];
                }
                cosine[k][l] = Math.max(-1, Math.min(1, sum));
            }
        }
        return cosine;
    }

    /** The columns as rows of unit Euclidean length, {@code [columns x rows]}; columns of zeros stay zero. */
    static double[][] unit(Dense x) {
        double[][] columns = x.transpose().array();
        for (double[] column : columns) {
            double largest = Arrays.stream(column).map(Math::abs).max().orElse(0);
            if (largest > 0) {
                double squares = 0;
                for (int i = 0; i < column.length; i++) {
                    column[i] /= largest;
                    squares += column[i] * column[i];
                }
                double length = Math.sqrt(squares);
                for (int i = 0; i < column.length; i++) {
                    column[i] /= length;
                }
            }
        }
        return columns;
    }

    private static double[][] transposed(double[][] x) {
        return Dense.of(x).transpose().array();
    }

    private static double[][] negative(double[][] x) {
        return Arrays.stream(x)
                .map(row -> Arrays.stream(row).map(v -> -v).toArray())
                .toArray(double[][]::new);
    }
}
