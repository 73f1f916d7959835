package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.Probit;

/**
 * The integral over w > 0 of a density of the form {@link Shape}, and draws of it by inverting a distribution function.
 *
 * <p>Truncated normal densities are treated exactly. Others are tabulated in u = ln w: a grid across the mode, a coarser one
 * towards the tails, the logarithm of the density linear in between and below the grid. Draws come with the ratio of the
 * density to the table's, so that averages of it over draws are unbiased however coarse the table is.
 */
final class EntryTable {
    /** Points on either side of the mode, and towards each tail. */
    private static final int HALF = 20;

    private static final int TAIL = 24;
    /** Where the fine grid ends, in widths of the mode; and where the density has fallen to nothing, in ln. */
    private static final double REACH = 6;

    private static final double NOTHING = 36;

    private final double a;
    private final double b;
    private final double q;
    private final double t;
    private final double nu;

    private final double[] at;
    private final double[] log;
    private final double[] cumulative;
    private final double logIntegral;

    EntryTable(double a, double b, double q, double t, double nu) {
        this.a = a;
        this.b = b;
        this.q = q;
        this.t = t;
        this.nu = nu;
        if (exact()) {
            at = null;
            log = null;
            cumulative = null;
            logIntegral = logIntegral(b, q);
            return;
        }
        at = grid();
        log = new double[at.length];
        for (int i = 0; i < at.length; i++) {
            log[i] = Shape.logOfLog(at[i], a, b, q, t, nu);
        }
        double top = Double.NEGATIVE_INFINITY;
        for (double v : log) {
            top = Math.max(top, v);
        }
        cumulative = new double[at.length];
        double slope = lowSlope();
        cumulative[0] = Math.exp(log[0] - top) / slope;
        for (int i = 1; i < at.length; i++) {
            cumulative[i] =
                    cumulative[i - 1] + Math.exp(log[i - 1] - top) * (at[i] - at[i - 1]) * growth(log[i] - log[i - 1]);
        }
        logIntegral = top + Math.log(cumulative[at.length - 1]);
    }

    /** True if the density is a truncated normal. */
    boolean exact() {
        return t == 0 && a == 1 && q > 0;
    }

    /** ln of the integral; by the table unless the density is a truncated normal. */
    double logIntegral() {
        return logIntegral;
    }

    /** {@code ln of the integral of exp(-b w - q w^2 / 2)} over w > 0, for q above 0. */
    static double logIntegral(double b, double q) {
        double z = b / Math.sqrt(q);
        return z >= 0
                ? Math.log(Probit.tailRatio(z)) - 0.5 * Math.log(q)
                : 0.5 * z * z + 0.5 * Math.log(2 * Math.PI / q) + Probit.logCdf(-z);
    }

    /**
     * A draw of the table.
     *
     * @param p where, between 0 and 1
     * @param out the draw w, then ln of the ratio of the density to that of the draw: its mean is the integral; modified
     */
    void draw(double p, double[] out) {
        if (exact()) {
            double sd = 1 / Math.sqrt(q);
            double z = b * sd;
            // From the upper tail, so that no digits are lost where little of the normal is positive.
            double tail = (1 - p) * Probit.cdf(-z);
            out[0] = tail > 0 ? Math.max(EntryDraw.SMALLEST, sd * (-Probit.quantile(tail) - z)) : far(z, sd, p);
            out[1] = logIntegral;
            return;
        }
        double target = p * cumulative[at.length - 1];
        double u;
        double density;
        if (target <= cumulative[0]) {
            double slope = lowSlope();
            u = at[0] + Math.log(target / cumulative[0]) / slope;
            density = log[0] + slope * (u - at[0]);
        } else {
            int i = Arrays.binarySearch(cumulative, target);
            i = Math.min(at.length - 1, Math.max(1, i < 0 ? -i - 1 : i));
            double part = (target - cumulative[i - 1]) / (cumulative[i] - cumulative[i - 1]);
            double rise = log[i] - log[i - 1];
            double x = Math.abs(rise) < 1e-9 ? part : Math.log1p(part * Math.expm1(rise)) / rise;
            x = Math.min(1, Math.max(0, x));
            u = at[i - 1] + x * (at[i] - at[i - 1]);
            density = log[i - 1] + x * rise;
        }
        u = Math.max(u, Math.log(EntryDraw.SMALLEST));
        out[0] = Math.exp(u);
        out[1] = logIntegral + Shape.logOfLog(u, a, b, q, t, nu) - density;
    }

