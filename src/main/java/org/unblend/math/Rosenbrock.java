package org.unblend.math;

/**
 * RODAS: a stiffly accurate, L-stable Rosenbrock method of order 4 with an embedded one of order 3 (Hairer &amp; Wanner
 * 1996, Solving Ordinary Differential Equations II, section IV.7, code RODAS with METH = 1). Each step takes one Jacobian,
 * one sparse factorisation and six solutions; linear invariants of f (elements, charge) are kept to rounding. The step
 * follows the error of each step against atol + rtol max(|y|, |y new|), root mean square over the components, with the
 * predictive control of Gustafsson. Being a one-step method it starts again after an event at no cost. Allocates nothing
 * per step. Not thread-safe: one instance per thread and system.
 */
public final class Rosenbrock {
    private static final double GAMMA = 0.25;
    private static final double[] TIME = {0, 0.386, 0.21, 0.63, 1, 1};
    private static final double[] TIME_SLOPE = {0.25, -0.1043, 0.1035, -0.03620000000000023, 0, 0};
    private static final double[][] A = {
        {},
        {1.544},
        {0.9466785280815826, 0.2557011698983284},
        {3.314825187068521, 2.896124015972201, 0.9986419139977817},
        {1.221224509226641, 6.019134481288629, 12.53708332932087, -0.6878860361058950}
    };
    private static final double[][] C = {
        {},
        {-5.6688},
        {-2.430093356833875, -0.2063599157091915},
        {-0.1073529058151375, -9.594562251023355, -20.47028614809616},
        {7.496443313967647, -10.24680431464352, -33.99990352819905, 11.70890893206160},
        {8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054}
    };
    private static final int STAGES = 6;
    private static final double SAFETY = 0.9;
    private static final double MOST_GROWTH = 6;
    private static final double LEAST_GROWTH = 0.2;

    /** How an integration ended. */
    public enum Status {
        /** The end was reached. */
        DONE,
        /** The observer asked to stop. */
        STOPPED,
        /** More steps than allowed. */
        TOO_MANY_STEPS,
        /** The step fell below the resolution of the time. */
        STALLED
    }

    /**
     * Tolerances.
     *
     * @param rtol relative, above 0
     * @param atol absolute, above 0
     * @param maxSteps most steps, rejected ones included
     * @param positive components below 0 (of the order of atol) are set to 0 after each step
     */
    public record Options(double rtol, double atol, int maxSteps, boolean positive) {
        public Options {
            if (!(rtol > 0) || !(atol > 0) || maxSteps < 1) {
                throw new IllegalArgumentException("tolerances must be above 0: rtol " + rtol + ", atol " + atol);
            }
        }
    }

    /** Told after each accepted step; false stops the integration. */
    @FunctionalInterface
    public interface Observer {
        boolean accepted(double t, double step, double[] y);
    }

    private final StiffSystem system;
    private final SparseLu lu;
    private final int n;
    private final double[] jacobian;
    private final double[] slope;
    private final double[] timeSlope;
    private final double[] trial;
    private final double[] f;
    private final double[][] k = new double[STAGES][];
    private long steps;
    private long rejected;
    private double step;
    private double lastStep;
    private double lastError;
    private double time;

    public Rosenbrock(StiffSystem system) {
        this.system = system;
        n = system.size();
        lu = new SparseLu(n, system.rowStart(), system.columns());
        jacobian = new double[system.columns().length];
        slope = new double[n];
        timeSlope = new double[n];
        trial = new double[n];
        f = new double[n];
        for (int s = 0; s < STAGES; s++) {
            k[s] = new double[n];
        }
    }

    /** Accepted and rejected steps since this was made. */
    public long steps() {
        return steps;
    }

    /** Rejected steps since this was made. */
    public long rejected() {
        return rejected;
    }

    /** The time that the last integration reached. */
    public double time() {
        return time;
    }

    /** Forgets the last step, as before a new problem: the result of the next call does not depend on the former. */
    public void reset() {
        step = 0;
    }

