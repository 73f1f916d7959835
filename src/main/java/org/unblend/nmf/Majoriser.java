package org.unblend.nmf;

/**
 * The step of one entry that minimises the concave-convex majoriser of the Poisson or Gamma loss together with the
 * penalty, from {@code x > 0} (Fevotte and Idier 2011, Neural Computation 23, 2421, section 4). No entry can raise the
 * objective by it, whatever the others do at the same time.
 */
final class Majoriser {
    private Majoriser() {}

    /**
     * @param beta 1 or 0
     * @param numerator {@code sum V x mu^(beta-2) a}
     * @param denominator {@code sum V mu^(beta-1) a}
     */
    static double step(double beta, Penalty penalty, double x, double numerator, double denominator) {
        if (penalty.bend() > 0) {
            return beta == 1
                    ? LogPenalty.logarithm(x * numerator + penalty.barrier(), denominator + penalty.l1(), penalty)
                    : LogPenalty.reciprocal(x * x * numerator, denominator + penalty.l1(), penalty);
        }
        if (beta == 1) {
            return poisson(penalty, x * numerator + penalty.barrier(), denominator + penalty.l1(), x);
        }
        return gamma(penalty, x * x * numerator, denominator + penalty.l1(), x);
    }

    /** Minimises {@code down y - up ln y + l2/2 y^2}. */
    private static double poisson(Penalty penalty, double up, double down, double x) {
        if (penalty.l2() == 0) {
            return down > 0 ? up / down : x;
        }
        double root = Math.sqrt(down * down + 4 * penalty.l2() * up);
        return root + down > 0 ? 2 * up / (down + root) : 0;
    }

    /** Minimises {@code up/y + down y + l2/2 y^2 - barrier ln y}. */
    private static double gamma(Penalty penalty, double up, double down, double x) {
        double barrier = penalty.barrier();
        if (penalty.l2() == 0) {
            if (down == 0) {
                return x;
            }
            double root = Math.sqrt(barrier * barrier + 4 * down * up);
            return (barrier + root) / (2 * down);
        }
        if (up == 0 && barrier == 0) {
            return 0;
        }
        // The derivative times y^2 is a cubic with one positive root; Newton's method from above it falls to it.
        double y = Math.max(x, Math.cbrt(up / penalty.l2()) + Math.sqrt(barrier / penalty.l2()));
        for (int i = 0; i < 100; i++) {
            double f = ((penalty.l2() * y + down) * y - barrier) * y - up;
            double slope = (3 * penalty.l2() * y + 2 * down) * y - barrier;
            double next = y - f / slope;
            if (!(next < y) || !(next > 0)) {
                break;
            }
            y = next;
        }
        return y;
    }
}