    /** An exponential stands for the normal where its tail underflows. */
    private static double far(double z, double sd, double p) {
        return Math.max(EntryDraw.SMALLEST, -sd * Math.log1p(-p) / z);
    }

    /** {@code (exp(x) - 1) / x}. */
    private static double growth(double x) {
        return Math.abs(x) < 1e-9 ? 1 + 0.5 * x : Math.expm1(x) / x;
    }

    private double lowSlope() {
        return t > 0 ? Math.max(1e-3, (log[1] - log[0]) / (at[1] - at[0])) : a;
    }

    private double[] grid() {
        double mode = mode();
        double w = Math.exp(mode);
        double bend = b * w + 2 * q * w * w + t;
        double width = Math.min(1, 1 / Math.sqrt(bend > 0 ? bend : Math.max(a, 0.05)));
        double top = Shape.logOfLog(mode, a, b, q, t, nu);
        double low = end(mode - REACH * width, -width, top);
        double high = end(mode + REACH * width, width, top);
        // Below this the data and the exponential part of the prior no longer act: a power law remains.
        double flat = t > 0
                ? Double.NEGATIVE_INFINITY
                : Math.log(Math.min(1e-7 / Math.max(Math.abs(b), 1e-200), 1e-4 / Math.sqrt(Math.max(q, 1e-200))));
        low = Math.max(low, Math.min(flat, mode - REACH * width));
        double[] points = new double[2 * TAIL + 2 * HALF + 1];
        for (int i = 0; i < TAIL; i++) {
            points[i] = low + (mode - REACH * width - low) * i / TAIL;
            points[TAIL + 2 * HALF + 1 + i] = mode + REACH * width + (high - mode - REACH * width) * (i + 1) / TAIL;
        }
        for (int i = -HALF; i <= HALF; i++) {
            points[TAIL + HALF + i] = mode + REACH * width * i / HALF;
        }
        return points;
    }

    /** From {@code u} on in growing steps until the density is nothing. */
    private double end(double u, double step, double top) {
        double s = step;
        double end = u;
        for (int i = 0; i < 60 && Shape.logOfLog(end, a, b, q, t, nu) > top - NOTHING; i++) {
            end += s;
            s *= 1.5;
        }
        return end;
    }

    private double mode() {
        return mode(a, b, q, t, nu);
    }

    private static double slope(double u, double a, double b, double q, double t, double nu) {
        double w = Math.exp(u);
        return a - b * w - q * w * w - t * (u - nu);
    }

    /** A mode of the density of ln w. */
    static double mode(double a, double b, double q, double t, double nu) {
        if (t == 0) {
            double root = Math.sqrt(b * b + 4 * q * a);
            return Math.log(q == 0 ? a / b : b > 0 ? 2 * a / (b + root) : (root - b) / (2 * q));
        }
        double low = nu;
        double high = nu;
        double step = 1;
        while (slope(low, a, b, q, t, nu) < 0) {
            low -= step;
            step *= 2;
        }
        step = 1;
        while (slope(high, a, b, q, t, nu) > 0) {
            high += step;
            step *= 2;
        }
        for (int i = 0; i < 80 && high - low > 1e-9 * (1 + Math.abs(low)); i++) {
            double middle = 0.5 * (low + high);
            if (slope(middle, a, b, q, t, nu) > 0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return 0.5 * (low + high);
    }
}
