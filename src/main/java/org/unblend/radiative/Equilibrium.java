package org.unblend.radiative;

import java.util.Arrays;

/**
 * Finds the level populations of one point: the workspace and the iterations. Not thread-safe.
 *
 * <p>Newton's method on the populations converges in a few steps from the optically thin solution, and if not, from a
 * Boltzmann distribution. Behind it stands the plain iteration (escape probabilities from the present populations, then
 * populations from these), damped in the logarithm of the populations, and last in the populations themselves.
 */
final class Equilibrium {
    /** Largest relative change of a population at which the iteration has converged. */
    static final double TOLERANCE = 1e-10;
    /** Populations below this do not count for convergence. */
    private static final double COUNTED = 1e-9;
    /** Populations are kept above this, so that logarithms and ratios exist. */
    static final double FLOOR = 1e-200;
    /** Optical depth at which the escape probability of an inverted line stops growing. */
    private static final double LOWEST_TAU = -30;

    private static final int NEWTON_STEPS = 60;
    private static final int DAMPED_STEPS = 3000;

    private final OneZone zone;
    private final Geometry geometry;
    private final int n;
    /** Collision rates from level j to level i at [i x j], and their sums out of each level. */
    private final double[] collision;

    private final double[] out;
    private final double[] matrix;
    private final double[] step;
    private final double[] background;
    private final double[] boltzmann;
    private double column;
    private double tkin;
    final double[] x;
    int iterations;

    Equilibrium(OneZone zone) {
        this.zone = zone;
        geometry = zone.geometry();
        n = zone.levels;
        collision = new double[n * n];
        out = new double[n];
        matrix = new double[n * n];
        step = new double[n];
        background = new double[zone.lines];
        boltzmann = new double[n];
        x = new double[n];
    }

    void clear() {
        Arrays.fill(collision, 0);
    }

    /** Adds the downward collisions with one partner. */
    void collide(CollisionRates rates, double tkin, double density) {
        rates.addDownward(tkin, density, collision, n);
    }

    /** Solves for {@link #x} with the collisions added so far. */
    boolean solve(double tkin, double column, double[] background) {
        this.tkin = tkin;
        this.column = column;
        System.arraycopy(background, 0, this.background, 0, background.length);
        iterations = 0;
        detailedBalance();
        thinStart();
        if (newton()) {
            return true;
        }
        boltzmannStart();
        if (newton()) {
            return true;
        }
        boltzmannStart();
        if (damped(true)) {
            return true;
        }
        thinStart();
        return damped(false);
    }

