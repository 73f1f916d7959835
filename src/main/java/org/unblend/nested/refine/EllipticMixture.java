package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.Cholesky;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;

/**
 * A mixture of densities with ellipsoidal level sets. Arrays are owned by the object and not modified.
 *
 * <p>Fitted by expectation-maximisation with Student-t components (Peel and McLachlan 2000, Statistics and Computing 10,
 * 339; degrees of freedom fixed at 6), started from distant points; {@link #shelled} then gives each component the radial
 * law of its own points.
 */
final class EllipticMixture {
    private static final double NU = RadialLaw.NU;
    private static final int EM_ROUNDS = 15;

    /** Points of a piece of work. */
    private static final int POINTS = 250;

    /** Gain of mean log density by a round below which no further round is made. */
    private static final double ENOUGH = 3e-3;

    private final int d;
    private final double[] share;
    private final double[] logShare;
    private final double[][] mean;
    private final double[][] factor;
    private final double[][] inverse;
    private final double[] logDeterminant;
    private final RadialLaw[] law;
    private final RadialLaw student;

    private EllipticMixture(int d, double[] share, double[][] mean, double[][] factor, RadialLaw[] law) {
        int k = share.length;
        this.d = d;
        this.share = share;
        this.mean = mean;
        this.factor = factor;
        this.law = law;
        this.student = RadialLaw.student(d);
        this.logShare = Arrays.stream(share).map(Math::log).toArray();
        this.inverse = new double[k][];
        this.logDeterminant = new double[k];
        for (int c = 0; c < k; c++) {
            inverse[c] = Cholesky.invert(factor[c], d);
            logDeterminant[c] = Cholesky.logDeterminant(factor[c], d);
        }
    }

    /**
     * Fits Student-t components.
     *
     * @param z {@code [points x d]}
     * @param weight {@code [points]}, non-negative, not all zero
     * @param components wanted; fewer are returned if some die out
     */
    static EllipticMixture fit(
            double[] z, double[] weight, int d, int components, RandomSource random, Parallel parallel) {
        int n = weight.length;
        EllipticMixture mixture = maximise(z, weight, d, hardStart(z, weight, d, components, random), null, parallel);
        double allWeight = Arrays.stream(weight).sum();
        double before = Double.NEGATIVE_INFINITY;
        for (int round = 0; round < EM_ROUNDS; round++) {
            int k = mixture.components();
            double[][] responsibility = new double[k][n];
            double[][] precision = new double[k][n];
            double[] scores = new double[n];
            EllipticMixture now = mixture;
            parallel.forRanges(n, POINTS, (from, to) -> {
                double[] l = new double[k];
                for (int i = from; i < to; i++) {
                    scores[i] = weight[i] * now.responsibilities(z, i, l, responsibility, precision);
                }
            });
            double score = 0;
            for (double one : scores) {
                score += one;
            }
            mixture = maximise(z, weight, d, responsibility, precision, parallel);
            if (score < before + ENOUGH * allWeight) {
                break;
            }
            before = score;
        }
        return mixture;
    }

    /** The same components with radial laws of their own points, where these are enough, around the crust that they fill, if they do. */
    EllipticMixture shelled(double[] z, double[] weight) {
        int n = weight.length;
        int k = components();
        double[][] responsibility = new double[k][n];
        double[][] precision = new double[k][n];
        double[] l = new double[k];
        for (int i = 0; i < n; i++) {
            responsibilities(z, i, l, responsibility, precision);
        }
        RadialLaw[] laws = new RadialLaw[k];
        double[][] centre = mean.clone();
        double[][] axes = factor.clone();
        for (int c = 0; c < k; c++) {
            double[] w = new double[n];
            for (int i = 0; i < n; i++) {
                w[i] = responsibility[c][i] > 1e-3 ? weight[i] * responsibility[c][i] : 0;
            }
            Optional<Crust> crust = Crust.of(z, w, mean[c], factor[c]);
            centre[c] = crust.map(Crust::mean).orElse(mean[c]);
            axes[c] = crust.map(Crust::factor).orElse(factor[c]);
            double[] toRound = Cholesky.invert(axes[c], d);
            double[] distance2 = new double[n];
            for (int i = 0; i < n; i++) {
                distance2[i] = distance2(d, toRound, z, i * d, centre[c], 0);
            }
            laws[c] = RadialLaw.shells(d, distance2, w);
        }
        return new EllipticMixture(d, share, centre, axes, laws);
    }

