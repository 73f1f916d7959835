package org.unblend.radiative;

/**
 * Finds the level populations of one point: the workspace and the iterations. Not thread-safe.
 *
 * <p>Newton's method on the populations converges in a few steps from the optically thin solution, and if not, from a
 * Boltzmann distribution. Behind it stands the plain iteration (escape probabilities from the present populations, then
 * populations from these), damped in the logarithm of the populations, and last in the populations themselves.
 */
final class Equilibrium {
    /** Largest relative change of a population at which the iteration has converged. */
    private static final double TOLERANCE = 1e-10;

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
    private final double[][] matrix;
    private final double[] step;
    private final double[] background;
    private double column;

    final CollisionMatrix collisions;

    /** Populations, {@code [levels]}, sum 1. */
    final double[] x;

    /** Linear systems solved. */
    int iterations;

    Equilibrium(OneZone zone) {
        this.zone = zone;
        geometry = zone.geometry();
        n = zone.levels;
        collisions = new CollisionMatrix(zone);
        matrix = new double[n][n];
        step = new double[n];
        background = new double[zone.lines];
        x = new double[n];
    }

    /**
     * Solves for {@link #x} with the collisions added so far.
     *
     * @param excitation what the populations follow from
     * @param columnPerWidth column density over line width [cm^-2 / (km/s)]
     * @param background photon number b of each line
     * @return true if converged
     */
    boolean solve(Excitation excitation, double columnPerWidth, double[] background) {
        column = columnPerWidth;
        System.arraycopy(background, 0, this.background, 0, background.length);
        iterations = 0;
        collisions.complete();
        if (excitation == Excitation.LTE) {
            boltzmannStart();
            return true;
        }
        boolean solvable = thinStart();
        if (excitation == Excitation.THIN) {
            return solvable;
        }
        return newton() || solveFromBoltzmann();
    }

    /** Solves the same point once more without regard to the present populations. */
    boolean solveFromBoltzmann() {
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

    /** Populations of optically thin lines; false if they do not exist and those of thermal equilibrium stand instead. */
    boolean thinStart() {
        load();
        for (int t = 0; t < zone.lines; t++) {
            addLine(t, 1);
        }
        iterations++;
        if (Elimination.steadyState(matrix, x, n)) {
            floor();
            return true;
        }
        boltzmannStart();
        return false;
    }

    /** Populations of thermal equilibrium at the kinetic temperature. */
    void boltzmannStart() {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            x[i] = collisions.boltzmann[i];
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
        for (int i = 0; i < n; i++) {
            System.arraycopy(collisions.rates, i * n, matrix[i], 0, n);
        }
    }

    private void addLine(int t, double beta) {
        int u = zone.upper[t];
        int l = zone.lower[t];
        double a = zone.einsteinA[t] * beta;
        matrix[l][u] += a * (1 + background[t]);
        matrix[u][l] += a * background[t] * zone.weightRatio[t];
    }

    private double tau(int t) {
        return zone.opacity[t] * column * (zone.weightRatio[t] * x[zone.lower[t]] - x[zone.upper[t]]);
    }

    /** Escape probability. */
    double beta(double tau) {
        return geometry.beta(Math.max(LOWEST_TAU, tau));
    }

    /** Derivative of {@link #beta}. */
    double slope(double tau) {
        return tau < LOWEST_TAU ? 0 : geometry.slope(tau, beta(tau));
    }

    /**
     * Solves {@code J^T m = bar} with J the derivative of the equations at the present populations.
     *
     * @param bar {@code [levels]}, replaced by m
     * @return false if the equations are singular
     */
    boolean adjoint(double[] bar) {
        linearise();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                double swapped = matrix[i][j];
                matrix[i][j] = matrix[j][i];
                matrix[j][i] = swapped;
            }
        }
        return Elimination.solve(matrix, bar, n);
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
                addLine(t, beta(tau(t)));
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
                in += collisions.rates[row + j] * x[j];
            }
            step[i] = collisions.out[i] * x[i] - in;
            matrix[i][i] = -collisions.out[i];
        }
        for (int t = 0; t < zone.lines; t++) {
            int u = zone.upper[t];
            int l = zone.lower[t];
            double a = zone.einsteinA[t];
            double g = zone.weightRatio[t];
            double b = background[t];
            double tau = tau(t);
            double beta = beta(tau);
            double slope = tau < LOWEST_TAU ? 0 : geometry.slope(tau, beta);
            double net = (1 + b) * x[u] - b * g * x[l];
            double trapping = a * slope * zone.opacity[t] * column * net;
            double byUpper = a * beta * (1 + b) - trapping;
            double byLower = g * (trapping - a * beta * b);
            step[u] += a * beta * net;
            step[l] -= a * beta * net;
            matrix[u][u] -= byUpper;
            matrix[u][l] -= byLower;
            matrix[l][u] += byUpper;
            matrix[l][l] += byLower;
        }
        double sum = 0;
        for (int j = 0; j < n; j++) {
            matrix[0][j] = 1;
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
            double change =
                    zone.opacity[t] * column * (zone.weightRatio[t] * step[zone.lower[t]] - step[zone.upper[t]]);
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
