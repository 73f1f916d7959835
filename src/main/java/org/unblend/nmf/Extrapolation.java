package org.unblend.nmf;

import java.util.List;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

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
    private final Parallel parallel;
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

    Extrapolation(FactorProblem problem, Factors start, HalfStep stepH, HalfStep stepW, Parallel parallel) {
        this.parallel = parallel;
        this.problem = problem;
        this.stepH = stepH;
        this.stepW = stepW;
        restart(start.wByComponent(), start.hByComponent());
    }

    @Override
    public void iterate(boolean look) {
        double[][] newH = Rows.copy(aheadH, parallel);
        HalfStep.Outcome movedH = stepH.improve(aheadW, newH, false, look);
        double[][] usedH = plain ? newH : ahead(newH, lastH, problem.h());
        double[][] newW = Rows.copy(aheadW, parallel);
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
        double f = fraction;
        parallel.forRanges(now.length, Rows.grain(now[0].length), (from, to) -> {
            for (int k = from; k < to; k++) {
                boolean inside =
                        problem.loss().beta() < 2 || components.get(k).penalty().excludesZero();
                out[k] = components.get(k).fixed() ? now[k] : ahead(now[k], before[k], f, inside ? 0.5 : 0);
            }
        });
        return out;
    }

    private static double[] ahead(double[] now, double[] before, double fraction, double floor) {
        double[] out = new double[now.length];
        for (int j = 0; j < out.length; j++) {
            out[j] = Math.max(floor * now[j], Math.fma(fraction, now[j] - before[j], now[j]));
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