    /** This mixture and another one of the same space, which gets the share {@code part}. */
    EllipticMixture and(EllipticMixture other, double part) {
        int k = components();
        int all = k + other.components();
        double[] s = new double[all];
        double[][] m = Arrays.copyOf(mean, all);
        double[][] f = Arrays.copyOf(factor, all);
        RadialLaw[] laws = Arrays.copyOf(law, all);
        for (int c = 0; c < all; c++) {
            s[c] = c < k ? share[c] * (1 - part) : other.share[c - k] * part;
        }
        for (int c = k; c < all; c++) {
            m[c] = other.mean[c - k];
            f[c] = other.factor[c - k];
            laws[c] = other.law[c - k];
        }
        return new EllipticMixture(d, s, m, f, laws);
    }

    int components() {
        return share.length;
    }

    /** Lower Cholesky factor of the matrix of the component with the highest density at {@code z[at...]}; not to be modified. */
    double[] axesNear(double[] z, int at) {
        return factor[nearest(z, at)];
    }

    /** Centre of that component; not to be modified. */
    double[] meanNear(double[] z, int at) {
        return mean[nearest(z, at)];
    }

    /** The inverse of {@link #axesNear}; not to be modified. */
    double[] precisionNear(double[] z, int at) {
        return inverse[nearest(z, at)];
    }

