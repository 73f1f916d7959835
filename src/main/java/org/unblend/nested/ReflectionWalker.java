package org.unblend.nested;

import org.unblend.math.RandomSource;

/**
 * One chain whose stationary law is the prior restricted to where the likelihood is above a threshold: Galilean Monte Carlo
 * (Skilling 2012, AIP Conf. Proc. 1443, 145; Feroz and Skilling 2013, AIP Conf. Proc. 1553, 106) with the {@link Flight}
 * of the prior in place of straight lines.
 *
 * <p>A step from (y, w) flies for a time h. If it ends above the threshold, that is the next state. If not, the velocity is
 * reflected there, and it flies on for as long: if that ends above, it is the next state, else (y, -w) is. Each of the
 * three keeps volume and energy and is its own inverse once w is reversed, whatever the normal, as long as it depends on
 * the place alone where the reflection happens. So nothing is lost by steps longer than the way to the border: where it is a sphere
 * about the middle, a reflection even from far out ends as high above the threshold as the step began.
 *
 * <p>For that reason reflections hardly change the likelihood, and short steps without reflection stand between them, which
 * are refused if they end below.
 */
final class ReflectionWalker {
    /** Short steps after each way with reflections. */
    private static final int SHORT = 3;

    /** Most steps of a way. */
    private static final int MOST = 64;

    private final Flight flight;
    private final double step;
    private final double shortStep;
    private final RandomSource random;
    private double[] y;
    private double[] w;
    private double logL;

    /** Ways that are still to be gone, with and without reflections, and steps left of the present one. */
    private int ways;

    private int steps;
    private boolean reflecting;

    /** Where the step is that waits for its likelihood, and whether it has been reflected. */
    private double[] there;

    private double[] velocity;
    private boolean reflected;

    private int failures;
    private int refused;

    /**
     * @param y starting point
     * @param logL its log likelihood
     * @param rounds ways with reflections
     * @param step time h of a step with reflections
     * @param shortStep time of a step without
     */
    ReflectionWalker(
            Flight flight, double[] y, double logL, int rounds, double step, double shortStep, RandomSource random) {
        this.flight = flight;
        this.y = y;
        this.logL = logL;
        this.ways = rounds * (1 + SHORT);
        this.step = step;
        this.shortStep = shortStep;
        this.random = random;
    }

    /**
     * Proposes the next point to be judged.
     *
     * @param u the point is written to {@code u[offset...]}
     * @return false if the chain has ended
     */
    boolean propose(double[] u, int offset) {
        if (!reflected) {
            if (steps == 0 && ways == 0) {
                return false;
            }
            if (steps == 0) {
                newWay();
            }
            there = y.clone();
            velocity = w.clone();
        }
        flight.fly(there, velocity, reflecting ? step : shortStep);
        flight.leave(there, u, offset);
        return true;
    }

    /**
     * Takes the step proposed last if it is above the threshold.
     *
     * @return true if it is to be reflected where it is: {@link #reflect} must be next
     */
    boolean judge(double logLikelihood, boolean above) {
        if (above) {
            y = there;
            w = velocity;
            logL = logLikelihood;
            endStep();
        } else if (!reflecting) {
            refused++;
            endStep();
        } else if (reflected) {
            turnRound();
        } else {
            return true;
        }
        return false;
    }

    /** Reflects the step proposed last, where it is, {@code u[offset...]}, by these derivatives. */
    void reflect(double[] u, double[] slope, int offset) {
        if (flight.reflect(u, slope, offset, velocity)) {
            reflected = true;
        } else {
            turnRound();
        }
    }

    double[] position() {
        return y;
    }

    double logL() {
        return logL;
    }

    /** Steps at which the velocity had to be reversed, per way with reflections, up to now. */
    int failures() {
        return failures;
    }

    /** Short steps that were refused. */
    int refused() {
        return refused;
    }

    private void turnRound() {
        failures++;
        for (int k = 0; k < w.length; k++) {
            w[k] = -w[k];
        }
        endStep();
    }

    private void endStep() {
        reflected = false;
        steps--;
    }

    private void newWay() {
        ways--;
        reflecting = ways % (1 + SHORT) == SHORT;
        w = new double[y.length];
        for (int k = 0; k < w.length; k++) {
            w[k] = random.nextGaussian();
        }
        // A quarter of a turn about the middle, more or less; a step that is reflected flies twice.
        double time = (0.5 + random.nextOpen()) * Math.PI / 4;
        steps = reflecting ? (int) Math.max(1, Math.min(MOST, Math.round(time / step))) : 1;
    }

    /** Short steps that a chain of so many rounds makes. */
    static int shortSteps(int rounds) {
        return rounds * SHORT;
    }
}
