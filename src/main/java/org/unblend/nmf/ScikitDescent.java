package org.unblend.nmf;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * The coordinate descent of scikit-learn 1.x ({@code NMF(solver="cd")}, not shuffled), with its order, W before H, and
 * its stopping rule: the sum of violations of an iteration falls to {@code tolerance} times that of the first. Published
 * factorisations were made with it. The rule can stop well above the minimum; where only one factor is penalised there is
 * no minimum and the rule is the result.
 */
public final class ScikitDescent extends Descent {
    /** The tolerance that scikit-learn takes if none is given. */
    public static final double STANDARD_TOLERANCE = 1e-4;

    private final double tolerance;

    public ScikitDescent() {
        this(STANDARD_TOLERANCE);
    }

    /** @param tolerance scikit-learn's {@code tol}, at least 0 */
    public ScikitDescent(double tolerance) {
        if (!(tolerance >= 0)) {
            throw new IllegalArgumentException("the tolerance must be at least 0, got " + tolerance);
        }
        this.tolerance = tolerance;
    }

    /**
     * The penalties that scikit-learn's regularisation stands for when the rows of the data are its samples: for W,
     * {@code l1 = columns alphaW l1Ratio} and {@code l2 = columns alphaW (1 - l1Ratio)}; for H the same with
     * {@code rows alphaH}.
     *
     * @return the penalty of W and the penalty of H
     */
    public static List<Penalty> penalties(int rows, int columns, double alphaW, double alphaH, double l1Ratio) {
        return List.of(
                new Penalty(columns * alphaW * l1Ratio, columns * alphaW * (1 - l1Ratio), 0),
                new Penalty(rows * alphaH * l1Ratio, rows * alphaH * (1 - l1Ratio), 0));
    }

    @Override
    public String name() {
        return "cd-sklearn";
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        if (problem.loss().beta() != 2 || problem.weights().isPresent()) {
            return Optional.of("it needs Normal noise without weights");
        }
        boolean barrier = problem.w().stream().anyMatch(c -> c.penalty().excludesZero())
                || problem.h().stream().anyMatch(c -> c.penalty().excludesZero());
        return barrier ? Optional.of("it knows no gamma or log-normal priors") : Optional.empty();
    }

    @Override
    Run begin(FactorProblem problem, Factors start, Parallel parallel) {
        Matrix x = problem.x();
        Matrix transposed = x.transpose();
        Products forW = new Products(transposed, x);
        Products forH = new Products(x, transposed);
        return new Evaluated(problem, start, parallel) {
            private double first = Double.NaN;
            private double violation;

            @Override
            void move() {
                violation = sweep(forW, h, w, problem.w(), parallel) + sweep(forH, w, h, problem.h(), parallel);
                first = Double.isNaN(first) ? violation : first;
            }

            @Override
            public Optional<String> finished() {
                return first == 0 || violation / first <= tolerance
                        ? Optional.of("the violation fell to " + tolerance + " times that of the first iteration")
                        : Optional.empty();
            }
        };
    }

    /** One sweep; returns the sum of the violations that it met. */
    private static double sweep(
            Products products, double[][] held, double[][] moved, List<Component> components, Parallel parallel) {
        int r = held.length;
        int n = moved[0].length;
        double[][] gram = Rows.gram(held);
        double[] packed = products.pack(held, parallel);
        double[][] numerator = new double[r][n];
        double[] pull = new double[n];
        double[] violations = new double[(n + Products.BLOCK - 1) / Products.BLOCK];
        parallel.forRanges(n, Products.BLOCK, (from, to) -> {
            products.multiply(held, packed, numerator, from, to);
            double sum = 0;
            double[] c = new double[r];
            for (int k = 0; k < r; k++) {
                if (components.get(k).fixed()) {
                    continue;
                }
                for (int l = 0; l < r; l++) {
                    c[l] = l == k ? 0 : -gram[k][l];
                }
                System.arraycopy(numerator[k], from, pull, from, to - from);
                Rows.combine(pull, from, to, c, moved);
                Penalty penalty = components.get(k).penalty();
                double a = gram[k][k] + penalty.l2();
                double[] b = moved[k];
                for (int j = from; j < to; j++) {
                    double gradient = a * b[j] - (pull[j] - penalty.l1());
                    sum += Math.abs(b[j] == 0 ? Math.min(0, gradient) : gradient);
                    if (a != 0) {
                        b[j] = Math.max(0, (pull[j] - penalty.l1()) / a);
                    }
                }
            }
            violations[from / Products.BLOCK] = sum;
        });
        return Arrays.stream(violations).sum();
    }
}
