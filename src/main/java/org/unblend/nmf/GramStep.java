package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;
import org.unblend.math.Sparse;

/**
 * A half-step for Normal data without weights. With {@code G = a a^T} and {@code N = a X} the objective is, for every
 * column b of the moved factor, {@code b G b / 2 - N b} plus penalties; some sweeps of exact coordinate descent lower it
 * (HALS: Cichocki and Phan 2009; several sweeps per product: Gillis and Glineur 2012, Neural Computation 24, 1085).
 */
final class GramStep implements HalfStep {
    private static final int MOST_SWEEPS = 8;

    private final Products products;
    private final List<Component> components;
    private final Parallel parallel;
    private final int columns;
    private final int sweeps;
    private final double halfSquare;
    private final double[][] numerator;
    private final double[] scratch;
    private final double[] terms;

    /**
     * @param x {@code [m x n]}
     * @param transposed its transpose
     * @param components priors of the moved factor
     * @param sweeps sweeps per product; 0 to choose by the cost of a product
     */
    GramStep(Matrix x, Matrix transposed, List<Component> components, int sweeps, Parallel parallel) {
        products = new Products(x, transposed);
        this.components = components;
        this.parallel = parallel;
        columns = x.columns();
        int rank = components.size();
        this.sweeps = sweeps > 0 ? sweeps : x instanceof Sparse s ? sweeps(s, rank) : MOST_SWEEPS;
        halfSquare = 0.5 * square(x, parallel);
        numerator = new double[rank][columns];
        scratch = new double[columns];
        terms = new double[columns];
    }

    /** Of sparse data a sweep costs about as much as a product, so there are fewer. */
    private static int sweeps(Sparse x, int rank) {
        return Math.max(2, Math.min(MOST_SWEEPS, x.entries() / (2 * rank * x.columns())));
    }

    /**
     * A step on products that are had otherwise.
     *
     * @param columns n
     * @param halfSquare half the sum of squares of the data
     */
    GramStep(Products products, int columns, double halfSquare, List<Component> components, Parallel parallel) {
        this.products = products;
        this.components = components;
        this.parallel = parallel;
        this.columns = columns;
        this.sweeps = MOST_SWEEPS;
        this.halfSquare = halfSquare;
        numerator = new double[components.size()][columns];
        scratch = new double[columns];
        terms = new double[columns];
    }

    @Override
    public Outcome improve(double[][] held, double[][] moved, boolean price, boolean look) {
        double[][] gram = Rows.gram(held, parallel);
        double[] packed = products.pack(held, parallel);
        int blocks = (columns + Products.BLOCK - 1) / Products.BLOCK;
        double[] losses = new double[blocks];
        Optimality.Movement[][] movements = new Optimality.Movement[look ? blocks : 0][];
        parallel.forRanges(columns, Products.BLOCK, (from, to) -> {
            int block = from / Products.BLOCK;
            products.multiply(held, packed, numerator, from, to);
            if (look) {
                movements[block] = movements(gram, moved, from, to);
            }
            for (int s = 0; s < sweeps; s++) {
                sweep(gram, numerator, components, moved, scratch, from, to);
            }
            losses[block] = price ? loss(gram, numerator, moved, from, to) : Double.NaN;
        });
        return new Outcome(halfSquare + Arrays.stream(losses).sum(), look ? worst(movements) : Double.NaN);
    }

    /** The KKT residual of {@code moved}. */
    double residual(double[][] held, double[][] moved) {
        double[][] gram = Rows.gram(held, parallel);
        double[] packed = products.pack(held, parallel);
        int blocks = (columns + Products.BLOCK - 1) / Products.BLOCK;
        Optimality.Movement[][] movements = new Optimality.Movement[blocks][];
        parallel.forRanges(columns, Products.BLOCK, (from, to) -> {
            products.multiply(held, packed, numerator, from, to);
            movements[from / Products.BLOCK] = movements(gram, moved, from, to);
        });
        return worst(movements);
    }

