package org.unblend.nested;

import java.util.List;
import java.util.Locale;
import org.unblend.density.Target;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evaluator;
import org.unblend.infer.Precision;
import org.unblend.infer.Progress;

/**
 * How far a run is.
 *
 * @param live its live points
 * @param dlogz where it stops
 * @param done runs before it
 * @param expected runs in all, by what those before gave
 */
record RunStatus(int live, double dlogz, int done, int expected) {

    static RunStatus of(Target target, NestedSettings settings, Precision precision, int done, List<RunRecord> before) {
        int expected = 1;
        if (done > 0) {
            double perRun =
                    Weighted.effectiveSampleSize(MergedRuns.of(before).weights().posterior()) / done;
            expected = (int) Math.min(settings.maxRuns(), Math.max(done + 1, Math.ceil(precision.ess() / perRun)));
        }
        return new RunStatus(settings.live(target.cubeDimension()), precision.dlogz(), done, expected);
    }

    /** The e-folds still to go are those after which the best live point would no longer matter. */
    Progress.Status of(NestedRun run, Evaluator evaluator) {
        double toGo = run.logVolume() + run.highest() - run.logZ() - Math.log(Math.expm1(dlogz));
        double gone = -run.logVolume();
        double part = gone > 0 && toGo > 0 ? gone / (gone + toGo) : gone > 0 ? 1 : 0;
        double remaining = run.remainingEvidence();
        double error = Math.sqrt(Math.max(gone, 1) / live);
        String headline = Double.isFinite(run.logZ() + remaining)
                ? String.format(Locale.ROOT, "logZ %.2f ± %.2f", run.logZ() + remaining, error)
                : "logZ unknown";
        String detail = Double.isFinite(remaining)
                ? String.format(
                        Locale.ROOT,
                        "remaining %.3g > %.3g | %s%s",
                        remaining,
                        dlogz,
                        run.explorer(),
                        expected > 1 ? ", run " + (done + 1) + " of " + expected : "")
                : "drawing from the prior";
        String health = evaluator.failed() == 0 ? "ok" : evaluator.failed() + " model rows failed";
        return new Progress.Status(
                NestedSampler.NAME, (done + part) / expected, headline, detail, evaluator.evaluations(), health);
    }
}