    /**
     * Integrates from {@code from} to {@code to}. The first step is that of the last call, or one found from the size of the
     * slope after {@link #reset()}.
     *
     * @param y state [n], overwritten by the state at {@link #time()}
     */
    public Status integrate(double from, double to, double[] y, Options options, Observer observer) {
        time = from;
        if (from >= to) {
            return Status.DONE;
        }
        double h = step > 0 ? step : firstStep(from, y, options);
        boolean hasJacobian = false;
        boolean wasRejected = false;
        lastError = 0;
        for (int count = 0; count < options.maxSteps(); count++) {
            boolean last = h >= (to - time) * (1 - 1e-12);
            double taken = last ? to - time : h;
            if (!(time + 0.1 * taken > time)) {
                return Status.STALLED;
            }
            if (!hasJacobian) {
                system.jacobian(time, y, jacobian);
                system.derivative(time, y, slope);
                if (!system.autonomous()) {
                    double delta = Math.max(1e-5 * taken, 1e-9 * Math.abs(time));
                    system.derivative(time + delta, y, timeSlope);
                    for (int i = 0; i < n; i++) {
                        timeSlope[i] = (timeSlope[i] - slope[i]) / delta;
                    }
                }
                hasJacobian = true;
            }
            steps++;
            double error = lu.factor(1 / (GAMMA * taken), jacobian) ? attempt(taken, y, options) : Double.NaN;
            if (!Double.isFinite(error)) {
                rejected++;
                wasRejected = true;
                h = 0.1 * taken;
                continue;
            }
            double factor = Math.max(1 / MOST_GROWTH, Math.min(1 / LEAST_GROWTH, Math.pow(error, 0.25) / SAFETY));
            if (error > 1) {
                rejected++;
                wasRejected = true;
                h = taken / factor;
                continue;
            }
            if (lastError > 0) {
                double predicted = (lastStep / taken) * Math.pow(error * error / lastError, 0.25) / SAFETY;
                factor = Math.max(factor, Math.max(1 / MOST_GROWTH, Math.min(1 / LEAST_GROWTH, predicted)));
            }
            lastStep = taken;
            lastError = Math.max(1e-2, error);
            double next = taken / factor;
            if (wasRejected) {
                next = Math.min(next, taken);
            }
            wasRejected = false;
            h = last ? Math.max(h, Math.min(next, MOST_GROWTH * taken)) : next;
            step = h;
            time = last ? to : time + taken;
            for (int i = 0; i < n; i++) {
                y[i] = options.positive() && trial[i] < 0 ? 0 : trial[i];
            }
            if (!observer.accepted(time, taken, y)) {
                return Status.STOPPED;
            }
            if (last) {
                return Status.DONE;
            }
            hasJacobian = false;
        }
        return Status.TOO_MANY_STEPS;
    }

    /** One step from (time, y) into {@code trial}; returns the scaled error, or NaN. */
    private double attempt(double h, double[] y, Options options) {
        boolean steady = system.autonomous();
        for (int s = 0; s < STAGES; s++) {
            double[] ks = k[s];
            double[] from = slope;
            if (s > 0) {
                if (s < STAGES - 1) {
                    combine(y, A[s], trial);
                } else {
                    // The last two stages start from y + sum a5j kj + k5: stiff accuracy.
                    add(trial, k[s - 1]);
                }
                system.derivative(time + TIME[s] * h, trial, f);
                from = f;
            }
            double[] c = C[s];
            for (int i = 0; i < n; i++) {
                ks[i] = from[i];
            }
            for (int j = 0; j < s; j++) {
                double w = c[j] / h;
                double[] kj = k[j];
                for (int i = 0; i < n; i++) {
                    ks[i] += w * kj[i];
                }
            }
            if (!steady && TIME_SLOPE[s] != 0) {
                double w = h * TIME_SLOPE[s];
                for (int i = 0; i < n; i++) {
                    ks[i] += w * timeSlope[i];
                }
            }
            lu.solve(ks);
        }
        double[] error = k[STAGES - 1];
        add(trial, error);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double scale = options.atol() + options.rtol() * Math.max(Math.abs(y[i]), Math.abs(trial[i]));
            double e = error[i] / scale;
            sum += e * e;
        }
        return Math.sqrt(sum / n);
    }

    private void combine(double[] y, double[] a, double[] out) {
        System.arraycopy(y, 0, out, 0, n);
        for (int j = 0; j < a.length; j++) {
            double w = a[j];
            double[] kj = k[j];
            for (int i = 0; i < n; i++) {
                out[i] += w * kj[i];
            }
        }
    }

    private static void add(double[] to, double[] what) {
        for (int i = 0; i < to.length; i++) {
            to[i] += what[i];
        }
    }

    private double firstStep(double t, double[] y, Options options) {
        system.derivative(t, y, slope);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double e = slope[i] / (options.atol() + options.rtol() * Math.abs(y[i]));
            sum += e * e;
        }
        return 0.1 / Math.max(Math.sqrt(sum / n), 1e-300);
    }
}