    /** The data term. */
    double loss(double[][] held, double[][] moved) {
        double[] packed = products.pack(held, parallel);
        parallel.forRanges(columns, Products.BLOCK, (from, to) -> products.multiply(held, packed, numerator, from, to));
        return loss(Rows.gram(held, parallel), numerator, moved);
    }

    /** The data term, from products that were made before. */
    double loss(double[][] gram, double[][] products, double[][] moved) {
        double sum = halfSquare;
        for (int from = 0; from < columns; from += Products.BLOCK) {
            sum += loss(gram, products, moved, from, Math.min(columns, from + Products.BLOCK));
        }
        return sum;
    }

    /** One sweep of exact coordinate descent over the columns [from, to). */
    static void sweep(
            double[][] gram,
            double[][] numerator,
            List<Component> components,
            double[][] moved,
            double[] scratch,
            int from,
            int to) {
        int r = moved.length;
        double[] c = new double[r];
        for (int k = 0; k < r; k++) {
            if (components.get(k).fixed()) {
                continue;
            }
            for (int l = 0; l < r; l++) {
                c[l] = l == k ? 0 : -gram[k][l];
            }
            System.arraycopy(numerator[k], from, scratch, from, to - from);
            Rows.combine(scratch, from, to, c, moved);
            settle(components.get(k).penalty(), gram[k][k], scratch, moved[k], from, to);
        }
    }

    /** Moves each entry to its own minimum. */
    private static void settle(Penalty penalty, double curvature, double[] pull, double[] b, int from, int to) {
        double a = curvature + penalty.l2();
        if (penalty.excludesZero() || a == 0) {
            for (int j = from; j < to; j++) {
                b[j] = penalty.minimiser(curvature, pull[j], b[j]);
            }
            return;
        }
        double inverse = 1 / a;
        double shift = -penalty.l1() * inverse;
        for (int j = from; j < to; j++) {
            b[j] = Math.max(0, Math.fma(pull[j], inverse, shift));
        }
    }

    private double loss(double[][] gram, double[][] numerator, double[][] moved, int from, int to) {
        Arrays.fill(terms, from, to, 0);
        for (int k = 0; k < moved.length; k++) {
            Arrays.fill(scratch, from, to, 0);
            Rows.combine(scratch, from, to, gram[k], moved);
            double[] b = moved[k];
            double[] n = numerator[k];
            for (int j = from; j < to; j++) {
                terms[j] += b[j] * (0.5 * scratch[j] - n[j]);
            }
        }
        return Rows.sum(terms, from, to);
    }

    private Optimality.Movement[] movements(double[][] gram, double[][] moved, int from, int to) {
        Optimality.Movement[] out = new Optimality.Movement[moved.length];
        for (int k = 0; k < moved.length; k++) {
            out[k] = new Optimality.Movement();
            if (components.get(k).fixed()) {
                continue;
            }
            System.arraycopy(numerator[k], from, scratch, from, to - from);
            double[] c = new double[moved.length];
            for (int l = 0; l < c.length; l++) {
                c[l] = l == k ? 0 : -gram[k][l];
            }
            Rows.combine(scratch, from, to, c, moved);
            for (int j = from; j < to; j++) {
                double b = moved[k][j];
                out[k].add(b, components.get(k).penalty().minimiser(gram[k][k], scratch[j], b));
            }
        }
        return out;
    }

    /** The largest relative movement of a component over all blocks. */
    static double worst(Optimality.Movement[][] movements) {
        double worst = 0;
        for (int k = 0; k < movements[0].length; k++) {
            Optimality.Movement total = new Optimality.Movement();
            for (Optimality.Movement[] block : movements) {
                total.add(block[k]);
            }
            worst = Math.max(worst, total.relative());
        }
        return worst;
    }

    /** The sum of squares. */
    static double square(Matrix x, Parallel parallel) {
        return x instanceof Sparse s
                ? Rows.dot(s.value(), s.value())
                : Rows.square(x.dense().array(), parallel);
    }
}
