package org.unblend.nested;

import java.util.Arrays;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.Cholesky;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;

/**
 * A mixture of multivariate Student-t densities, plus a part that is the standard normal density: heavy enough in its
 * tails to propose from. Arrays are owned by the object and not modified.
 */
final class StudentMixture {
    private static final double NU = 6;
    private static final int EM_ROUNDS = 30;

    /** Gain of mean log density by a round below which no further round is made. */
    private static final double ENOUGH = 1e-3;

    private final int d;
    private final double defensive;
    private final double[] logShare;
    private final double[][] mean;
    private final double[][] factor;
    private final double[][] inverse;
    private final double[] logNorm;

    private StudentMixture(int d, double defensive, double[] share, double[][] mean, double[][] covariance) {
        int k = share.length;
        this.d = d;
        this.defensive = defensive;
        this.mean = mean;
        this.logShare = new double[k];
        this.factor = new double[k][];
        this.inverse = new double[k][];
        this.logNorm = new double[k];
        for (int c = 0; c < k; c++) {
            logShare[c] = Math.log(share[c]);
            factor[c] = Cholesky.factor(covariance[c], d);
            inverse[c] = Cholesky.invert(factor[c], d);
            logNorm[c] = Gamma.logGamma((NU + d) / 2)
                    - Gamma.logGamma(NU / 2)
                    - 0.5 * d * Math.log(NU * Math.PI)
                    - Cholesky.logDeterminant(factor[c], d);
        }
    }

