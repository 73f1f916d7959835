package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.nested.refine.Explored;
import org.unblend.nested.refine.RefineGoal;
import org.unblend.nested.refine.Refined;
import org.unblend.nested.refine.Refinement;

/** The last stage of a run: refinement by importance sampling, and what the result says of it. */
final class RefinedDraws {
    /** Error of the 5.5 % quantile of a normal density from one draw, in standard deviations. */
    private static final double OUTER_QUANTILE = 2.05;

    private static final String CHECK = "refinement";

    /** Standard error of ln Z below which nested sampling is exact but for rounding: a constant likelihood. */
    private static final double EXACT = 1e-9;

    private final Refined refined;

    private RefinedDraws(Refined refined) {
        this.refined = refined;
    }

    /**
     * Refines what nested sampling found.
     *
     * @param merged all its points
     * @param error standard error of its ln Z
     * @return empty if it found too little to begin with, or nothing can be refined
     */
    static Optional<RefinedDraws> of(
            Target target,
            Evaluator evaluator,
            RunContext context,
            MergedRuns merged,
            double error,
            Precision precision) {
        if (error < EXACT) {
            return Optional.empty();
        }
        double[] logL = merged.points().stream().mapToDouble(Point::logL).toArray();
        Explored found = new Explored(
                LiveRegion.positions(merged.points(), target.cubeDimension()),
                logL,
                merged.weights().logWeight(),
                merged.weights().logZ(),
                error);
        RefineGoal goal = RefineGoal.after(
                evaluator.evaluations(), target.cubeDimension(), precision.logZError(), precision.ess());
        return Refinement.of(target, evaluator, context, found, goal).map(RefinedDraws::new);
    }

    /** Whether evidence and draws are good enough for what is wanted; if not, nested sampling goes on. */
    boolean satisfies(Precision precision) {
        return refined.accepted()
                && refined.error() <= precision.logZError()
                && refined.ess() >= precision.ess()
                && OUTER_QUANTILE / Math.sqrt(refined.ess()) <= precision.quantileError();
    }

    double ess() {
        return refined.ess();
    }

    boolean accepted() {
        return refined.accepted();
    }

    /** Whether it met a peak that the exploration had not. */
    boolean peaked() {
        return refined.peaked();
    }

    /** What was done and why. */
    Finding finding() {
        String figures = text(
                "ln Z %.3f ± %.3f from %d draws of %s; k-hat %.2f; %.3g of held-out draws where it never came;"
                        + " a search for narrow peaks found %.2g of the evidence beside it",
                refined.logZ(),
                refined.error(),
                refined.counted(),
                refined.proposal(),
                refined.paretoShape(),
                refined.missed(),
                refined.hidden());
        if (refined.accepted()) {
            return Finding.ok(CHECK, "used: " + figures);
        }
        String why =
                "not used, nested sampling is reported: " + refined.refused().get() + " (" + figures + ")";
        if (peaked()) {
            return Finding.caution(
                    CHECK,
                    why,
                    "a narrow peak may hold more than all that was found: raise live, or narrow the priors around it");
        }
        return refined.apart()
                ? Finding.caution(
                        CHECK, why, "the two methods should agree: raise live and steps and compare the evidences")
                : Finding.ok(CHECK, why);
    }

    /** The result with the better evidence and draws, and with the other evidence beside it. */
    Result apply(Target target, Result result) {
        Evidence nested = result.evidence().orElseThrow();
        List<Finding> findings = new ArrayList<>(result.findings());
        findings.add(finding());
        List<Result.Info> info = new ArrayList<>(result.info());
        info.add(new Result.Info("evaluations of the refinement", Long.toString(refined.evaluations())));
        Result told = new Result(result.engine(), result.samples(), result.evidence(), findings, result.effort(), info);
        Evidence importance = new Evidence(
                refined.logZ(),
                refined.error(),
                nested.information(),
                "importance sampling, " + refined.counted() + " draws of a frozen proposal");
        if (!refined.accepted()) {
            return new Result(
                    result.engine(),
                    result.samples(),
                    Optional.of(nested.beside(importance)),
                    findings,
                    result.effort(),
                    info);
        }
        int[] kept = weighty();
        int p = target.dimension();
        double[] theta = new double[kept.length * p];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(refined.theta(), kept[i] * p, theta, i * p, p);
        }
        double[] logL = IntStream.of(kept).mapToDouble(i -> refined.logL()[i]).toArray();
        double[] weight =
                IntStream.of(kept).mapToDouble(i -> refined.logWeight()[i]).toArray();
        return told.refined(
                new Samples(target.names(), theta, logL, weight, Optional.empty()), importance.beside(nested));
    }

    /** The draws in the result, in the cube. */
    Exploration.Draws draws(int d) {
        double[] weight = IntStream.of(weighty())
                .mapToDouble(i -> Math.exp(refined.logWeight()[i]))
                .toArray();
        return new Exploration.Draws(positions(d), weight, d, refined.logZ());
    }

    /** Positions in the cube of the draws in the result. */
    double[] positions(int d) {
        int[] kept = weighty();
        double[] u = new double[kept.length * d];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(refined.u(), kept[i] * d, u, i * d, d);
        }
        return u;
    }

    /** Draws without weight say nothing. */
    private int[] weighty() {
        return IntStream.range(0, refined.logWeight().length)
                .filter(i -> refined.logWeight()[i] > Double.NEGATIVE_INFINITY)
                .toArray();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
