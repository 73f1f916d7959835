package org.unblend.model;

import java.util.List;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.Digamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.IncompleteBeta;
import org.unblend.math.RandomSource;

/**
 * A vector x of k non-negative entries along one axis that sum to one, with concentrations α_i above 0 and
 * {@code ln p = Σ (α_i - 1) ln x_i - Σ ln Γ(α_i) + ln Γ(Σ α_i)}, a density in the first k - 1 entries; independent over
 * the other axes of the node. The static methods work on one vector.
 *
 * @param concentration above 0; a number (symmetric) or a node
 * @param axis name of the axis along which the entries sum to one
 */
public record Dirichlet(Arg concentration, String axis) implements Distribution {

    /** How far from one the entries may sum: rounding errors of long vectors. */
    private static final double SUM_TOLERANCE = 1e-9;

    public Dirichlet {
        if (concentration instanceof Arg.Value v && !(v.value() > 0 && Double.isFinite(v.value()))) {
            throw new InvalidModel(
                    "M011", "", "dirichlet: concentration must be above 0, got " + v.value(), "correct the argument");
        }
    }

    @Override
    public String name() {
        return "dirichlet";
    }

    @Override
    public List<Arg> args() {
        return List.of(concentration);
    }

    @Override
    public List<String> argumentNames() {
        return List.of("concentration");
    }

    @Override
    public boolean improper() {
        return false;
    }

    @Override
    public boolean mixed() {
        return false;
    }

    @Override
    public boolean discrete() {
        return false;
    }

    /** First half of {@code Dirichlet.over("component").concentration(1)}. */
    public static Over over(String axis) {
        return new Over(axis);
    }

    /** Waits for the concentration. */
    public record Over(String axis) {
        public Dirichlet concentration(double concentration) {
            return new Dirichlet(Arg.of(concentration), axis);
        }

        public Dirichlet concentration(String node) {
            return new Dirichlet(Arg.of(node), axis);
        }
    }

    /**
     * Natural logarithm of the density; negative infinity unless the entries are non-negative and sum to one within 1e-9;
     * the limit, which may be infinite, where an entry is 0; NaN if an entry is, or if a concentration is not allowed.
     *
     * @param x {@code [k]}, not modified
     * @param alpha {@code [k]}, each above 0 and finite, not modified
     */
    public static double logDensity(double[] x, double[] alpha) {
        double total = 0;
        double sum = 0;
        double log = 0;
        boolean negative = false;
        for (int i = 0; i < x.length; i++) {
            if (!(alpha[i] > 0 && alpha[i] < Double.POSITIVE_INFINITY) || Double.isNaN(x[i])) {
                return Double.NaN;
            }
            total += alpha[i];
            sum += x[i];
            negative |= x[i] < 0;
            log += (alpha[i] == 1 ? 0 : (alpha[i] - 1) * Math.log(Math.max(x[i], 0))) - Gamma.logGamma(alpha[i]);
        }
        boolean inside = !negative && Math.abs(sum - 1) <= SUM_TOLERANCE;
        // Where one entry draws the density to infinity and another to zero there is no limit; zero is the safe answer.
        return inside && !Double.isNaN(log) ? log + Gamma.logGamma(total) : Double.NEGATIVE_INFINITY;
    }

    /**
     * Maps the unit cube to the simplex such that uniform points give draws: entry i takes, of what the entries before it
     * left, the quantile u_i of Beta(α_i, α_(i+1) + ... + α_k).
     *
     * @param u {@code [k - 1]}, each strictly between 0 and 1, not modified
     * @param alpha {@code [k]}, not modified
     * @param x {@code [k]}, modified; every entry above 0
     */
    public static void fromCube(double[] u, double[] alpha, double[] x) {
        double[] after = new double[alpha.length];
        for (int i = alpha.length - 2; i >= 0; i--) {
            after[i] = after[i + 1] + alpha[i + 1];
        }
        double left = 1;
        for (int i = 0; i < alpha.length - 1; i++) {
            double logit = IncompleteBeta.logitQuantile(alpha[i], after[i], u[i], 1 - u[i]);
            x[i] = Math.max(Double.MIN_VALUE, left * IncompleteBeta.fromLogit(logit));
            left *= IncompleteBeta.fromLogit(-logit);
        }
        x[alpha.length - 1] = Math.max(Double.MIN_VALUE, left);
    }

    /**
     * The inverse of {@link #fromCube}: the distribution function of each entry's share of what those before it leave, a
     * Beta(α_i, α_(i+1) + ...).
     *
     * @param x {@code [k]}, every entry above 0, not modified
     * @param alpha {@code [k]}, not modified
     * @return {@code [k - 1]}, from 0 to 1
     */
    public static double[] toCube(double[] x, double[] alpha) {
        double[] u = new double[x.length - 1];
        double left = x[x.length - 1];
        double after = alpha[x.length - 1];
        for (int i = x.length - 2; i >= 0; i--) {
            u[i] = IncompleteBeta.lower(alpha[i], after, Math.log(x[i]) - Math.log(left));
            left += x[i];
            after += alpha[i];
        }
        return u;
    }

    /**
     * One draw: gamma variates of shapes α_i, divided by their sum.
     *
     * @param alpha {@code [k]}, not modified
     * @param x {@code [k]}, modified; every entry above 0
     */
    public static void draw(RandomSource random, double[] alpha, double[] x) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < x.length; i++) {
            x[i] = GammaDraw.log(random, alpha[i]);
            highest = Math.max(highest, x[i]);
        }
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.exp(x[i] - highest);
            sum += x[i];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(Double.MIN_VALUE, x[i] / sum);
        }
    }

    /**
     * Derivatives of the formula of {@link #logDensity} with every entry of x taken as free; project on vectors that sum to
     * zero to stay on the simplex.
     *
     * @param dx {@code [k]}, modified: {@code (α_i - 1) / x_i}
     * @param dAlpha {@code [k]}, modified: {@code ln x_i - ψ(α_i) + ψ(Σ α)}
     */
    public static void gradient(double[] x, double[] alpha, double[] dx, double[] dAlpha) {
        double total = 0;
        for (double a : alpha) {
            total += a;
        }
        for (int i = 0; i < x.length; i++) {
            dx[i] = alpha[i] == 1 ? 0 : (alpha[i] - 1) / x[i];
            dAlpha[i] = Math.log(x[i]) - Digamma.of(alpha[i]) + Digamma.of(total);
        }
    }
}
