package org.unblend.nmf;

import java.util.List;
import org.unblend.math.Dense;

/**
 * Alternating half-steps with extrapolation (Ang and Gillis 2019, Neural Computation 31, 417): after a half-step the
 * factor is carried on by a fraction of its last change. The fraction grows while the objective falls. When the
 * objective rises, the last accepted factors are taken back and the next iteration is a plain one, so the objective of
 * accepted factors never increases.
 */
final class Extrapolation implements Run {
    private static final double FIRST = 0.5;
    private static final double GROWTH = 1.05;
    private static final double LIMIT_GROWTH = 1.01;
    private static final double SHRINKAGE = 1.5;

    private final FactorProblem problem;
    private final HalfStep stepH;
    private final HalfStep stepW;
    /** Accepted factors. */
    private double[][] w;

    private double[][] h;
    /** Where the last half-steps ended, before extrapolation. */
    private double[][] lastW;

    private double[][] lastH;
    /** Where the next half-steps start. */
    private double[][] aheadW;

    private double[][] aheadH;

    private double objective = Double.POSITIVE_INFINITY;
    private double kkt = Double.NaN;
    private double fraction = FIRST;
    private double limit = 1;
    private boolean plain = true;

    Extrapolation(FactorProblem problem, Factors start, HalfStep stepH, HalfStep stepW) {
        this.problem = problem;
        this.stepH = stepH;
        this.stepW = stepW;
        restart(start.wByComponent(), start.hByComponent());
    }

    @Override
    public void iterate(boolean look) {
        double[][] newH = Dense.copy(aheadH);
        HalfStep.Outcome movedH = stepH.improve(aheadW, newH, false, look);
        double[][] usedH = plain ? newH : ahead(newH, lastH, problem.h());
        double[][] newW = Dense.copy(aheadW);
        HalfStep.Outcome movedW = stepW.improve(usedH, newW, true, look);
        double now = movedW.loss() + Optimality.penalty(problem.w(), newW) + Optimality.penalty(problem.h(), usedH);
        if (look) {
            kkt = Math.max(movedH.kkt(), movedW.kkt());
        }
        if (!(now <= objective) && !plain) {
            limit = fraction;
            fraction /= SHRINKAGE;
            restart(w, h);
            return;
        }
        if (Double.isNaN(now)) {
            return;
        }
        // A plain iteration rises by rounding only, and goes on: objectives have lost the digits in which slopes still
        // tell
        // the way.
        objective = Math.min(now, objective);
        if (!plain) {
            limit = Math.min(1, LIMIT_GROWTH * limit);
            fraction = Math.min(limit, GROWTH * fraction);
        }
        aheadW = ahead(newW, lastW, problem.w());
        aheadH = usedH;
        lastW = newW;
        lastH = newH;
        w = newW;
        h = usedH;
        plain = false;
    }

    private void restart(double[][] fromW, double[][] fromH) {
        w = fromW;
        h = fromH;
        lastW = fromW;
        lastH = fromH;
        aheadW = fromW;
        aheadH = fromH;
        plain = true;
    }

    /**
     * {@code max(0, now + fraction (now - before))}; where a mean or an entry of zero can cost
     * infinitely much, at most halfway to it.
     */
    private double[][] ahead(double[][] now, double[][] before, List<Component> components) {
        double[][] out = new double[now.length][];
        for (int k = 0; k < now.length; k++) {
            if (components.get(k).fixed()) {
                out[k] = now[k];
                continue;
            }
            double floor =
                    problem.loss().beta() < 2 || components.get(k).penalty().barrier() > 0 ? 0.5 : 0;
            double[] a = now[k];
            double[] b = before[k];
            double[] c = new double[a.length];
            double f = fraction;
            for (int j = 0; j < c.length; j++) {
                c[j] = Math.max(floor * a[j], Math.fma(f, a[j] - b[j], a[j]));
            }
            out[k] = c;
        }
        return out;
    }

    @Override
    public double objective() {
        return objective;
    }

    @Override
    public double kkt() {
        return kkt;
    }

    @Override
    public double[][] w() {
        return w;
    }

    @Override
    public double[][] h() {
        return h;
    }
}