    /** Completes the collision matrix: every rate that is given brings its reverse. */
    private void detailedBalance() {
        for (int i = 0; i < n; i++) {
            boltzmann[i] = zone.weight[i] * Math.exp(-Constants.HC_K / tkin * zone.energy[i]);
        }
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) {
                double down = collision[i * n + j];
                double up = collision[j * n + i];
                if (down > 0) {
                    collision[j * n + i] += down * ratio(j, i);
                }
                if (up > 0) {
                    collision[i * n + j] += up * ratio(i, j);
                }
            }
        }
        for (int j = 0; j < n; j++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += collision[i * n + j];
            }
            out[j] = sum;
        }
    }

    /** Population of level i over that of level j in thermal equilibrium. */
    private double ratio(int i, int j) {
        // Where both exponentials would underflow, their quotient need not.
        return boltzmann[j] > 1e-280
                ? boltzmann[i] / boltzmann[j]
                : zone.weight[i] / zone.weight[j] * Math.exp(Constants.HC_K / tkin * (zone.energy[j] - zone.energy[i]));
    }

    /** Populations of optically thin lines. */
    void thinStart() {
        load();
        for (int t = 0; t < zone.lines; t++) {
            addLine(t, 1);
        }
        Elimination.steadyState(matrix, x, n);
        floor();
        iterations++;
    }

    /** Populations of thermal equilibrium at the kinetic temperature. */
    void boltzmannStart() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            x[i] = boltzmann[i];
            sum += x[i];
        }
        for (int i = 0; i < n; i++) {
            x[i] /= sum;
        }
        floor();
    }

    private void floor() {
        for (int i = 0; i < n; i++) {
            x[i] = Math.max(FLOOR, x[i]);
        }
    }

    private void load() {
        System.arraycopy(collision, 0, matrix, 0, n * n);
    }

    private void addLine(int t, double beta) {
        int u = zone.upper[t];
        int l = zone.lower[t];
        double a = zone.einsteinA[t] * beta;
        matrix[l * n + u] += a * (1 + background[t]);
        matrix[u * n + l] += a * background[t] * zone.weights[t];
    }

    private double tau(int t) {
        return zone.opacity[t] * column * (zone.weights[t] * x[zone.lower[t]] - x[zone.upper[t]]);
    }

    /** Plain iteration from the present populations, damped in their logarithms or in themselves. */
    boolean damped(boolean logarithmic) {
        double damp = logarithmic ? 0.5 : 0.3;
        double before = Double.POSITIVE_INFINITY;
        int grown = 0;
        for (int k = 0; k < DAMPED_STEPS; k++) {
            iterations++;
            load();
            for (int t = 0; t < zone.lines; t++) {
                addLine(t, geometry.beta(Math.max(LOWEST_TAU, tau(t))));
            }
            if (!Elimination.steadyState(matrix, step, n)) {
                return false;
            }
            double residual = 0;
            for (int i = 0; i < n; i++) {
                if (step[i] > COUNTED) {
                    residual = Math.max(residual, Math.abs(step[i] - x[i]) / step[i]);
                }
            }
            for (int i = 0; i < n; i++) {
                double y = Math.max(FLOOR, step[i]);
                x[i] = logarithmic ? x[i] * Math.exp(damp * Math.log(y / x[i])) : (1 - damp) * x[i] + damp * y;
            }
            if (residual < TOLERANCE) {
                return true;
            }
            grown = residual > before ? grown + 1 : 0;
            if (logarithmic && grown >= 5) {
                damp = Math.max(0.02, damp * 0.7);
                grown = 0;
            }
            before = residual;
        }
        return false;
    }

    /** Newton's method from the present populations. */
    boolean newton() {
        for (int k = 0; k < NEWTON_STEPS; k++) {
            iterations++;
            linearise();
            if (!Elimination.solve(matrix, step, n)) {
                return false;
            }
            if (advance(reach()) < TOLERANCE) {
                return true;
            }
        }
        return false;
    }

    /**
     * Sets {@link #matrix} to the derivative of the net rate into each level with respect to the populations, and
     * {@link #step} to minus that net rate; the equation of the ground state gives way to the sum of the populations.
     */
    private void linearise() {
        load();
        for (int i = 0; i < n; i++) {
            int row = i * n;
            double in = 0;
            for (int j = 0; j < n; j++) {
                in += collision[row + j] * x[j];
            }
            step[i] = out[i] * x[i] - in;
            matrix[row + i] = -out[i];
        }
        for (int t = 0; t < zone.lines; t++) {
            int u = zone.upper[t];
            int l = zone.lower[t];
            double a = zone.einsteinA[t];
            double g = zone.weights[t];
            double b = background[t];
            double tau = tau(t);
            double beta = geometry.beta(Math.max(LOWEST_TAU, tau));
            double slope = tau < LOWEST_TAU ? 0 : geometry.slope(tau, beta);
            double net = (1 + b) * x[u] - b * g * x[l];
            double trapping = a * slope * zone.opacity[t] * column * net;
            double byUpper = a * beta * (1 + b) - trapping;
            double byLower = g * (trapping - a * beta * b);
            step[u] += a * beta * net;
            step[l] -= a * beta * net;
            matrix[u * n + u] -= byUpper;
            matrix[u * n + l] -= byLower;
            matrix[l * n + u] += byUpper;
            matrix[l * n + l] += byLower;
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            matrix[j] = 1;
            sum += x[j];
        }
        step[0] = 1 - sum;
    }

    /**
     * The fraction of the step that leaves every line above an optical depth of -1, or within 1.5 times the one it has.
     * Full steps from the thin start can pass through strong inversions, from which spurious masers grow.
     */
    private double reach() {
        double reach = 1;
        for (int t = 0; t < zone.lines; t++) {
            double change = zone.opacity[t] * column * (zone.weights[t] * step[zone.lower[t]] - step[zone.upper[t]]);
            double tau = tau(t);
            double lowest = Math.min(-1, 1.5 * tau);
            if (tau + reach * change < lowest) {
                reach = (lowest - tau) / change;
            }
        }
        return reach;
    }

    /** Takes the given fraction of the step; returns the largest relative change of the whole step. */
    private double advance(double fraction) {
        double change = 0;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double y = x[i] + fraction * step[i];
            if (Math.max(x[i], y) > COUNTED) {
                change = Math.max(change, Math.abs(step[i]) / x[i]);
            }
            x[i] = Math.max(FLOOR, Math.max(0.1 * x[i], Math.min(1e3 * x[i], y)));
            sum += x[i];
        }
        for (int i = 0; i < n; i++) {
            x[i] /= sum;
        }
        return change;
    }
}
