package org.unblend.nmf;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.unblend.infer.Finding;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;

/**
 * The function that a point factorisation minimises over {@code W >= 0} and {@code H >= 0}: the negative log posterior
 * on the natural scale, without the terms that depend on neither,
 *
 * <p>{@code factor * sum_ij V_ij d(x_ij, (W H)_ij) + sum_k [penalty_Wk(W_:k) + penalty_Hk(H_k:)]}.
 *
 * @param x data {@code [features x samples]}; masked entries are zero
 * @param weights V {@code [features x samples]}, at least 0, 0 = missing; inverse variances of Normal data, exponents of
 *     an entry's likelihood otherwise; empty for ones
 * @param loss the divergence d and its factor
 * @param w prior of each column of W
 * @param h prior of each row of H
 */
public record FactorProblem(Matrix x, Optional<Dense> weights, Loss loss, List<Component> w, List<Component> h) {

    /** Beyond these sizes squares of data overflow or vanish. */
    private static final double LARGEST = 1e100;

    /**
     * Checks everything and replaces masked entries by zero.
     *
     * @throws IllegalArgumentException naming the entry and the remedy, if the data do not fit the noise, the weights
     *     do not fit the data or the rank fits neither
     */
    public FactorProblem {
        w = List.copyOf(w);
        h = List.copyOf(h);
        if (x.rows() == 0 || x.columns() == 0) {
            throw new IllegalArgumentException("the data matrix is empty");
        }
        if (w.isEmpty() || w.size() != h.size()) {
            throw new IllegalArgumentException("W has " + w.size() + " components and H has " + h.size()
                    + "; both need the same rank of at least 1");
        }
        if (w.size() > Math.max(x.rows(), x.columns())) {
            throw new IllegalArgumentException("rank " + w.size() + " is above both dimensions of the data, " + x.rows()
                    + " x " + x.columns() + "; take a smaller rank");
        }
        if (weights.isPresent()) {
            Dense v = weights.get();
            if (v.rows() != x.rows() || v.columns() != x.columns()) {
                throw new IllegalArgumentException("weights are " + v.rows() + " x " + v.columns() + ", the data are "
                        + x.rows() + " x " + x.columns() + "; give one weight per entry");
            }
            checkWeights(v);
            x = unmasked(x.dense(), v);
        }
        checkData(x, weights, loss);
        if (weights.isPresent() && allOnes(weights.get())) {
            weights = Optional.empty();
        }
    }

    /** A problem without weights, with the same prior on all entries of a factor. */
    public static FactorProblem of(Matrix x, Loss loss, int rank, Penalty w, Penalty h) {
        return new FactorProblem(x, Optional.empty(), loss, Component.free(rank, w), Component.free(rank, h));
    }

    /** The same with weights. */
    public FactorProblem weighted(Dense v) {
        return new FactorProblem(x, Optional.of(v), loss, w, h);
    }

    /**
     * The size of the terms that the objective sums: {@code sum V x^2 / 2} under Normal noise, {@code sum V x} under Poisson
     * noise, {@code factor sum V} under Gamma noise. Fits that are exact differ by the rounding of these.
     */
    public double size() {
        double sum = 0;
        if (x instanceof Sparse s) {
            for (double v : s.value()) {
                sum += term(v);
            }
            return sum;
        }
        for (int i = 0; i < x.rows(); i++) {
            double[] row = x.dense().row(i);
            for (int j = 0; j < row.length; j++) {
                double v = weights.isPresent() ? weights.get().get(i, j) : 1;
                sum += v > 0 ? v * term(row[j]) : 0;
            }
        }
        return sum;
    }

    private double term(double datum) {
        return loss.beta() == 2 ? datum * datum / 2 : loss.beta() == 1 ? datum : loss.factor();
    }

    /** Number of components. */
    public int rank() {
        return w.size();
    }

    /** The same problem with the roles of W and H exchanged. */
    public FactorProblem transpose() {
        return new FactorProblem(x.transpose(), weights.map(Dense::transpose), loss, h, w);
    }

    /** True if no prior is more than flat. */
    boolean isUnpenalised() {
        return w.stream().allMatch(c -> c.penalty().isNone())
                && h.stream().allMatch(c -> c.penalty().isNone());
    }

    /**
     * Checks that factors can start this problem.
     *
     * @throws IllegalArgumentException if shapes do not fit, an entry is negative or not finite, or a free entry with a
     *     barrier is zero
     */
    public void check(Factors start) {
        if (start.w().rows() != x.rows()
                || start.w().columns() != rank()
                || start.h().rows() != rank()
                || start.h().columns() != x.columns()) {
            throw new IllegalArgumentException("the start has W " + start.w().rows() + " x "
                    + start.w().columns()
                    + " and H " + start.h().rows() + " x " + start.h().columns() + "; needed are W " + x.rows() + " x "
                    + rank() + " and H " + rank() + " x " + x.columns());
        }
        check("W", start.w().transpose().array(), w);
        check("H", start.h().array(), h);
    }

