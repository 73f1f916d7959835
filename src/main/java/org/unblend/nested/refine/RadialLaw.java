package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;

/**
 * The law of the distance from the centre, in coordinates in which a component of a mixture is round: that of Student's t
 * with {@value #NU} degrees of freedom, or nested shells of constant density (whose edges are quantiles of the distances
 * of the points) with a part of Student's t for the tails. Shells follow anything from a uniform ball to a thin crust.
 * Arrays are not modified.
 *
 * @param d dimension
 * @param edge outer radii of the shells, ascending; empty for Student's t alone
 * @param mass probability of each shell
 * @param logDensity ln of the density of each shell per unit volume
 * @param studentNorm ln of the density of Student's t at the centre
 */
record RadialLaw(int d, double[] edge, double[] mass, double[] logDensity, double studentNorm) {
    static final double NU = 6;

    /** Share of Student's t beside shells. */
    private static final double TAIL = 0.25;

    private static final double LOG_TAIL = Math.log(TAIL);
    private static final double LOG_SHELLS = Math.log1p(-TAIL);

    /** Mass of the innermost shell and of the last one with points: inside of a crust and far outside it is nearly empty. */
    private static final double EDGE = 0.005;

    /** Mass of an outer shell beyond all points, and its width in units of the way from the median to the last point. */
    private static final double GUARD = 0.03;

    private static final double GUARD_WIDTH = 0.5;
    private static final int MOST_SHELLS = 20;
    private static final int FEWEST_SHELLS = 4;

    /** Effective points per shell. */
    private static final double POINTS_PER_SHELL = 25;

    static RadialLaw student(int d) {
        return new RadialLaw(d, new double[0], new double[0], new double[0], logNorm(d));
    }

    /**
     * Shells for these points; Student's t if they are too few.
     *
     * @param distance2 squared distances from the centre
     * @param weight non-negative
     */
    static RadialLaw shells(int d, double[] distance2, double[] weight) {
        double sum = Arrays.stream(weight).sum();
        double squares = Arrays.stream(weight).map(w -> w * w).sum();
        int shells = (int) Math.min(MOST_SHELLS, sum * sum / squares / POINTS_PER_SHELL);
        if (!(shells >= FEWEST_SHELLS)) {
            return student(d);
        }
        int[] order = IntStream.range(0, weight.length)
                .filter(i -> weight[i] > 0)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> distance2[i]))
                .mapToInt(i -> i)
                .toArray();
        double[] upTo = new double[shells + 1];
        upTo[0] = EDGE;
        for (int k = 1; k < shells; k++) {
            upTo[k] = EDGE + (1 - 2 * EDGE) * k / (shells - 1);
        }
        upTo[shells] = 1;
        double[] edge = new double[shells + 2];
        double below = 0;
        int next = 0;
        for (int i : order) {
            below += weight[i];
            while (next < shells && below >= sum * upTo[next]) {
                edge[next++] = Math.sqrt(distance2[i]);
            }
        }
        double farthest = Math.sqrt(distance2[order[order.length - 1]]);
        while (next <= shells) {
            edge[next++] = farthest * 1.01;
        }
        edge[shells + 1] = farthest + GUARD_WIDTH * (farthest - edge[shells / 2]);
        double[] mass = new double[shells + 2];
        for (int k = 0; k <= shells; k++) {
            mass[k] = (1 - GUARD) * (upTo[k] - (k == 0 ? 0 : upTo[k - 1]));
        }
        mass[shells + 1] = GUARD;
        double[] logDensity = new double[edge.length];
        for (int s = 0; s < edge.length; s++) {
            double inner = s == 0 ? 0 : edge[s - 1];
            double volume = 1 - Math.pow(inner / edge[s], d);
            if (!(volume > 1e-12)) {
                return student(d);
            }
            logDensity[s] = Math.log(mass[s]) - logUnitBall(d) - d * Math.log(edge[s]) - Math.log(volume);
        }
        return new RadialLaw(d, edge, mass, logDensity, logNorm(d));
    }

    /** ln of the density per unit volume at this squared distance. */
    double logDensity(double distance2) {
        double student = studentNorm - 0.5 * (NU + d) * Math.log1p(distance2 / NU);
        int n = edge.length;
        if (n == 0) {
            return student;
        }
        double r = Math.sqrt(distance2);
        if (r >= edge[n - 1]) {
            return LOG_TAIL + student;
        }
        int s = Arrays.binarySearch(edge, r);
        double shell = logDensity[s >= 0 ? s + 1 : -s - 1];
        return LogSum.add(LOG_TAIL + student, LOG_SHELLS + shell);
    }

    /** Draws a distance. */
    double draw(RandomSource random) {
        int n = edge.length;
        if (n == 0 || random.nextOpen() < TAIL) {
            double chi2 = 0;
            for (int i = 0; i < d; i++) {
                double g = random.nextGaussian();
                chi2 += g * g;
            }
            double scale = 0;
            for (int i = 0; i < NU; i++) {
                double g = random.nextGaussian();
                scale += g * g;
            }
            return Math.sqrt(chi2 * NU / scale);
        }
        int s = 0;
        double pick = random.nextOpen();
        for (double sum = mass[0]; sum < pick && s < n - 1; ) {
            sum += mass[++s];
        }
        double inner = s == 0 ? 0 : Math.pow(edge[s - 1] / edge[s], d);
        return edge[s] * Math.pow(inner + random.nextOpen() * (1 - inner), 1.0 / d);
    }

    private static double logNorm(int d) {
        return Gamma.logGamma((NU + d) / 2) - Gamma.logGamma(NU / 2) - 0.5 * d * Math.log(NU * Math.PI);
    }

    private static double logUnitBall(int d) {
        return 0.5 * d * Math.log(Math.PI) - Gamma.logGamma(0.5 * d + 1);
    }
}
