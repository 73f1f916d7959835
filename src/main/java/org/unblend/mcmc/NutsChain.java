package org.unblend.mcmc;

import java.util.Arrays;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;

/**
 * The No-U-Turn sampler in its multinomial form (Hoffman and Gelman 2014, JMLR 15, 1593; Betancourt 2017,
 * arXiv:1701.02434, appendix A.3.2): the trajectory is doubled, forwards or backwards in time, until it turns back on
 * itself; within a doubling states are drawn by their weights exp(-energy), between doublings with a bias towards the new
 * half. The turn is judged by the summed momenta, also across the joint of the two halves.
 *
 * <p>Per draw: the d coordinates, log density, energy, mean acceptance, tree depth, 1 if the trajectory diverged, step
 * size, gradient evaluations.
 */
final class NutsChain implements Chain {
    static final int FIGURES = 7;
    private static final double DIVERGED = 1000;

    private final LogDensity target;
    private final int d;
    private final Metric metric;
    private final Warmup warmup;
    private final int length;
    private final int deepest;

    private Point here;

    // Of the transition under way.
    private double step;
    private double energy0;
    private double acceptance;
    private long leapfrogs;
    private boolean diverged;
    private RandomSource random;

    /** A phase-space point with what is known there. */
    private record Point(double[] z, double[] p, double[] gradient, double logDensity) {}

    /**
     * A stretch of trajectory.
     *
     * @param left first in time
     * @param right last in time
     * @param sum summed momenta
     * @param chosen drawn from its points by their weights
     * @param logWeight ln of the summed weights
     */
    private record Tree(Point left, Point right, double[] sum, Point chosen, double logWeight) {}

