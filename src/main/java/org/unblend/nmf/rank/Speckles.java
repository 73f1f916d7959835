package org.unblend.nmf.rank;

import java.util.Arrays;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;

/** Splits the observed entries of a matrix into folds, scattered over rows and columns (Wold 1978, Technometrics 20, 397). */
final class Speckles {
    /** The fold of entries that are never held out. */
    static final int NEVER = -1;

    private Speckles() {}

    /**
     * The fold of every entry, {@code [features x samples]}. The entries of a sample are dealt out evenly, so that every
     * sample keeps some whichever fold is held out; a feature whose entries all fell into one fold is never held out.
     */
    static int[][] deal(FactorProblem problem, int folds, RandomStream random) {
        int rows = problem.x().rows();
        int columns = problem.x().columns();
        int[][] foldOf = new int[rows][columns];
        for (int[] row : foldOf) {
            Arrays.fill(row, NEVER);
        }
        int[] order = new int[rows];
        for (int j = 0; j < columns; j++) {
            RandomSource source = random.split(j).generator();
            int n = 0;
            for (int i = 0; i < rows; i++) {
                if (Fits.weight(problem, i, j) > 0) {
                    order[n++] = i;
                }
            }
            shuffle(order, n, source);
            int offset = source.nextInt(folds);
            for (int t = 0; n > 1 && t < n; t++) {
                foldOf[order[t]][j] = (t + offset) % folds;
            }
        }
        for (int i = 0; i < rows; i++) {
            keepOne(problem, foldOf[i], i);
        }
        return foldOf;
    }

    static void shuffle(int[] x, int n, RandomSource source) {
        for (int t = n - 1; t > 0; t--) {
            int u = source.nextInt(t + 1);
            int swap = x[t];
            x[t] = x[u];
            x[u] = swap;
        }
    }

    private static void keepOne(FactorProblem problem, int[] folds, int i) {
        int first = NEVER - 1;
        for (int j = 0; j < folds.length; j++) {
            if (Fits.weight(problem, i, j) > 0) {
                if (first != NEVER - 1 && folds[j] != first) {
                    return;
                }
                first = folds[j];
            }
        }
        Arrays.fill(folds, NEVER);
    }
}