    private int nearest(double[] z, int at) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < share.length; c++) {
            double l = student.logDensity(distance2(c, z, at)) - logDeterminant[c];
            if (l > most) {
                most = l;
                best = c;
            }
        }
        return best;
    }

    /** ln of the density at {@code z[at...]}. @param scratch {@code [components]}, modified */
    double logDensity(double[] z, int at, double[] scratch) {
        for (int c = 0; c < share.length; c++) {
            scratch[c] = logShare[c] - logDeterminant[c] + law[c].logDensity(distance2(c, z, at));
        }
        return LogSum.of(scratch);
    }

    /** Draws one point into {@code z[at...]}. */
    void draw(RandomSource random, double[] z, int at) {
        double pick = random.nextOpen();
        int c = 0;
        for (double sum = share[0]; sum < pick && c < share.length - 1; c++) {
            sum += share[c + 1];
        }
        double[] e = new double[d];
        double norm2 = 0;
        for (int i = 0; i < d; i++) {
            e[i] = random.nextGaussian();
            norm2 += e[i] * e[i];
        }
        double stretch = law[c].draw(random) / Math.sqrt(norm2);
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += factor[c][i * d + j] * e[j];
            }
            z[at + i] = mean[c][i] + stretch * sum;
        }
    }

    /** Fills column i by Student's t and returns the log density there. */
    private double responsibilities(double[] z, int i, double[] l, double[][] responsibility, double[][] precision) {
        for (int c = 0; c < l.length; c++) {
            double q = distance2(c, z, i * d);
            l[c] = logShare[c] - logDeterminant[c] + student.logDensity(q);
            precision[c][i] = (NU + d) / (NU + q);
        }
        double total = LogSum.of(l);
        for (int c = 0; c < l.length; c++) {
            responsibility[c][i] = Math.exp(l[c] - total);
        }
        return total;
    }

    private double distance2(int c, double[] z, int at) {
        return distance2(d, inverse[c], z, at, mean[c], 0);
    }

    /** {@code y = F^-1 (a[at...] - b)} for an inverse factor. @param y {@code [d]}, filled */
    static void whiten(int d, double[] inverse, double[] a, int at, double[] b, double[] y) {
        for (int i = 0; i < d; i++) {
            double sum = 0;
            for (int j = 0; j <= i; j++) {
                sum += inverse[i * d + j] * (a[at + j] - b[j]);
            }
            y[i] = sum;
        }
    }

    /** Squared distance of {@code a[at...]} from {@code b[from...]} in units of a matrix of which the inverse factor is given. */
    static double distance2(int d, double[] inverse, double[] a, int at, double[] b, int from) {
        double total = 0;
        for (int i = 0; i < d; i++) {
            double sum = 0;
            int row = i * d;
            for (int j = 0; j <= i; j++) {
                sum += inverse[row + j] * (a[at + j] - b[from + j]);
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

    /** Mass, mean and Cholesky factor of one component; no mean if it died out. */
    private record Moments(double mass, double[] mean, double[] factor) {}

    /** @param precision weights of the points in mean and covariance, or null for the first round */
    private static EllipticMixture maximise(
            double[] z, double[] weight, int d, double[][] r, double[][] precision, Parallel parallel) {
        double all = Arrays.stream(weight).sum();
        double squares = Arrays.stream(weight).map(w -> w * w).sum();
        // Fewer effective points than this cannot carry a covariance.
        double fewest = r.length > 1 ? all * (2 * d + 2) * squares / (all * all) : 0;
        Moments[] moments = new Moments[r.length];
        parallel.forRanges(
                r.length,
                1,
                (c, end) -> moments[c] = moments(z, weight, d, r[c], precision == null ? null : precision[c], fewest));
        Moments[] kept = Arrays.stream(moments).filter(m -> m.mean() != null).toArray(Moments[]::new);
        int k = kept.length;
        if (k == 0) {
            double[][] one = new double[1][weight.length];
            Arrays.fill(one[0], 1);
            return maximise(z, weight, d, one, null, parallel);
        }
        double total = Arrays.stream(kept).mapToDouble(Moments::mass).sum();
        RadialLaw[] law = new RadialLaw[k];
        Arrays.fill(law, RadialLaw.student(d));
        return new EllipticMixture(
                d,
                Arrays.stream(kept).mapToDouble(m -> m.mass() / total).toArray(),
                Arrays.stream(kept).map(Moments::mean).toArray(double[][]::new),
                Arrays.stream(kept).map(Moments::factor).toArray(double[][]::new),
                law);
    }

    private static Moments moments(double[] z, double[] weight, int d, double[] r, double[] precision, double fewest) {
        double mass = 0;
        double norm = 0;
        double[] m = new double[d];
        double[] v = new double[weight.length];
        for (int i = 0; i < v.length; i++) {
            double w = weight[i] * r[i];
            v[i] = precision == null ? w : w * precision[i];
            mass += w;
            norm += v[i];
            for (int j = 0; j < d; j++) {
                m[j] += v[i] * z[i * d + j];
            }
        }
        if (mass < fewest) {
            return new Moments(mass, null, null);
        }
        for (int j = 0; j < d; j++) {
            m[j] /= norm;
        }
        return new Moments(mass, m, Cholesky.factor(covariance(z, v, m, mass), d));
    }

    private static double[] covariance(double[] z, double[] v, double[] m, double mass) {
        int d = m.length;
        double[] s = new double[d * d];
        double[] x = new double[d];
        for (int i = 0; i < v.length; i++) {
            if (v[i] > 1e-12 * mass) {
                for (int a = 0; a < d; a++) {
                    x[a] = z[i * d + a] - m[a];
                    double scaled = v[i] * x[a] / mass;
                    for (int b = 0; b <= a; b++) {
                        s[a * d + b] += scaled * x[b];
                    }
                }
            }
        }
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < a; b++) {
                s[b * d + a] = s[a * d + b];
            }
        }
        return s;
    }
}
