package org.unblend.radiative;

/**
 * Gaussian elimination from the highest level down to the ground state, without pivoting: level k is eliminated before
 * the levels below it. Levels decay mostly downwards, so the pivots (net rates out of a level towards lower ones) are
 * large against what is subtracted, and neither scaling rows nor columns would change a digit.
 *
 * <p>Matrices are arrays of rows: the compiler works on several numbers of a row at once, which it does not within one flat
 * array (1.7 times slower with 41 levels).
 */
final class Elimination {

    private Elimination() {}

    /**
     * Steady state of a Markov process by the algorithm of Grassmann, Taksar and Heyman (1985, Operations Research 33,
     * 1107): no subtraction occurs, so every population has full relative accuracy.
     *
     * @param a rates from level j to level i at {@code [i][j]}, {@code [n][n]}, diagonal ignored; destroyed
     * @param x populations, {@code [n]}, modified; sum 1
     * @return false if a level has no way down, or a number overflowed
     */
    static boolean steadyState(double[][] a, double[] x, int n) {
        for (int k = n - 1; k > 0; k--) {
            double[] rowK = a[k];
            double out = 0;
            for (int i = 0; i < k; i++) {
                out += a[i][k];
            }
            if (!(out > 0)) {
                return false;
            }
            double inverse = 1 / out;
            for (int j = 0; j < k; j++) {
                rowK[j] *= inverse;
            }
            for (int i = 0; i < k; i++) {
                double[] rowI = a[i];
                double factor = rowI[k];
                for (int j = 0; j < k; j++) {
                    rowI[j] += factor * rowK[j];
                }
            }
        }
        x[0] = 1;
        double sum = 1;
        for (int k = 1; k < n; k++) {
            double in = 0;
            for (int j = 0; j < k; j++) {
                in += a[k][j] * x[j];
            }
            x[k] = in;
            sum += in;
        }
        for (int k = 0; k < n; k++) {
            x[k] /= sum;
        }
        return Double.isFinite(sum);
    }

    /**
     * Solves {@code a x = b}.
     *
     * @param a {@code [n][n]}, destroyed
     * @param b {@code [n]}, replaced by x
     * @return false if a pivot vanished or a number overflowed
     */
    static boolean solve(double[][] a, double[] b, int n) {
        for (int k = n - 1; k >= 0; k--) {
            double[] rowK = a[k];
            double pivot = rowK[k];
            if (!(Math.abs(pivot) > 0)) {
                return false;
            }
            double inverse = 1 / pivot;
            for (int j = 0; j < k; j++) {
                rowK[j] *= inverse;
            }
            b[k] *= inverse;
            for (int i = 0; i < k; i++) {
                double[] rowI = a[i];
                double factor = rowI[k];
                for (int j = 0; j < k; j++) {
                    rowI[j] -= factor * rowK[j];
                }
                b[i] -= factor * b[k];
            }
        }
        double check = 0;
        for (int k = 0; k < n; k++) {
            double value = b[k];
            for (int j = 0; j < k; j++) {
                value -= a[k][j] * b[j];
            }
            b[k] = value;
            check += value;
        }
        return Double.isFinite(check);
    }
}
