package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.math.Cholesky;

/** Finds the {@link Bend} of weighted points by least squares, terms of degree two chosen one after the other. */
final class BendFit {
    /** With more dimensions there are squares alone, no products. */
    private static final int MOST_WITH_PRODUCTS = 12;

    /** Most terms of degree two per coordinate. */
    private static final int MOST_CURVED = 8;

    /** A term must lower {@code n ln(variance)} by so many times {@code ln n}; n is the effective number of points. */
    private static final double WORTH = 3;

    /** Sum over coordinates of ln of the factor by which they become narrower; less than this is not worth a fit. */
    private static final double LEAST_GAIN = 0.2;

    private final double[] weight;
    private final int d;
    private final double points;
    private final double[] centre;
    private final double[] scale;

    /** Standardised coordinates, {@code [d][points]}. */
    private final double[][] t;

    private BendFit(double[] z, double[] weight, int d) {
        int n = weight.length;
        double sum = Arrays.stream(weight).sum();
        this.weight = Arrays.stream(weight).map(w -> w / sum).toArray();
        this.d = d;
        this.points = 1 / Arrays.stream(this.weight).map(w -> w * w).sum();
        this.centre = new double[d];
        this.scale = new double[d];
        this.t = new double[d][n];
        for (int j = 0; j < d; j++) {
            for (int i = 0; i < n; i++) {
                centre[j] += this.weight[i] * z[i * d + j];
            }
            double squares = 0;
            for (int i = 0; i < n; i++) {
                squares += this.weight[i] * (z[i * d + j] - centre[j]) * (z[i * d + j] - centre[j]);
            }
            scale[j] = Math.max(Math.sqrt(squares), Double.MIN_NORMAL);
            for (int i = 0; i < n; i++) {
                t[j][i] = Bend.standard(z[i * d + j], centre[j], scale[j]);
            }
        }
    }

    /**
     * Fits in the order of the coordinates and against it; the better one.
     *
     * @param z {@code [points x d]}
     * @param weight {@code [points]}, non-negative, not all zero
     * @return empty if hardly anything is bent
     */
    static Optional<Bend> of(double[] z, double[] weight, int d) {
        BendFit fit = new BendFit(z, weight, d);
        Found forward = fit.in(IntStream.range(0, d).toArray());
        Found backward = fit.in(IntStream.range(0, d).map(i -> d - 1 - i).toArray());
        Found better = forward.gain >= backward.gain ? forward : backward;
        return better.gain > LEAST_GAIN ? Optional.of(better.bend) : Optional.empty();
    }

    private record Found(Bend bend, double gain) {}

    private Found in(int[] order) {
        List<List<Bend.Term>> terms = new ArrayList<>();
        for (int i = 0; i < d; i++) {
            terms.add(List.of());
        }
        double gain = 0;
        for (int k = 1; k < d; k++) {
            Regression r = new Regression(t[order[k]]);
            r.add(Bend.NONE, Bend.NONE);
            for (int j = 0; j < k; j++) {
                r.add(order[j], Bend.NONE);
            }
            double straight = r.variance();
            int before = r.columns.size();
            while (r.columns.size() < before + MOST_CURVED && r.addBest(order, k)) {}
            if (r.columns.size() > before) {
                terms.set(order[k], r.terms(scale[order[k]]));
                gain += 0.5 * Math.log(straight / r.variance());
            }
        }
        return new Found(new Bend(order, centre, scale, terms), gain);
    }

    /** Least squares on columns that are made orthonormal one after the other. */
    private final class Regression {
        private final List<int[]> pairs = new ArrayList<>();
        private final List<double[]> columns = new ArrayList<>();
        private final List<double[]> orthonormal = new ArrayList<>();
        private final double[] target;
        private double[] residual;

        Regression(double[] target) {
            this.target = target;
            this.residual = target.clone();
        }

        double variance() {
            return Math.max(dot(residual, residual), Double.MIN_NORMAL);
        }

        void add(int a, int b) {
            double[] column = column(a, b);
            double[] q = rest(column);
            if (q.length > 0) {
                pairs.add(new int[] {a, b});
                columns.add(column);
                orthonormal.add(q);
                subtract(residual, q, dot(residual, q));
            }
        }

        /** Adds the term that explains most, if it is worth it. */
        boolean addBest(int[] order, int before) {
            int[] best = null;
            double most = 0;
            for (int j = 0; j < before; j++) {
                for (int k = d > MOST_WITH_PRODUCTS ? j : 0; k <= j; k++) {
                    double[] q = rest(column(order[j], order[k]));
                    double explained = q.length == 0 ? 0 : dot(residual, q) * dot(residual, q);
                    if (explained > most) {
                        most = explained;
                        best = new int[] {order[j], order[k]};
                    }
                }
            }
            double left = variance() - most;
            if (best == null || !(-points * Math.log(Math.max(left, 1e-300) / variance()) > WORTH * Math.log(points))) {
                return false;
            }
            add(best[0], best[1]);
            return true;
        }

        List<Bend.Term> terms(double unit) {
            int m = columns.size();
            double[] gram = new double[m * m];
            double[] right = new double[m];
            for (int a = 0; a < m; a++) {
                right[a] = dot(columns.get(a), target);
                for (int b = 0; b < m; b++) {
                    gram[a * m + b] = dot(columns.get(a), columns.get(b));
                }
            }
            double[] inverse = Cholesky.invert(Cholesky.factor(gram, m), m);
            double[] half = new double[m];
            double[] c = new double[m];
            for (int a = 0; a < m; a++) {
                for (int b = 0; b <= a; b++) {
                    half[a] += inverse[a * m + b] * right[b];
                }
            }
            for (int a = 0; a < m; a++) {
                for (int b = a; b < m; b++) {
                    c[a] += inverse[b * m + a] * half[b];
                }
            }
            return IntStream.range(0, m)
                    .mapToObj(a -> new Bend.Term(pairs.get(a)[0], pairs.get(a)[1], unit * c[a]))
                    .toList();
        }

        /** What the columns so far do not explain, with norm one; empty if that is nothing. */
        private double[] rest(double[] column) {
            double all = dot(column, column);
            double[] q = column.clone();
            for (double[] o : orthonormal) {
                subtract(q, o, dot(q, o));
            }
            double norm2 = dot(q, q);
            return norm2 > 1e-8 * all ? scaled(q, 1 / Math.sqrt(norm2)) : new double[0];
        }
    }

    private double[] column(int a, int b) {
        double[] c = new double[weight.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = (a == Bend.NONE ? 1 : t[a][i]) * (b == Bend.NONE ? 1 : t[b][i]);
        }
        return c;
    }

    private double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += weight[i] * x[i] * y[i];
        }
        return sum;
    }

    private static void subtract(double[] x, double[] y, double factor) {
        for (int i = 0; i < x.length; i++) {
            x[i] -= factor * y[i];
        }
    }

    private static double[] scaled(double[] x, double factor) {
        return Arrays.stream(x).map(v -> factor * v).toArray();
    }
}