    /**
     * The first component, from 0, with a penalty on one factor alone that a change of scale evades: the other factor
     * grows without bound and the objective has no minimum.
     */
    public OptionalInt freeScale() {
        return IntStream.range(0, rank())
                .filter(k -> evades(w.get(k), h.get(k)) || evades(h.get(k), w.get(k)))
                .findFirst();
    }

    /** True if the penalised factor can shrink for nothing. A prior that excludes zero keeps it from there. */
    private static boolean evades(Component penalised, Component other) {
        return !penalised.fixed()
                && !other.fixed()
                && penalised.penalty().bounds()
                && !penalised.penalty().excludesZero()
                && !other.penalty().bounds();
    }

    /** What is doubtful about the problem itself. */
    public List<Finding> findings() {
        return freeScale().stream()
                .mapToObj(k -> Finding.caution(
                        "scale",
                        "component " + (k + 1) + " has a penalty on one factor alone: the other can grow without bound,"
                                + " so the posterior has no mode and the stopping rule decides the result",
                        "put a prior on both factors or on none"))
                .toList();
    }

    private static void check(String name, double[][] rows, List<Component> components) {
        for (int k = 0; k < rows.length; k++) {
            boolean barrier = components.get(k).penalty().excludesZero()
                    && !components.get(k).fixed();
            for (int j = 0; j < rows[k].length; j++) {
                double v = rows[k][j];
                if (!(v >= 0) || Double.isInfinite(v) || (barrier && v == 0)) {
                    throw new IllegalArgumentException("the start of " + name + ", component " + (k + 1) + ", entry "
                            + (j + 1) + " is " + v + "; it must be finite and "
                            + (barrier ? "above 0, because its prior excludes 0" : "at least 0"));
                }
            }
        }
    }

    private static void checkWeights(Dense v) {
        for (int i = 0; i < v.rows(); i++) {
            for (int j = 0; j < v.columns(); j++) {
                if (!(v.get(i, j) >= 0) || Double.isInfinite(v.get(i, j))) {
                    throw new IllegalArgumentException("the weight at " + place(i, j) + " is " + v.get(i, j)
                            + "; weights are finite and at least 0 (0 = missing)");
                }
            }
        }
    }

    private static Dense unmasked(Dense x, Dense v) {
        Dense copy = x.copy();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (v.get(i, j) == 0) {
                    copy.row(i)[j] = 0;
                }
            }
        }
        return copy;
    }

    private static boolean allOnes(Dense v) {
        for (double[] row : v.array()) {
            for (double weight : row) {
                if (weight != 1) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void checkData(Matrix x, Optional<Dense> weights, Loss loss) {
        double largest = 0;
        double heaviest = 0;
        if (x instanceof Sparse s) {
            for (int i = 0; i < s.rows(); i++) {
                for (int p = s.start()[i]; p < s.start()[i + 1]; p++) {
                    checkEntry(s.value()[p], loss, i, s.column()[p]);
                    largest = Math.max(largest, Math.abs(s.value()[p]));
                }
            }
            if (loss.beta() <= 0 && s.entries() < (long) s.rows() * s.columns()) {
                throw new IllegalArgumentException("a sparse matrix holds zeros, which " + loss.noise()
                        + " noise cannot give; take what is not stored as missing (--unstored missing, or a dense matrix with weight"
                        + " 0 there)");
            }
        } else {
            Dense d = x.dense();
            for (int i = 0; i < d.rows(); i++) {
                for (int j = 0; j < d.columns(); j++) {
                    double v = weights.isPresent() ? weights.get().get(i, j) : 1;
                    if (v > 0) {
                        checkEntry(d.get(i, j), loss, i, j);
                        largest = Math.max(largest, Math.abs(d.get(i, j)));
                        heaviest = Math.max(heaviest, v);
                    }
                }
            }
            if (heaviest == 0) {
                throw new IllegalArgumentException("every entry is masked; there is nothing to fit");
            }
        }
        if (largest > LARGEST || (largest > 0 && largest < 1 / LARGEST)) {
            throw new IllegalArgumentException("the largest entry has size " + largest
                    + ", whose square cannot be computed safely; divide the data by it");
        }
        if (heaviest > LARGEST || (heaviest > 0 && heaviest < 1 / LARGEST)) {
            throw new IllegalArgumentException("the largest weight is " + heaviest + "; rescale data and weights");
        }
    }

    private static void checkEntry(double v, Loss loss, int i, int j) {
        if (!Double.isFinite(v)) {
            throw new IllegalArgumentException(
                    "the entry at " + place(i, j) + " is " + v + "; mark it missing by weight 0 or give a number");
        }
        boolean bad = loss.beta() != 2 && (v < 0 || (v == 0 && loss.beta() <= 0));
        if (bad) {
            throw new IllegalArgumentException("the entry at " + place(i, j) + " is " + v + ", which " + loss.noise()
                    + " noise cannot give; mark it missing by weight 0 or use Normal noise");
        }
    }

    private static String place(int i, int j) {
        return "row " + (i + 1) + ", column " + (j + 1);
    }
}