    /**
     * Fits by expectation-maximisation to weighted points (Peel and McLachlan 2000, Statistics and Computing 10, 339;
     * degrees of freedom fixed at 6), started from distant points.
     *
     * @param z {@code [points x d]}
     * @param weight {@code [points]}, non-negative, not all zero
     * @param components wanted; fewer are returned if some die out
     * @param defensive share of the standard normal part, between 0 and 1
     */
    static StudentMixture fit(
            double[] z, double[] weight, int d, int components, double defensive, RandomSource random) {
        int n = weight.length;
        double[][] r = hardStart(z, weight, d, components, random);
        StudentMixture mixture = maximise(z, weight, d, defensive, r, null);
        double allWeight = Arrays.stream(weight).sum();
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < EM_ROUNDS; round++) {
            double score = 0;
            int k = mixture.logShare.length;
            double[][] responsibility = new double[k][n];
            double[][] precision = new double[k][n];
            double[] l = new double[k];
            for (int i = 0; i < n; i++) {
                for (int c = 0; c < k; c++) {
                    double q = mixture.distance2(c, z, i * d);
                    l[c] = mixture.logShare[c] + mixture.logT(c, q);
                    precision[c][i] = (NU + d) / (NU + q);
                }
                double total = LogSum.of(l);
                score += weight[i] * total;
                for (int c = 0; c < k; c++) {
                    responsibility[c][i] = Math.exp(l[c] - total);
                }
            }
            mixture = maximise(z, weight, d, defensive, responsibility, precision);
            if (score < before + ENOUGH * allWeight) {
                break;
            }
            before = score;
        }
        return mixture;
    }

    /** ln of the density at {@code z[at...]}. */
    double logDensity(double[] z, int at) {
        double[] l = new double[logShare.length + 1];
        for (int c = 0; c < logShare.length; c++) {
            l[c] = Math.log1p(-defensive) + logShare[c] + logT(c, distance2(c, z, at));
        }
        l[logShare.length] = Math.log(defensive) + logStandardNormal(z, at, d);
        return LogSum.of(l);
    }

    /** Draws one point into {@code z[at...]}. */
    void draw(RandomSource random, double[] z, int at) {
        double[] e = new double[d];
        for (int i = 0; i < d; i++) {
            e[i] = random.nextGaussian();
        }
        if (random.nextOpen() < defensive) {
            System.arraycopy(e, 0, z, at, d);
            return;
        }
        double pick = random.nextOpen();
        int c = 0;
        for (double sum = Math.exp(logShare[0]); sum < pick && c < logShare.length - 1; c++) {
            sum += Math.exp(logShare[c + 1]);
        }
        double chi2 = 0;
        for (int i = 0; i < NU; i++) {
            double g = random.nextGaussian();
            chi2 += g * g;
        }
        double stretch = Math.sqrt(NU / chi2);
        for (int i = 0; i < d; i++) {
            double sum = mean[c][i];
            for (int j = 0; j <= i; j++) {
                sum += stretch * factor[c][i * d + j] * e[j];
            }
            z[at + i] = sum;
        }
    }

    static double logStandardNormal(double[] z, int at, int d) {
        double squares = 0;
        for (int i = 0; i < d; i++) {
            squares += z[at + i] * z[at + i];
        }
        return -0.5 * (squares + d * Math.log(2 * Math.PI));
    }

    private double logT(int c, double distance2) {
        return logNorm[c] - 0.5 * (NU + d) * Math.log1p(distance2 / NU);
    }

    private double distance2(int c, double[] z, int at) {
        double total = 0;
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += inverse[c][i * d + j] * (z[at + j] - mean[c][j]);
            }
            total += sum * sum;
        }
        return total;
    }

    /** Each point belongs to the nearest of a few points, drawn by squared distance from those drawn before. */
    private static double[][] hardStart(double[] z, double[] weight, int d, int components, RandomSource random) {
        int n = weight.length;
        double[] nearest = new double[n];
        Arrays.fill(nearest, 1);
        double[][] r = new double[components][n];
        int[] owner = new int[n];
        for (int c = 0; c < components; c++) {
            double total = 0;
            for (int i = 0; i < n; i++) {
                total += weight[i] * nearest[i];
            }
            double pick = random.nextOpen() * total;
            int seed = 0;
            for (double sum = weight[0] * nearest[0]; sum < pick && seed < n - 1; ) {
                seed++;
                sum += weight[seed] * nearest[seed];
            }
            for (int i = 0; i < n; i++) {
                double square = 0;
                for (int j = 0; j < d; j++) {
                    square += (z[i * d + j] - z[seed * d + j]) * (z[i * d + j] - z[seed * d + j]);
                }
                if (c == 0 || square < nearest[i]) {
                    nearest[i] = square;
                    owner[i] = c;
                }
            }
        }
        for (int i = 0; i < n; i++) {
            r[owner[i]][i] = 1;
        }
        return r;
    }

    /** @param precision weights of the points in mean and covariance, or null for the first round */
    private static StudentMixture maximise(
            double[] z, double[] weight, int d, double defensive, double[][] r, double[][] precision) {
        int n = weight.length;
        double all = Arrays.stream(weight).sum();
        double squares = Arrays.stream(weight).map(w -> w * w).sum();
        // Fewer effective points than this cannot carry a covariance.
        double fewest = all * (2 * d + 2) * squares / (all * all);
        int k = 0;
        double[] share = new double[r.length];
        double[][] mean = new double[r.length][];
        double[][] covariance = new double[r.length][];
        for (int c = 0; c < r.length; c++) {
            double mass = 0;
            double norm = 0;
            double[] m = new double[d];
            for (int i = 0; i < n; i++) {
                double w = weight[i] * r[c][i];
                double v = precision == null ? w : w * precision[c][i];
                mass += w;
                norm += v;
                for (int j = 0; j < d; j++) {
                    m[j] += v * z[i * d + j];
                }
            }
            if (mass < fewest && r.length > 1) {
                continue;
            }
            for (int j = 0; j < d; j++) {
                m[j] /= norm;
            }
            double[] s = new double[d * d];
            for (int i = 0; i < n; i++) {
                double w = weight[i] * r[c][i] * (precision == null ? 1 : precision[c][i]);
                for (int a = 0; w > 0 && a < d; a++) {
                    for (int b = 0; b < d; b++) {
                        s[a * d + b] += w * (z[i * d + a] - m[a]) * (z[i * d + b] - m[b]) / mass;
                    }
                }
            }
            share[k] = mass;
            mean[k] = m;
            covariance[k++] = s;
        }
        if (k == 0) {
            double[][] one = new double[1][n];
            Arrays.fill(one[0], 1);
            return maximise(z, weight, d, defensive, one, null);
        }
        double total = Arrays.stream(share).limit(k).sum();
        double[] normalised = Arrays.stream(share).limit(k).map(s -> s / total).toArray();
        return new StudentMixture(d, defensive, normalised, Arrays.copyOf(mean, k), Arrays.copyOf(covariance, k));
    }
}
