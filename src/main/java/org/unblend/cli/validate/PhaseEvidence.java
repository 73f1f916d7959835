package org.unblend.cli.validate;

import org.unblend.math.LogSum;
import org.unblend.math.Probit;
import org.unblend.math.RandomSource;

/**
 * Evidence of lines from one or two phases of gas by plain Monte Carlo over the prior, for data d with Normal errors s. A
 * line is {@code dv (f1 r1 + f2 r2)}, where r is the brightness of a phase per unit of line width. One filling factor,
 * uniform from 0 to 1, is integrated out in closed form; everything else is drawn:
 *
 * <pre>
 *   int_0^1 exp(-(C - 2 B f + A f^2) / 2) df = exp(-(C - B^2/A) / 2) sqrt(2 pi / A) [Phi(sqrt(A) - B/sqrt(A)) - Phi(-B/sqrt(A))]
 *   A = sum (dv r1 / s)^2,  B = sum dv r1 (d - dv f2 r2) / s^2,  C = sum ((d - dv f2 r2) / s)^2
 * </pre>
 */
final class PhaseEvidence {
    private static final double LN_2PI = Math.log(2 * Math.PI);

    private final double[] data;
    private final double[] sd;
    private final double narrowest;
    private final double widest;

    /**
     * @param data intensities
     * @param sd their standard deviations, above 0
     * @param narrowest least line width; line widths are uniform up to {@code widest}
     */
    PhaseEvidence(double[] data, double[] sd, double narrowest, double widest) {
        this.data = data.clone();
        this.sd = sd.clone();
        this.narrowest = narrowest;
        this.widest = widest;
    }

    /**
     * Estimates ln Z of one phase.
     *
     * @param brightness {@code [states x lines]}, per unit of line width, of states drawn from the prior
     * @param draws line widths drawn for each state
     */
    double one(double[] brightness, int draws, RandomSource random) {
        int lines = data.length;
        int states = brightness.length / lines;
        double[] log = new double[states * draws];
        for (int i = 0; i < log.length; i++) {
            log[i] = logIntegral(brightness, (i % states) * lines, 0, 0, width(random));
        }
        return LogSum.of(log) - Math.log(log.length);
    }

    /**
     * Estimates ln Z of two phases that share the line width.
     *
     * @param brightness as above; pairs of different states are drawn from it
     * @param pairs how many
     */
    double two(double[] brightness, int pairs, RandomSource random) {
        int lines = data.length;
        int states = brightness.length / lines;
        double[] log = new double[pairs];
        for (int i = 0; i < pairs; i++) {
            int first = (int) (random.nextOpen() * states);
            int second = (first + 1 + (int) (random.nextOpen() * (states - 1))) % states;
            double dv = width(random);
            log[i] = logIntegral(brightness, first * lines, second * lines, random.nextOpen(), dv);
        }
        return LogSum.of(log) - Math.log(pairs);
    }

    private double width(RandomSource random) {
        return narrowest + (widest - narrowest) * random.nextOpen();
    }

    /** ln of the likelihood averaged over the filling factor of the phase at {@code first}; {@code fill} is that of the other. */
    private double logIntegral(double[] brightness, int first, int second, double fill, double dv) {
        double a = 0;
        double b = 0;
        double c = 0;
        double norm = 0;
        for (int l = 0; l < data.length; l++) {
            double r = dv * brightness[first + l] / sd[l];
            double rest = (data[l] - dv * fill * brightness[second + l]) / sd[l];
            a += r * r;
            b += r * rest;
            c += rest * rest;
            norm -= 0.5 * LN_2PI + Math.log(sd[l]);
        }
        if (!(a < Double.POSITIVE_INFINITY) || Double.isNaN(c)) {
            return Double.NEGATIVE_INFINITY; // a state without a solution
        }
        if (a == 0) {
            return norm - 0.5 * c;
        }
        double root = Math.sqrt(a);
        double mode = b / root;
        return norm
                - 0.5 * Math.max(0, c - (mode > 0 ? mode * mode : 0))
                - 0.5 * Math.log(a)
                + Probit.logInterval(-mode, root); // relative to the density where the interval begins
    }
}
