package org.unblend.nmf.start;

import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;
import org.unblend.nmf.FactorProblem;

/** The size of observed data, from which starts take their scale. */
public final class Level {
    private Level() {}

    /** The mean of the observed entries; of their sizes where it is not positive; 1 where all are zero. */
    public static double of(FactorProblem problem) {
        double sum = 0;
        double sizes = 0;
        double count = 0;
        Matrix x = problem.x();
        if (x instanceof Sparse s) {
            for (double v : s.value()) {
                sum += v;
                sizes += Math.abs(v);
            }
            count = (double) s.rows() * s.columns();
        } else {
            // Masked entries are zero already.
            for (int i = 0; i < x.rows(); i++) {
                double[] row = x.dense().row(i);
                double[] v =
                        problem.weights().isPresent() ? problem.weights().get().row(i) : null;
                for (int j = 0; j < row.length; j++) {
                    sum += row[j];
                    sizes += Math.abs(row[j]);
                    count += v == null || v[j] > 0 ? 1 : 0;
                }
            }
        }
        return sum > 0 ? sum / count : sizes > 0 ? sizes / count : 1;
    }

    /** The data with masked entries replaced by the independence model {@code row mean x column mean / mean}. */
    public static Matrix filled(FactorProblem problem) {
        if (problem.weights().isEmpty()) {
            return problem.x();
        }
        Dense x = problem.x().dense();
        Dense v = problem.weights().get();
        double[] row = new double[x.rows()];
        double[] rowCount = new double[x.rows()];
        double[] column = new double[x.columns()];
        double[] columnCount = new double[x.columns()];
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (v.get(i, j) > 0) {
                    row[i] += x.get(i, j);
                    rowCount[i]++;
                    column[j] += x.get(i, j);
                    columnCount[j]++;
                }
            }
        }
        double level = of(problem);
        Dense filled = x.copy();
        for (int i = 0; i < x.rows(); i++) {
            double ofRow = rowCount[i] > 0 ? row[i] / rowCount[i] : level;
            for (int j = 0; j < x.columns(); j++) {
                if (v.get(i, j) == 0) {
                    double ofColumn = columnCount[j] > 0 ? column[j] / columnCount[j] : level;
                    filled.row(i)[j] = Math.max(0, ofRow) * Math.max(0, ofColumn) / level;
                }
            }
        }
        return filled;
    }
}
