package org.unblend.density;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.Sparse;
import org.unblend.model.Arg;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Independent;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.op.Product;

/**
 * The likelihood of sparse data around the product of two nodes, from stored entries alone. What is not stored is 0 and
 * enters through the sum of all means (Poisson) or of their squares (Normal), which follow from the factors:
 *
 * <p>{@code sum_ij mu_ij = sum_k (sum_i W_ik) (sum_j H_kj)}, {@code sum_ij mu_ij^2 = sum_kl (W'W)_kl (H H')_kl}.
 */
final class SparseLikelihood {
    private final Sparse x;
    private final int left;
    private final int right;
    private final int rank;
    private final boolean poisson;
    private final double precision;
    private final double constant;

    private SparseLikelihood(Sparse x, int left, int right, int rank, boolean poisson, double sd) {
        this.x = x;
        this.left = left;
        this.right = right;
        this.rank = rank;
        this.poisson = poisson;
        precision = 1 / (sd * sd);
        double sum = 0;
        for (double v : x.value()) {
            sum -= poisson ? Gamma.logGamma(v + 1) : 0;
        }
        constant = poisson ? sum : -(double) x.rows() * x.columns() * (Math.log(sd) + 0.5 * Math.log(2 * Math.PI));
    }

    /**
     * The likelihood of an observation, if its data are sparse, its noise is Poisson or Normal of one known size, its mean
     * is a matrix product, and no mean can be negative.
     */
    static Optional<SparseLikelihood> of(Observation o, List<Node> nodes, Map<String, Integer> index) {
        if (o.sparse().isEmpty() || !(o.likelihood() instanceof Independent likelihood)) {
            return Optional.empty();
        }
        boolean poisson = likelihood.family() instanceof Poisson;
        boolean normal = likelihood.family() instanceof Normal
                && likelihood.args().get(1) instanceof Arg.Value v
                && v.value() > 0;
        if (!(poisson || normal)
                || !(likelihood.args().get(0) instanceof Arg.Ref mean)
                || !(nodes.get(index.get(mean.node())) instanceof Deterministic d)
                || !(d.op() instanceof Product product)) {
            return Optional.empty();
        }
        int left = index.get(product.left());
        int right = index.get(product.right());
        if (poisson && !(isNonNegative(nodes.get(left)) && isNonNegative(nodes.get(right)))) {
            return Optional.empty();
        }
        Sparse x = o.sparse().get();
        boolean straight = o.dims().axes().get(0).equals(d.dims().axes().get(0));
        int rank = nodes.get(left).dims().axes().get(1).length();
        double sd = normal ? ((Arg.Value) likelihood.args().get(1)).value() : 1;
        return Optional.of(new SparseLikelihood(straight ? x : x.transpose(), left, right, rank, poisson, sd));
    }

    private static boolean isNonNegative(Node node) {
        if (node instanceof Constant c) {
            for (double v : c.values()) {
                if (v < 0) {
                    return false;
                }
            }
            return true;
        }
        return node instanceof Parameter p
                && p.prior() instanceof Independent prior
                && (prior.numbers().isPresent() || prior.family().fixedSupport())
                && prior.family()
                                .support(prior.numbers()
                                        .orElse(new double[prior.args().size()]))
                                .low()
                        >= 0;
    }

    /** The nodes that are read. */
    int[] inputs() {
        return new int[] {left, right};
    }

    /** Number of entries, stored or not. */
    long counted() {
        return (long) x.rows() * x.columns();
    }

    /** ln of the likelihood of one row of a frame. */
    double log(Frame frame, int row) {
        double[] w = left(frame, row);
        double[] h = right(frame, row);
        double sum = constant;
        if (poisson) {
            double[] ofW = sums(w);
            double[] ofH = sums(h);
            for (int k = 0; k < rank; k++) {
                sum -= ofW[k] * ofH[k];
            }
        } else {
            double[] gramW = gram(w);
            double[] gramH = gram(h);
            for (int k = 0; k < gramW.length; k++) {
                sum -= 0.5 * precision * gramW[k] * gramH[k];
            }
        }
        for (int i = 0; i < x.rows(); i++) {
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                double v = x.value()[p];
                double mean = mean(w, i, h, x.column()[p]);
                if (!poisson) {
                    sum += precision * v * (mean - 0.5 * v);
                } else if (v > 0) {
                    sum += v * Math.log(mean);
                }
            }
        }
        return sum;
    }

    /**
     * Adds the derivatives of {@link #log}.
     *
     * @param bars per node, added to; null entries are not wanted
     */
    void gradient(Frame frame, int row, double[][] bars) {
        double[] w = left(frame, row);
        double[] h = right(frame, row);
        double[] ofW = new double[w.length];
        double[] ofH = new double[h.length];
        rest(w, h, ofW);
        rest(h, w, ofH);
        for (int i = 0; i < x.rows(); i++) {
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                int j = x.column()[p];
                double v = x.value()[p];
                double slope = poisson ? (v > 0 ? v / mean(w, i, h, j) : 0) : precision * v;
                for (int k = 0; k < rank; k++) {
                    ofW[i * rank + k] += slope * h[j * rank + k];
                    ofH[j * rank + k] += slope * w[i * rank + k];
                }
            }
        }
        for (int e = 0; bars[left] != null && e < ofW.length; e++) {
            bars[left][row * ofW.length + e] += ofW[e];
        }
        int n = x.columns();
        for (int j = 0; bars[right] != null && j < n; j++) {
            for (int k = 0; k < rank; k++) {
                bars[right][(row * rank + k) * n + j] += ofH[j * rank + k];
            }
        }
    }

    /** Derivatives by {@code a} of the terms that hold all means, {@code [entries of a]}, filled. */
    private void rest(double[] a, double[] b, double[] out) {
        double[] ofB = poisson ? sums(b) : gram(b);
        for (int e = 0; e < out.length; e += rank) {
            for (int k = 0; k < rank; k++) {
                double sum = 0;
                for (int l = 0; !poisson && l < rank; l++) {
                    sum += ofB[k * rank + l] * a[e + l];
                }
                out[e + k] = poisson ? -ofB[k] : -precision * sum;
            }
        }
    }

    private double mean(double[] w, int i, double[] h, int j) {
        double sum = 0;
        for (int k = 0; k < rank; k++) {
            sum += w[i * rank + k] * h[j * rank + k];
        }
        return sum;
    }

    private double[] sums(double[] a) {
        double[] sum = new double[rank];
        for (int e = 0; e < a.length; e++) {
            sum[e % rank] += a[e];
        }
        return sum;
    }

    private double[] gram(double[] a) {
        double[] gram = new double[rank * rank];
        for (int e = 0; e < a.length; e += rank) {
            for (int k = 0; k < rank; k++) {
                for (int l = 0; l < rank; l++) {
                    gram[k * rank + l] += a[e + k] * a[e + l];
                }
            }
        }
        return gram;
    }

    /** W of one row of the frame, {@code [rows of x by rank]}. */
    private double[] left(Frame frame, int row) {
        int size = x.rows() * rank;
        return Arrays.copyOfRange(frame.values[left], row * size, (row + 1) * size);
    }

    /** H of one row of the frame, transposed, {@code [columns of x by rank]}. */
    private double[] right(Frame frame, int row) {
        int n = x.columns();
        double[] h = new double[n * rank];
        for (int k = 0; k < rank; k++) {
            for (int j = 0; j < n; j++) {
                h[j * rank + k] = frame.values[right][(row * rank + k) * n + j];
            }
        }
        return h;
    }
}
