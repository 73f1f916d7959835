package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.density.CompiledModel;
import org.unblend.density.FunctionTarget;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * The likelihood of W with H integrated out sample by sample, under Normal noise and any prior of H that has a
 * {@link Shape}:
 *
 * <p>{@code p(x_j | W) = int N(x_j | W h, 1 / v_j) p(h) dh}.
 *
 * <p>With A = W' V W and b = W' V x the exponent is {@code -chi2 / 2 - sum_k d_k (h_k - m_k)^2 / 2}, where m_k depends on
 * the components before k alone: the components after it are eliminated. Components are drawn one after the other from
 * {@code p(h_k) exp(-d_k (h_k - m_k)^2 / 2)}, whose integral is part of the weight, at points of an additive recurrence
 * (Geweke, Hajivassiliou and Keane's simulator with priors that are not flat; Genz and Bretz 2009, section 4.2). The
 * last component is integrated and not drawn where its density is a truncated normal; elsewhere it is drawn as well, since
 * draws of a table are unbiased and its integral is not.
 *
 * @param form the factorisation
 * @param points quasi-random points of each sample and shift, at least 1
 * @param shifts random shifts of the points, whose scatter is the error, at least 2
 */
public record CollapsedPixels(FactorForm form, int points, int shifts) {
    /** Components up to this number are integrated out. */
    static final int MOST = 4;

    private static final int PIECE = 16;
    /** Of the generalised golden ratio: x^(d + 1) = x + 1. */
    private static final double[] GOLDEN = {1.618033988749895, 1.324717957244746, 1.2207440846057596, 1.1673039782614187
    };

    /** @throws InvalidRequest if the noise is not Normal, H is fixed, or there are more than four components */
    public CollapsedPixels {
        refusal(form).ifPresent(why -> {
            throw new InvalidRequest("G002", why, "use tempering");
        });
    }

    /** Why H cannot be integrated out, if it cannot. */
    public static Optional<String> refusal(FactorForm form) {
        if (form.zeros()) {
            return Optional.of("a prior gives zero a probability of its own, which has no place among densities");
        }
        return form.noise() != Noise.NORMAL || form.h().isEmpty() || form.rank() > MOST
                ? Optional.of(
                        "H is integrated out of factorisations with Normal noise and at most " + MOST + " components")
                : Optional.empty();
    }

    /**
     * ln p(X | W) and its standard error.
     *
     * @param w {@code [r x features]}
     * @param theta the inferred arguments of the priors and the scale of the noise at their columns
     */
    public Estimate log(double[][] w, double[] theta, RandomStream random, Parallel parallel) {
        int r = form.rank();
        PriorSide side = form.h().orElseThrow();
        Shape[] priors = new Shape[r];
        double norm = 0;
        for (int k = 0; k < r; k++) {
            priors[k] = side.shape(theta, k);
            norm += side.logNorm(side.arguments(theta, k));
        }
        double[] scale = new Likelihood(form).scaleOfFeatures(theta);
        double[][] shift = new double[shifts][r];
        RandomSource source = random.generator();
        for (double[] s : shift) {
            Arrays.setAll(s, k -> source.nextOpen());
        }
        double constant = norm;
        double[][] logs = new double[form.samples()][];
        parallel.forRanges(form.samples(), PIECE, (from, to) -> {
            for (int j = from; j < to; j++) {
                logs[j] = pixel(j, w, scale, priors, shift);
            }
        });
        double[] byShift = new double[shifts];
        double all = 0;
        for (double[] l : logs) {
            double mean = LogSum.of(l) - Math.log(shifts);
            all += mean + constant;
            for (int s = 0; s < shifts; s++) {
                byShift[s] += l[s] - mean;
            }
        }
        double mean = Arrays.stream(byShift).average().orElseThrow();
        double squares =
                Arrays.stream(byShift).map(v -> (v - mean) * (v - mean)).sum();
        return new Estimate(all, Math.sqrt(squares / shifts / (shifts - 1)));
    }

    /** ln of the integral of a sample without the normalisation of the priors, by each shift. */
    private double[] pixel(int j, double[][] w, double[] scale, Shape[] priors, double[][] shift) {
        int r = w.length;
        double[][] a = new double[r][r];
        double[] b = new double[r];
        Dense data = form.x().dense();
        Dense weights = form.weights().orElseThrow();
        double log = 0;
        for (int i = 0; i < form.features(); i++) {
            double v = weights.get(i, j) * scale[i];
            if (v == 0) {
                continue;
            }
            double x = data.get(i, j);
            log += 0.5 * Math.log(v / (2 * Math.PI)) - 0.5 * v * x * x;
            for (int k = 0; k < r; k++) {
                b[k] += v * w[k][i] * x;
                for (int l = 0; l <= k; l++) {
                    a[k][l] += v * w[k][i] * w[l][i];
                }
            }
        }
        // From the last component on each is eliminated: what stays in row k is its conditional given those before it.
        for (int k = r - 1; k > 0; k--) {
            if (a[k][k] > 0) {
                for (int l = 0; l < k; l++) {
                    double f = a[k][l] / a[k][k];
                    b[l] -= f * b[k];
                    for (int m = 0; m <= l; m++) {
                        a[l][m] -= f * a[k][m];
                    }
                }
            }
        }
        for (int k = 0; k < r; k++) {
            a[k][k] = Math.max(0, a[k][k]);
            log += a[k][k] > 0 ? 0.5 * b[k] * b[k] / a[k][k] : 0;
        }
        double[] logs = new double[shift.length];
        EntryTable first = table(0, a, b, new double[r], priors);
        double[] one = new double[points];
        for (int s = 0; s < shift.length; s++) {
            for (int p = 0; p < points; p++) {
                one[p] = point(p, a, b, priors, shift[s], first);
                if (r == 1 && first.exact()) {
                    one = Arrays.copyOf(one, 1);
                    break;
                }
            }
            logs[s] = log + LogSum.of(one) - Math.log(one.length);
        }
        return logs;
    }

    /** ln of the weight of one point. */
    private static double point(int p, double[][] a, double[] b, Shape[] priors, double[] shift, EntryTable first) {
        int r = priors.length;
        double[] h = new double[r];
        double[] drawn = new double[2];
        double log = 0;
        for (int k = 0; k < r; k++) {
            double pull = pull(k, a, b, h);
            log -= a[k][k] > 0 ? 0.5 * pull * pull / a[k][k] : 0;
            EntryTable table = k == 0 ? first : table(k, a, b, h, priors);
            if (k == r - 1 && table.exact()) {
                log += table.logIntegral();
            } else {
                double golden = Math.pow(GOLDEN[r - 1], -(k + 1));
                double u = shift[k] + (p + 1) * golden;
                table.draw(Math.min(1 - 1e-12, Math.max(1e-12, u - Math.floor(u))), drawn);
                h[k] = drawn[0];
                log += drawn[1];
            }
        }
        return log;
    }

    private static double pull(int k, double[][] a, double[] b, double[] h) {
        double pull = b[k];
        for (int l = 0; l < k; l++) {
            pull -= a[k][l] * h[l];
        }
        return pull;
    }

    private static EntryTable table(int k, double[][] a, double[] b, double[] h, Shape[] priors) {
        Shape f = priors[k];
        return new EntryTable(f.a(), f.b() - pull(k, a, b, h), f.q() + a[k][k], f.t(), f.nu());
    }

    /** What is left to infer, W and the inferred numbers, as a problem for any engine: its evidence is that of the model. */
    public FunctionTarget target(RandomStream random) {
        CompiledModel model = form.model();
        int d = model.dimension();
        int from = form.offsetH();
        int inside = form.rank() * form.samples();
        // Factors and numbers have one coordinate of the cube per column of θ, in the same order.
        int[] left = IntStream.range(0, d)
                .filter(c -> c < from || c >= from + inside)
                .toArray();
        List<String> names = new ArrayList<>();
        Arrays.stream(left).forEach(c -> names.add(model.names().get(c)));
        return new FunctionTarget(
                left.length,
                names,
                (u, theta, rows) -> {
                    double[] cube = new double[rows * d];
                    Arrays.fill(cube, 0.5);
                    double[] all = new double[rows * d];
                    copy(u, cube, left, d, rows, true);
                    model.priorTransform(cube, all, rows);
                    copy(theta, all, left, d, rows, false);
                },
                (theta, out, rows) -> {
                    double[] all = new double[rows * d];
                    copy(theta, all, left, d, rows, true);
                    for (int i = 0; i < rows; i++) {
                        double[] one = Arrays.copyOfRange(all, i * d, (i + 1) * d);
                        double log = log(form.w(one, 0), one, random, Parallel.SERIAL)
                                .logZ();
                        out[i] = Double.isNaN(log) ? Double.NEGATIVE_INFINITY : log;
                    }
                },
                "collapsed " + model.fingerprint(),
                List.of());
    }

    private static void copy(double[] some, double[] all, int[] left, int d, int rows, boolean into) {
        for (int i = 0; i < rows; i++) {
            for (int c = 0; c < left.length; c++) {
                if (into) {
                    all[i * d + left[c]] = some[i * left.length + c];
                } else {
                    some[i * left.length + c] = all[i * d + left[c]];
                }
            }
        }
    }
}
