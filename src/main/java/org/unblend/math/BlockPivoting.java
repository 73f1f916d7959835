package org.unblend.math;

/**
 * Non-negative least squares from its normal equations: minimises {@code x G x / 2 - n x} over {@code x >= 0}, exactly, by
 * principal block pivoting (Kim and Park 2011, SIAM J. Sci. Comput. 33, 3261). Where exchanges of whole blocks cycle, it
 * exchanges one variable at a time, which always ends.
 */
public final class BlockPivoting {
    /** Exchanges of whole blocks without progress that are tolerated. */
    private static final int PATIENCE = 3;
    /** A pivot below this fraction of its diagonal entry belongs to a dependent column, which stays at zero. */
    private static final double DEPENDENT = 1e-12;

    private final double[][] gram;
    private final int r;
    private final double[][] factor;
    private final boolean[] passive;
    private final boolean[] exchanged;

    /** @param gram G {@code [r x r]}, symmetric and positive semidefinite; not copied, must not change */
    public BlockPivoting(double[][] gram) {
        this.gram = gram;
        r = gram.length;
        factor = new double[r][r];
        passive = new boolean[r];
        exchanged = new boolean[r];
    }

    /**
     * Solves one problem. Not thread-safe.
     *
     * @param n linear term {@code [r]}, not modified
     * @param x where the positive entries make the first guess of the active set; modified: the solution {@code [r]}
     */
    public void solve(double[] n, double[] x) {
        for (int k = 0; k < r; k++) {
            passive[k] = x[k] > 0;
        }
        int fewest = r + 1;
        int patience = PATIENCE;
        // A block exchange that fails to reduce the number of infeasible entries costs patience, a single one does not,
        // and the single rule visits no set twice; the bound only guards against rounding.
        for (int exchange = 0; exchange < 100 * (r + 1); exchange++) {
            point(n, x);
            int infeasible = 0;
            int last = -1;
            for (int k = 0; k < r; k++) {
                if (isInfeasible(k, n, x)) {
                    infeasible++;
                    last = k;
                }
            }
            if (infeasible == 0) {
                break;
            }
            if (infeasible < fewest) {
                fewest = infeasible;
                patience = PATIENCE;
            } else {
                patience--;
            }
            if (patience >= 0) {
                for (int k = 0; k < r; k++) {
                    exchanged[k] = isInfeasible(k, n, x);
                }
                for (int k = 0; k < r; k++) {
                    passive[k] ^= exchanged[k];
                }
            } else {
                passive[last] ^= true;
            }
        }
        for (int k = 0; k < r; k++) {
            x[k] = Math.max(0, x[k]);
        }
    }

    /** The point where passive entries are free and the others zero. */
    private void point(double[] n, double[] x) {
        boolean[] dropped = new boolean[r];
        for (int k = 0; k < r; k++) {
            x[k] = 0;
            if (!passive[k]) {
                continue;
            }
            for (int l = 0; l <= k; l++) {
                if (!passive[l] || dropped[l]) {
                    continue;
                }
                double s = gram[k][l];
                for (int p = 0; p < l; p++) {
                    if (passive[p] && !dropped[p]) {
                        s -= factor[k][p] * factor[l][p];
                    }
                }
                if (l < k) {
                    factor[k][l] = s / factor[l][l];
                } else if (s > DEPENDENT * gram[k][k]) {
                    factor[k][k] = Math.sqrt(s);
                } else {
                    dropped[k] = true;
                }
            }
        }
        for (int k = 0; k < r; k++) {
            if (passive[k] && !dropped[k]) {
                double s = n[k];
                for (int p = 0; p < k; p++) {
                    s -= passive[p] && !dropped[p] ? factor[k][p] * x[p] : 0;
                }
                x[k] = s / factor[k][k];
            }
        }
        for (int k = r - 1; k >= 0; k--) {
            if (passive[k] && !dropped[k]) {
                double s = x[k];
                for (int p = k + 1; p < r; p++) {
                    s -= passive[p] && !dropped[p] ? factor[p][k] * x[p] : 0;
                }
                x[k] = s / factor[k][k];
            }
        }
    }

    /** True for a negative free entry, and for a zero entry that wants to be positive beyond rounding. */
    private boolean isInfeasible(int k, double[] n, double[] x) {
        if (passive[k]) {
            return x[k] < 0;
        }
        double slope = -n[k];
        double size = Math.abs(n[k]);
        for (int l = 0; l < r; l++) {
            slope += gram[k][l] * x[l];
            size += Math.abs(gram[k][l] * x[l]);
        }
        return slope < -1e-12 * size;
    }
}
