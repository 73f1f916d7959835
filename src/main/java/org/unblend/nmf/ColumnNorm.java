package org.unblend.nmf;

import java.util.Locale;
import org.unblend.math.Dense;

/** What each column of W is scaled to, the row of H taking up the factor, so that W H stays as it is. */
public enum ColumnNorm {
    /** Its entries sum to one: H carries the unit of the data. */
    SUM {
        @Override
        double size(double[] column) {
            double sum = 0;
            for (double v : column) {
                sum += v;
            }
            return sum;
        }
    },
    /** Its squares sum to one. */
    L2 {
        @Override
        double size(double[] column) {
            double largest = MAX.size(column);
            double sum = 0;
            for (double v : column) {
                sum += largest > 0 ? v / largest * (v / largest) : 0;
            }
            return largest * Math.sqrt(sum);
        }
    },
    /** Its largest entry is one. */
    MAX {
        @Override
        double size(double[] column) {
            double largest = 0;
            for (double v : column) {
                largest = Math.max(largest, v);
            }
            return largest;
        }
    };

    /** The size of a column of numbers from 0. */
    abstract double size(double[] column);

    /** The same product with columns of this size; columns of zeros stay. The factors are not modified. */
    public Factors of(Factors factors) {
        double[][] w = factors.w().transpose().array();
        Dense h = factors.h().copy();
        for (int k = 0; k < w.length; k++) {
            double size = size(w[k]);
            if (size > 0 && Double.isFinite(size)) {
                for (int i = 0; i < w[k].length; i++) {
                    w[k][i] /= size;
                }
                double[] row = h.row(k);
                for (int j = 0; j < row.length; j++) {
                    row[j] *= size;
                }
            }
        }
        return new Factors(Dense.of(w).transpose(), h);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
