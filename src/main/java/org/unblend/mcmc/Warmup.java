package org.unblend.mcmc;

/**
 * What a Hamiltonian chain learns while it warms up: the step size by dual averaging (Nesterov 2009; Hoffman and Gelman
 * 2014, JMLR 15, 1593, section 3.2) and the covariance in windows that double in length, between a first stretch for the
 * way into the typical set and a last one for the step size alone (Stan Reference Manual, "HMC algorithm parameters").
 * Everything it knows is in {@link #state}.
 */
final class Warmup {
    private static final double GAMMA = 0.05;
    private static final double T0 = 10;
    private static final double KAPPA = 0.75;

    private final int d;
    private final boolean dense;
    private final int length;
    private final double target;
    private final int first;
    private final int last;

    // Dual averaging: steps since the restart, the point it shrinks to, mean of the errors, log steps.
    private double count;
    private double anchor;
    private double error;
    private double logStep;
    private double logStepMean;

    // The window: draws so far, their mean, sums of squares or products about it.
    private double draws;
    private double[] mean;
    private double[] sums;

    /**
     * @param length transitions of the warm-up
     * @param target mean acceptance statistic that the step size aims at
     */
    Warmup(int d, boolean dense, int length, double target) {
        this.d = d;
        this.dense = dense;
        this.length = length;
        this.target = target;
        first = Math.min(75, (int) (0.15 * length));
        last = Math.min(50, (int) (0.1 * length));
        mean = new double[d];
        sums = new double[Metric.size(d, dense)];
        restart(1);
    }

    /** Begins the search for the step size anew, near this one. */
    void restart(double step) {
        count = 0;
        anchor = Math.log(10 * step);
        error = 0;
        logStep = Math.log(step);
        logStepMean = 0;
    }

    /** The step size to use for a transition. */
    double step(int iteration) {
        return Math.exp(iteration < length || count == 0 ? logStep : logStepMean);
    }

    /**
     * Learns from a transition of the warm-up.
     *
     * @param z where it ended
     * @param acceptance mean acceptance statistic along its way
     * @param metric gets a new covariance at the end of a window
     * @return true if the metric changed, so that the step size must be searched anew
     */
    boolean learn(int iteration, double[] z, double acceptance, Metric metric) {
        count++;
        double rate = 1 / (count + T0);
        error = (1 - rate) * error + rate * (target - acceptance);
        logStep = anchor - Math.sqrt(count) / GAMMA * error;
        double weight = Math.pow(count, -KAPPA);
        logStepMean = weight * logStep + (1 - weight) * logStepMean;
        if (iteration < first || iteration >= length - last) {
            return false;
        }
        gather(z);
        boolean ends = windowEnds(iteration);
        if (ends) {
            estimate(metric);
        }
        return ends;
    }

    /** Windows of 25, 50, 100, ... transitions; one that would leave less than its double joins the next. */
    private boolean windowEnds(int iteration) {
        int end = first;
        for (int size = 25; end < length - last; size *= 2) {
            end += size;
            if (end + 2 * size > length - last) {
                end = length - last;
            }
            if (iteration + 1 == end) {
                return true;
            }
        }
        return false;
    }

    private void gather(double[] z) {
        draws++;
        double[] delta = new double[d];
        for (int i = 0; i < d; i++) {
            delta[i] = z[i] - mean[i];
            mean[i] += delta[i] / draws;
        }
        if (!dense) {
            for (int i = 0; i < d; i++) {
                sums[i] += delta[i] * (z[i] - mean[i]);
            }
            return;
        }
        for (int i = 0; i < d; i++) {
            double after = z[i] - mean[i];
            for (int j = 0; j < d; j++) {
                sums[i * d + j] += after * delta[j];
            }
        }
    }

    /** The covariance of the window, shrunk towards a small multiple of the identity as Stan does. */
    private void estimate(Metric metric) {
        double[] covariance = new double[sums.length];
        double keep = draws / (draws + 5) / (draws - 1);
        for (int i = 0; i < sums.length; i++) {
            covariance[i] = keep * sums[i];
        }
        for (int i = 0; i < d; i++) {
            covariance[dense ? i * d + i : i] += 1e-3 * 5 / (draws + 5);
        }
        if (dense) {
            // Rounding must not make it unsymmetric.
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < i; j++) {
                    covariance[j * d + i] = covariance[i * d + j];
                }
            }
        }
        draws = 0;
        mean = new double[d];
        sums = new double[sums.length];
        metric.set(covariance);
    }

    double[] state() {
        double[] state = new double[6 + d + sums.length];
        double[] head = {count, anchor, error, logStep, logStepMean, draws};
        System.arraycopy(head, 0, state, 0, 6);
        System.arraycopy(mean, 0, state, 6, d);
        System.arraycopy(sums, 0, state, 6 + d, sums.length);
        return state;
    }

    void restore(double[] state, int at) {
        count = state[at];
        anchor = state[at + 1];
        error = state[at + 2];
        logStep = state[at + 3];
        logStepMean = state[at + 4];
        draws = state[at + 5];
        System.arraycopy(state, at + 6, mean, 0, d);
        System.arraycopy(state, at + 6 + d, sums, 0, sums.length);
    }
}
