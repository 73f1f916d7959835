package org.unblend.nested.refine;

import java.util.Arrays;

/**
 * The figures of a {@link Sum} that grows by batches, at the cost of each batch alone: a heavy tail may take thousands of
 * them. The bits are those of the sum.
 */
final class Tally {
    private double[] logWeight = new double[0];
    private int rows;
    private long candidates;
    private double highest = Double.NEGATIVE_INFINITY;

    /** Of all weights over the highest. */
    private double sum;

    private double squares;

    void add(Sum part) {
        int before = rows;
        rows += part.rows();
        candidates += part.candidates();
        if (rows > logWeight.length) {
            logWeight = Arrays.copyOf(logWeight, 2 * rows);
        }
        System.arraycopy(part.logWeight(), 0, logWeight, before, part.rows());
        double high = Arrays.stream(part.logWeight()).max().orElse(Double.NEGATIVE_INFINITY);
        if (high > highest) {
            highest = high;
            sum = 0;
            squares = 0;
            before = 0;
        }
        for (int i = before; i < rows && highest > Double.NEGATIVE_INFINITY; i++) {
            double w = Math.exp(logWeight[i] - highest);
            sum += w;
            squares += w * w;
        }
    }

    int rows() {
        return rows;
    }

    /** The highest log weight. */
    double highest() {
        return highest;
    }

    /** As {@link Sum#ess}. */
    double ess() {
        return sum > 0 ? sum * sum / squares : 0;
    }

    /** As {@link Sum#error}. */
    double error() {
        return Sum.error(ess(), candidates);
    }
}
