package org.unblend.model;

import java.util.Arrays;
import java.util.List;

/**
 * A forward model of two lines, {@code I_0 = T n} and {@code I_1 = T^2 + ln n}, valid for 0 <= T <= 100 and 1e-3 <= n <=
 * 1e6; at T = 13 exactly it fails.
 *
 * @param differentiable whether it offers derivatives
 */
public record ToyPhysics(boolean differentiable) implements ForwardModel {
    public static final Axis LINES = Axis.of("line", "I0", "I1");

    public static double value(int line, double t, double n) {
        return line == 0 ? t * n : t * t + Math.log(n);
    }

    @Override
    public String description() {
        return "toy physics";
    }

    @Override
    public List<Port> inputs() {
        return List.of(new Port("T", "K", new Support(0, 100)), new Port("n", "cm-3", new Support(1e-3, 1e6)));
    }

    @Override
    public Axis output() {
        return LINES;
    }

    @Override
    public String outputUnit() {
        return "K km/s";
    }

    @Override
    public String fingerprint() {
        return "toy 1";
    }

    @Override
    public List<String> citations() {
        return List.of();
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        for (int r = 0; r < rows; r++) {
            double t = in[2 * r];
            double n = in[2 * r + 1];
            boolean inside = inputs().get(0).domain().contains(t)
                    && inputs().get(1).domain().contains(n);
            status[r] = !inside ? RowStatus.OUT_OF_DOMAIN : t == 13 ? RowStatus.FAILED : RowStatus.OK;
            out[2 * r] = value(0, t, n);
            out[2 * r + 1] = value(1, t, n);
            if (status[r] != RowStatus.OK) {
                Arrays.fill(out, 2 * r, 2 * r + 2, Double.NaN);
            }
        }
    }

    @Override
    public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
        for (int r = 0; r < rows; r++) {
            double t = in[2 * r];
            double n = in[2 * r + 1];
            inBar[2 * r] += outBar[2 * r] * n + outBar[2 * r + 1] * 2 * t;
            inBar[2 * r + 1] += outBar[2 * r] * t + outBar[2 * r + 1] / n;
        }
    }
}
