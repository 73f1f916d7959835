package org.unblend.diagnose;

import org.unblend.math.Dense;

/** Hierarchical clustering by average linkage (UPGMA), with the chain of nearest neighbours: O(n^2) time. */
final class AverageLinkage {
    private AverageLinkage() {}

    /**
     * For every pair the height at which their clusters are joined.
     *
     * @param distance {@code [n x n]}, symmetric, not modified
     * @return {@code [n x n]}
     */
    static double[][] copheneticDistances(double[][] distance) {
        int n = distance.length;
        double[][] d = Dense.copy(distance);
        double[][] out = new double[n][n];
        int[][] members = new int[n][];
        for (int i = 0; i < n; i++) {
            members[i] = new int[] {i};
        }
        int[] chain = new int[n];
        int length = 0;
        for (int joined = 1; joined < n; joined++) {
            if (length == 0) {
                chain[length++] = firstAlive(members);
            }
            int a;
            int b;
            while (true) {
                a = chain[length - 1];
                int before = length > 1 ? chain[length - 2] : -1;
                b = nearest(d, members, a, before);
                if (b == before) {
                    break;
                }
                chain[length++] = b;
            }
            length -= 2;
            join(d, members, out, a, b);
        }
        return out;
    }

    private static int firstAlive(int[][] members) {
        int i = 0;
        while (members[i] == null) {
            i++;
        }
        return i;
    }

    /** The nearest cluster; among equals the one before in the chain, so that chains end. */
    private static int nearest(double[][] d, int[][] members, int a, int before) {
        int best = before;
        double least = before < 0 ? Double.POSITIVE_INFINITY : d[a][before];
        for (int j = 0; j < members.length; j++) {
            if (j != a && members[j] != null && d[a][j] < least) {
                least = d[a][j];
                best = j;
            }
        }
        return best;
    }

    private static void join(double[][] d, int[][] members, double[][] out, int a, int b) {
        for (int i : members[a]) {
            for (int j : members[b]) {
                out[i][j] = d[a][b];
                out[j][i] = d[a][b];
            }
        }
        double na = members[a].length;
        double nb = members[b].length;
        for (int j = 0; j < members.length; j++) {
            if (members[j] != null && j != a && j != b) {
                d[a][j] = (na * d[a][j] + nb * d[b][j]) / (na + nb);
                d[j][a] = d[a][j];
            }
        }
        int[] both = new int[members[a].length + members[b].length];
        System.arraycopy(members[a], 0, both, 0, members[a].length);
        System.arraycopy(members[b], 0, both, members[a].length, members[b].length);
        members[a] = both;
        members[b] = null;
    }
}
