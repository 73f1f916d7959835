package org.unblend.math;

import java.util.function.DoubleUnaryOperator;

/** Integrals by the Gauss-Legendre rule of 16 points (Abramowitz and Stegun 1964, table 25.4). */
final class Quadrature {
    private static final int POINTS = 16;
    private static final double[] NODES = new double[POINTS / 2];
    private static final double[] WEIGHTS = new double[POINTS / 2];
    /** Panels of a tail integral at most; far more than a log-concave tail needs. */
    private static final int MAX_PANELS = 200;

    static {
        legendre();
    }

    private Quadrature() {}

    /** The integral of {@code f} from {@code a} to {@code b} in one panel; exact for polynomials of degree 31. */
    static double panel(DoubleUnaryOperator f, double a, double b) {
        double middle = 0.5 * (a + b);
        double half = 0.5 * (b - a);
        double sum = 0;
        for (int i = 0; i < NODES.length; i++) {
            double t = half * NODES[i];
            sum += WEIGHTS[i] * (f.applyAsDouble(middle - t) + f.applyAsDouble(middle + t));
        }
        return half * sum;
    }

    /**
     * The integral of {@code exp(h(v))} from 0 outwards without end, for a concave h with h(0) = 0 that falls from 0 on, or
     * from within one width of it.
     *
     * @param slope the derivative of h at 0
     * @param width length over which exp(h) changes its shape (its standard deviation); negative to integrate downwards
     */
    static double tail(DoubleUnaryOperator h, double slope, double width) {
        // Two widths per panel, or six e-folds where the decay is steeper than that.
        double step = Math.copySign(Math.min(2 * Math.abs(width), 6 / Math.abs(slope)), width);
        double sum = 0;
        for (int i = 0; i < MAX_PANELS; i++) {
            double part = Math.abs(panel(v -> Math.exp(h.applyAsDouble(v)), i * step, (i + 1) * step));
            sum += part;
            if (part <= 1e-17 * sum) {
                break;
            }
        }
        return sum;
    }

    /** Nodes: positive roots of the Legendre polynomial, by Newton's method; weights 2 / ((1 - x^2) P'(x)^2). */
    private static void legendre() {
        for (int i = 0; i < NODES.length; i++) {
            double x = Math.cos(Math.PI * (i + 0.75) / (POINTS + 0.5));
            double derivative = 0;
            for (int step = 0; step < 10; step++) {
                double previous = 1;
                double value = x;
                for (int n = 2; n <= POINTS; n++) {
                    double next = ((2 * n - 1) * x * value - (n - 1) * previous) / n;
                    previous = value;
                    value = next;
                }
                derivative = POINTS * (x * value - previous) / (x * x - 1);
                x -= value / derivative;
            }
            NODES[i] = x;
            WEIGHTS[i] = 2 / ((1 - x * x) * derivative * derivative);
        }
    }
}
