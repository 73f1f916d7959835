package org.unblend.math;

import java.util.Arrays;
import java.util.BitSet;

/**
 * LU factors of {@code shift I - A} for many matrices A of one sparsity pattern, without pivoting: rows and columns are
 * ordered once by minimum degree (Tinney scheme 2 on the pattern of A + A^T), the fill is found once, and each numeric
 * factorisation runs row by row over it and allocates nothing. Meant for implicit time steps, where the shift 1/(gamma h)
 * makes the diagonal dominant as h shrinks; a pivot that is zero or not finite is reported, and the caller takes a smaller
 * step. Not thread-safe: one instance per thread.
 */
public final class SparseLu {
    private final int n;
    /** order[k] is the original index of the k-th pivot. */
    private final int[] order;
    /** For each original entry, by permuted row: its place in the caller's values and its permuted column. */
    private final int[] entryStart;

    private final int[] entryValue;
    private final int[] entryColumn;
    /** Rows of L (below the diagonal) and U (from the diagonal on), permuted columns ascending. */
    private final int[] rowStart;

    private final int[] diagonal;
    private final int[] columns;
    private final double[] factors;
    private final double[] reciprocal;
    private final double[] work;

    /**
     * @param n order of the matrix
     * @param start where each row's entries begin, length n + 1
     * @param column column of each entry, distinct within a row; the diagonal may be absent
     */
    public SparseLu(int n, int[] start, int[] column) {
        this.n = n;
        BitSet[] rows = new BitSet[n];
        for (int i = 0; i < n; i++) {
            rows[i] = new BitSet(n);
            rows[i].set(i);
            for (int p = start[i]; p < start[i + 1]; p++) {
                rows[i].set(column[p]);
            }
        }
        order = minimumDegree(rows);
        int[] place = new int[n];
        for (int k = 0; k < n; k++) {
            place[order[k]] = k;
        }
        entryStart = new int[n + 1];
        entryValue = new int[start[n]];
        entryColumn = new int[start[n]];
        BitSet[] filled = new BitSet[n];
        for (int k = 0, e = 0; k < n; k++) {
            filled[k] = new BitSet(n);
            filled[k].set(k);
            for (int p = start[order[k]]; p < start[order[k] + 1]; p++) {
                entryValue[e] = p;
                entryColumn[e++] = place[column[p]];
                filled[k].set(place[column[p]]);
            }
            entryStart[k + 1] = e;
        }
        BitSet above = new BitSet(n);
        for (int i = 0; i < n; i++) {
            for (int k = filled[i].nextSetBit(0); k < i; k = filled[i].nextSetBit(k + 1)) {
                above.clear();
                above.or(filled[k]);
                above.clear(0, k + 1);
                filled[i].or(above);
            }
        }
        rowStart = new int[n + 1];
        diagonal = new int[n];
        for (int i = 0; i < n; i++) {
            rowStart[i + 1] = rowStart[i] + filled[i].cardinality();
        }
        columns = new int[rowStart[n]];
        for (int i = 0; i < n; i++) {
            int p = rowStart[i];
            for (int j = filled[i].nextSetBit(0); j >= 0; j = filled[i].nextSetBit(j + 1)) {
                diagonal[i] = j == i ? p : diagonal[i];
                columns[p++] = j;
            }
        }
        factors = new double[rowStart[n]];
        reciprocal = new double[n];
        work = new double[n];
    }

    private static int[] minimumDegree(BitSet[] rows) {
        int n = rows.length;
        BitSet[] graph = new BitSet[n];
        for (int i = 0; i < n; i++) {
            graph[i] = (BitSet) rows[i].clone();
        }
        for (int i = 0; i < n; i++) {
            for (int j = rows[i].nextSetBit(0); j >= 0; j = rows[i].nextSetBit(j + 1)) {
                graph[j].set(i);
            }
        }
        int[] order = new int[n];
        boolean[] done = new boolean[n];
        for (int k = 0; k < n; k++) {
            int best = -1;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < n; i++) {
                if (!done[i] && graph[i].cardinality() < least) {
                    least = graph[i].cardinality();
                    best = i;
                }
            }
            done[best] = true;
            order[k] = best;
            for (int j = graph[best].nextSetBit(0); j >= 0; j = graph[best].nextSetBit(j + 1)) {
                if (j != best) {
                    graph[j].or(graph[best]);
                    graph[j].clear(best);
                }
            }
        }
        return order;
    }

    /** Number of stored factors, fill included. */
    public int size() {
        return rowStart[n];
    }

    /**
     * Factorises {@code shift I - A}.
     *
     * @param values entries of A in the order of the pattern, not modified
     * @return false if a pivot is zero or not finite; the factors are then unusable
     */
    public boolean factor(double shift, double[] values) {
        double[] w = work;
        for (int i = 0; i < n; i++) {
            int end = rowStart[i + 1];
            for (int p = rowStart[i]; p < end; p++) {
                w[columns[p]] = 0;
            }
            w[i] = shift;
            for (int e = entryStart[i]; e < entryStart[i + 1]; e++) {
                w[entryColumn[e]] -= values[entryValue[e]];
            }
            for (int p = rowStart[i]; p < diagonal[i]; p++) {
                int k = columns[p];
                if (w[k] != 0) {
                    double factor = w[k] * reciprocal[k];
                    w[k] = factor;
                    for (int q = diagonal[k] + 1; q < rowStart[k + 1]; q++) {
                        w[columns[q]] -= factor * factors[q];
                    }
                }
            }
            for (int p = rowStart[i]; p < end; p++) {
                factors[p] = w[columns[p]];
            }
            reciprocal[i] = 1 / w[i];
            if (!Double.isFinite(reciprocal[i]) || !Double.isFinite(w[i])) {
                return false;
            }
        }
        return true;
    }

    /** Solves {@code (shift I - A) x = b} with the last factors; {@code b} [n] is overwritten by x. */
    public void solve(double[] b) {
        double[] w = work;
        for (int i = 0; i < n; i++) {
            double sum = b[order[i]];
            for (int p = rowStart[i]; p < diagonal[i]; p++) {
                sum -= factors[p] * w[columns[p]];
            }
            w[i] = sum;
        }
        for (int i = n - 1; i >= 0; i--) {
            double sum = w[i];
            for (int p = diagonal[i] + 1; p < rowStart[i + 1]; p++) {
                sum -= factors[p] * w[columns[p]];
            }
            w[i] = sum * reciprocal[i];
            b[order[i]] = w[i];
        }
    }

    @Override
    public String toString() {
        return "SparseLu of order " + n + " with " + size() + " factors, pivots " + Arrays.toString(order);
    }
}