    /**
     * @param start where the chain begins; the density must be positive
     * @param length transitions of the warm-up
     * @param acceptance that the step size aims at
     * @param deepest doublings after which a trajectory ends
     * @throws IllegalArgumentException if there is no density at the start
     */
    NutsChain(LogDensity target, double[] start, int length, double acceptance, boolean dense, int deepest) {
        this.target = target;
        d = target.dimension();
        metric = new Metric(d, dense);
        warmup = new Warmup(d, dense, length, acceptance);
        this.length = length;
        this.deepest = deepest;
        here = at(start.clone(), new double[d]);
        if (!(here.logDensity > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException("no density at the start " + Arrays.toString(start));
        }
    }

    @Override
    public int width() {
        return d + FIGURES;
    }

    @Override
    public double[] state() {
        double[] learnt = warmup.state();
        double[] covariance = metric.covariance();
        double[] state = new double[d + learnt.length + covariance.length];
        System.arraycopy(here.z, 0, state, 0, d);
        System.arraycopy(learnt, 0, state, d, learnt.length);
        System.arraycopy(covariance, 0, state, d + learnt.length, covariance.length);
        return state;
    }

    @Override
    public void restore(double[] state) {
        here = at(Arrays.copyOf(state, d), new double[d]);
        warmup.restore(state, d);
        metric.set(Arrays.copyOfRange(state, state.length - metric.covariance().length, state.length));
    }

    @Override
    public void step(RandomSource source, int iteration, double[] out, int at) {
        random = source;
        if (iteration == 0) {
            warmup.restart(reasonableStep(1));
        }
        step = warmup.step(iteration);
        double energy = transition();
        System.arraycopy(here.z, 0, out, at, d);
        out[at + d] = here.logDensity;
        out[at + d + 1] = energy;
        out[at + d + 2] = acceptance / Math.max(1, leapfrogs);
        out[at + d + 3] = depth;
        out[at + d + 4] = diverged ? 1 : 0;
        out[at + d + 5] = step;
        out[at + d + 6] = leapfrogs;
        if (iteration < length && warmup.learn(iteration, here.z, out[at + d + 2], metric)) {
            warmup.restart(reasonableStep(step));
        }
    }

    private int depth;

    /** Moves {@link #here}; the energy at which it did. */
    private double transition() {
        double[] p = new double[d];
        metric.momentum(random, p);
        Point start = new Point(here.z, p, here.gradient, here.logDensity);
        energy0 = energy(start);
        acceptance = 0;
        leapfrogs = 0;
        diverged = false;
        Tree tree = new Tree(start, start, p, start, 0);
        for (depth = 0; depth < deepest; depth++) {
            boolean forward = random.nextOpen() < 0.5;
            Tree grown = build(forward ? tree.right : tree.left, forward ? 1 : -1, depth);
            if (grown == null) {
                break;
            }
            boolean take = Math.log(random.nextOpen()) < grown.logWeight - tree.logWeight;
            Point chosen = take ? grown.chosen : tree.chosen;
            here = chosen;
            Tree both = forward ? join(tree, grown, chosen) : join(grown, tree, chosen);
            if (both == null) {
                depth++;
                break;
            }
            tree = both;
        }
        return energy0;
    }

    /** A subtree of 2^depth steps from a point, in one direction of time; null if it diverges or turns back. */
    private Tree build(Point from, int direction, int depth) {
        if (depth == 0) {
            Point next = leapfrog(from, direction * step);
            leapfrogs++;
            double gain = energy0 - energy(next);
            if (!(gain > -DIVERGED)) {
                diverged = true;
                return null;
            }
            acceptance += Math.min(1, Math.exp(gain));
            return new Tree(next, next, next.p, next, gain);
        }
        Tree near = build(from, direction, depth - 1);
        if (near == null) {
            return null;
        }
        Tree far = build(direction > 0 ? near.right : near.left, direction, depth - 1);
        if (far == null) {
            return null;
        }
        double total = LogSum.add(near.logWeight, far.logWeight);
        Point chosen = Math.log(random.nextOpen()) < far.logWeight - total ? far.chosen : near.chosen;
        return direction > 0 ? join(near, far, chosen) : join(far, near, chosen);
    }

    /** Two adjacent stretches as one; null if it turns back. */
    private Tree join(Tree earlier, Tree later, Point chosen) {
        double[] sum = add(earlier.sum, later.sum);
        boolean straight = straight(earlier.left, later.right, sum)
                && straight(earlier.left, later.left, add(earlier.sum, later.left.p))
                && straight(earlier.right, later.right, add(later.sum, earlier.right.p));
        return straight
                ? new Tree(earlier.left, later.right, sum, chosen, LogSum.add(earlier.logWeight, later.logWeight))
                : null;
    }

    private boolean straight(Point left, Point right, double[] sum) {
        double[] v = new double[d];
        metric.velocity(sum, v);
        return dot(left.p, v) > 0 && dot(right.p, v) > 0;
    }

    private Point leapfrog(Point from, double eps) {
        double[] p = new double[d];
        double[] v = new double[d];
        double[] z = new double[d];
        for (int i = 0; i < d; i++) {
            p[i] = from.p[i] + 0.5 * eps * from.gradient[i];
        }
        metric.velocity(p, v);
        for (int i = 0; i < d; i++) {
            z[i] = from.z[i] + eps * v[i];
        }
        Point to = at(z, p);
        for (int i = 0; i < d; i++) {
            p[i] += 0.5 * eps * to.gradient[i];
        }
        return to;
    }

    private Point at(double[] z, double[] p) {
        double[] gradient = new double[d];
        double log = target.evaluate(z, gradient);
        return new Point(z, p, gradient, Double.isNaN(log) ? Double.NEGATIVE_INFINITY : log);
    }

    private double energy(Point point) {
        double[] v = new double[d];
        metric.velocity(point.p, v);
        return 0.5 * dot(point.p, v) - point.logDensity;
    }

    /** A step size at which one leapfrog step is accepted with a probability near 0.8, within a factor of two. */
    private double reasonableStep(double eps) {
        double[] p = new double[d];
        metric.momentum(random, p);
        Point start = new Point(here.z, p, here.gradient, here.logDensity);
        double before = energy(start);
        boolean grow = before - energy(leapfrog(start, eps)) > Math.log(0.8);
        for (int i = 0; i < 60; i++) {
            double next = grow ? 2 * eps : 0.5 * eps;
            boolean good = before - energy(leapfrog(start, next)) > Math.log(0.8);
            if (good != grow) {
                return grow ? eps : next;
            }
            eps = next;
        }
        return eps;
    }

    private static double[] add(double[] a, double[] b) {
        double[] sum = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            sum[i] = a[i] + b[i];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
