package org.unblend.mcmc;

/** A number with its gradient, carried forward through arithmetic. */
record Dual(double value, double[] gradient) {

    static Dual constant(double value, int d) {
        return new Dual(value, new double[d]);
    }

    static Dual[] variables(double[] z) {
        Dual[] x = new Dual[z.length];
        for (int i = 0; i < z.length; i++) {
            double[] g = new double[z.length];
            g[i] = 1;
            x[i] = new Dual(z[i], g);
        }
        return x;
    }

    private Dual chain(double to, double slope) {
        double[] g = new double[gradient.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = slope * gradient[i];
        }
        return new Dual(to, g);
    }

    private static Dual chain(double to, Dual a, double da, Dual b, double db) {
        double[] g = new double[a.gradient.length];
        for (int i = 0; i < g.length; i++) {
            g[i] = da * a.gradient[i] + db * b.gradient[i];
        }
        return new Dual(to, g);
    }

    Dual plus(Dual b) {
        return chain(value + b.value, this, 1, b, 1);
    }

    Dual plus(double b) {
        return new Dual(value + b, gradient);
    }

    Dual minus(Dual b) {
        return chain(value - b.value, this, 1, b, -1);
    }

    Dual times(Dual b) {
        return chain(value * b.value, this, b.value, b, value);
    }

    Dual times(double b) {
        return chain(value * b, b);
    }

    Dual over(Dual b) {
        return chain(value / b.value, this, 1 / b.value, b, -value / b.value / b.value);
    }

    Dual exp() {
        double e = Math.exp(value);
        return chain(e, e);
    }

    Dual log() {
        return chain(Math.log(value), 1 / value);
    }

    Dual sqrt() {
        double root = Math.sqrt(value);
        return chain(root, 0.5 / root);
    }

    Dual square() {
        return chain(value * value, 2 * value);
    }

    /** {@code 1 / (1 + exp(-x))}. */
    Dual logistic() {
        double s = 1 / (1 + Math.exp(-value));
        return chain(s, s * (1 - s));
    }

    /** {@code ln N(x | mean, sd)} of {@code this} as x, without the constant. */
    Dual logNormal(Dual mean, Dual sd) {
        return minus(mean).over(sd).square().times(-0.5).minus(sd.log());
    }

    /** The same with fixed mean and sd. */
    Dual logNormal(double mean, double sd) {
        return plus(-mean).times(1 / sd).square().times(-0.5);
    }

    /** {@code ln Cauchy(x | 0, scale)} without the constant. */
    Dual logCauchy(double scale) {
        return times(1 / scale).square().plus(1).log().times(-1);
    }
}
