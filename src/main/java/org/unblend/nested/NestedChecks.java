package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.unblend.diagnose.InsertionRanks;
import org.unblend.diagnose.Modes;
import org.unblend.diagnose.PhaseTransition;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.math.RandomStream;

/** What a nested-sampling run says about its own quality. */
record NestedChecks(NestedSettings settings, Precision precision, RandomStream random) {
    /** One healthy run in a thousand is suspected. */
    private static final double SUSPECT = 1e-3;

    /** A healthy run never gets here. */
    private static final double BROKEN = 1e-9;

    /** Posterior weight next to failed rows that is too much. */
    private static final double LOST = 1e-3;

    /** A run that ends with more of ln Z than this in its live points has not found the bulk of the posterior. */
    private static final double UNFINISHED = 0.5;

    /** Mean squared jump, 1 for independent points, of chains that hardly leave their starting points. */
    private static final double STUCK = 0.1;

    private static final int MOST_MODES = 12;

    List<Finding> findings(Exploration found) {
        List<RunRecord> runs = found.runs();
        MergedRuns merged = found.merged();
        double ess = found.ess();
        List<Finding> all = new ArrayList<>();
        all.add(goal(runs));
        all.add(sampleSize(ess));
        all.add(ranks(runs));
        List<RunRecord> whole = runs.stream().filter(RunRecord::fromPrior).toList();
        if (whole.size() > 1) {
            all.add(agreement(whole));
        }
        Optional<RefinedDraws> refusal = found.refined().filter(r -> !r.accepted());
        boolean leftBehind = found.refined().filter(RefinedDraws::accepted).isPresent();
        all.add(slices(runs, leftBehind, refusal.isPresent()));
        found.trial().ifPresent(t -> all.add(steps(t, leftBehind)));
        all.add(plateaus(merged));
        all.add(modes(found));
        all.add(phases(merged, leftBehind));
        all.add(failures(whole));
        return all;
    }

    private Finding goal(List<RunRecord> runs) {
        RunRecord first = runs.get(0);
        String check = "stopping rule";
        if (first.stopped().isPresent()) {
            String message = text(
                    "stopped early (%s) with %.3g of ln Z estimated to be left in the live points, %.3g wanted",
                    first.stopped().get(), first.remainingEvidence(), precision.dlogz());
            return first.remainingEvidence() > UNFINISHED
                    ? Finding.fatal(
                            check, message, "raise the limit and resume; if proposals found nothing, raise live")
                    : Finding.caution(check, message, "raise the limit and resume");
        }
        return Finding.ok(
                check,
                first.plateau()
                        ? "ended on a plateau: all live points are equally likely"
                        : text("%.3g of ln Z left in the live points", first.remainingEvidence()));
    }

    private Finding sampleSize(double ess) {
        String check = "effective sample size";
        String message = text("%.0f effective draws, %.0f wanted", ess, precision.ess());
        return ess >= precision.ess()
                ? Finding.ok(check, message)
                : Finding.caution(check, message, "raise the limit, live or max_runs");
    }

    private Finding ranks(List<RunRecord> runs) {
        String check = "insertion ranks";
        int[] ranks = runs.stream().flatMapToInt(r -> Arrays.stream(r.ranks())).toArray();
        int[] others =
                runs.stream().flatMapToInt(r -> Arrays.stream(r.others())).toArray();
        int window = Math.max(1, runs.get(0).remaining());
        InsertionRanks test =
                InsertionRanks.test(ranks, others, window, random.split("ranks").generator());
        String message = text(
                "z = %.2f, KS p = %.3g, worst window |z| = %.2f, corrected p = %.3g",
                test.z(), test.ks(), test.worstWindow(), test.p());
        String remedy = "raise live or bootstraps and compare the evidence";
        if (test.p() < BROKEN) {
            return Finding.fatal(check, message, remedy);
        }
        return test.p() < SUSPECT ? Finding.caution(check, message, remedy) : Finding.ok(check, message);
    }

    private Finding agreement(List<RunRecord> runs) {
        double[] logZ = new double[runs.size()];
        double[] error = new double[runs.size()];
        for (int r = 0; r < logZ.length; r++) {
            MergedRuns alone = MergedRuns.of(List.of(runs.get(r)));
            logZ[r] = alone.weights().logZ();
            error[r] = EvidenceError.bootstrap(
                    alone, settings.replicates(), random.split("run").split(r).generator());
        }
        return agreement(logZ, error);
    }

    /** chi^2 of the runs' own ln Z about their weighted mean. */
    static Finding agreement(double[] logZ, double[] error) {
        String check = "agreement of runs";
        double[] variance =
                Arrays.stream(error).map(e -> Math.max(e * e, 1e-12)).toArray();
        double weight = 0;
        double mean = 0;
        for (int r = 0; r < logZ.length; r++) {
            weight += 1 / variance[r];
            mean += logZ[r] / variance[r];
        }
        mean /= weight;
        double chi2 = 0;
        for (int r = 0; r < logZ.length; r++) {
            chi2 += (logZ[r] - mean) * (logZ[r] - mean) / variance[r];
        }
        double p = 1 - new ChiSquaredDistribution(logZ.length - 1).cumulativeProbability(chi2);
        String message = text("ln Z of %d runs: chi^2 = %.2f, p = %.3g", logZ.length, chi2, p);
        return p < SUSPECT
                ? Finding.caution(check, message, "modes may have been missed: raise live")
                : Finding.ok(check, message);
    }

    /**
     * @param leftBehind true if evidence and draws are those of the refinement, which does not rest on slices
     * @param refused true if the refinement could not be trusted: then nothing confirms the slices
     */
    private Finding slices(List<RunRecord> runs, boolean leftBehind, boolean refused) {
        String check = "slice sampling";
        int points = runs.stream().mapToInt(r -> r.points().size()).sum();
        double[] jumps =
                runs.stream().flatMapToDouble(r -> Arrays.stream(r.jumps())).toArray();
        if (jumps.length == 0) {
            return Finding.ok(check, "not needed: all points are direct draws");
        }
        double jump =
                Arrays.stream(jumps).filter(j -> !Double.isNaN(j)).average().orElse(1);
        String message = text(
                "%d of %d points are ends of chains; mean squared distance from begin to end %.2f (1: independent)",
                jumps.length, points, jump);
        if (refused && jumps.length > points / 2) {
            return Finding.caution(
                    check,
                    message + "; no refinement confirms them",
                    "raise live and steps and compare the evidences, or choose parameters without bent ridges");
        }
        return jump < STUCK && !leftBehind
                ? Finding.caution(check, message, "raise steps and compare the evidence")
                : Finding.ok(check, message);
    }

    private Finding steps(StepTrial t, boolean leftBehind) {
        String check = "number of slices";
        String message = text(
                "twice as many over %.1f e-folds of volume changed ln X by %.2f ± %.2f; by that all of them would change"
                        + " ln Z by %.2f ± %.2f",
                t.folds(), t.change(), t.noise(), t.bias(), t.biasNoise());
        if (t.seen() == 0) {
            return Finding.ok(check, message + ": not significant");
        }
        return leftBehind
                ? Finding.ok(check, message + ": this is part of the error of nested sampling, which is not reported")
                : Finding.caution(
                        check, message + ": this is part of the error", "double steps until the change is gone");
    }

    private Finding plateaus(MergedRuns merged) {
        String check = "plateaus";
        List<Point> points = merged.points();
        double tied = 0;
        double zero = 0;
        double before = 0;
        for (int i = 0; i < points.size(); i++) {
            double after = merged.weights().logVolume()[i];
            double mass = Math.exp(before) - Math.exp(after);
            before = after;
            double l = points.get(i).logL();
            boolean same = i > 0 && points.get(i - 1).logL() == l
                    || i + 1 < points.size() && points.get(i + 1).logL() == l;
            tied += same ? mass : 0;
            zero += l == Double.NEGATIVE_INFINITY ? mass : 0;
        }
        return Finding.ok(
                check, text("%.3g of the prior mass has equal likelihoods, %.3g of it likelihood zero", tied, zero));
    }

    /** Modes with their weights and evidences; volumes are counted for all of them together. */
    private Finding modes(Exploration found) {
        Exploration.Draws draws = found.draws();
        List<Modes.Mode> modes = Modes.of(
                draws.u(), draws.weight(), draws.d(), random.split("modes").generator());
        String table = modes.stream()
                .limit(MOST_MODES)
                .map(m -> text("%.3f ± %.3f (ln Z %.2f)", m.weight(), m.error(), draws.logZ() + Math.log(m.weight())))
                .collect(Collectors.joining(", "));
        return Finding.ok(
                "modes",
                modes.size() == 1
                        ? "one: no gap parts the draws"
                        : modes.size() + " apart, weights " + table + (modes.size() > MOST_MODES ? ", ..." : ""));
    }

    /** @param leftBehind true if the refinement weighed both phases by draws that need not cross from one to the other */
    private static Finding phases(MergedRuns merged, boolean leftBehind) {
        String check = "phase transition";
        double[] logL = merged.points().stream().mapToDouble(Point::logL).toArray();
        Optional<PhaseTransition> found = PhaseTransition.of(
                logL, merged.weights().logVolume(), merged.weights().logWeight(), logL.length - merged.remaining());
        if (found.isEmpty()) {
            return Finding.ok(check, "none: no narrow peak parted from a broad one on the way");
        }
        PhaseTransition t = found.get();
        String message = text(
                "a narrow peak with %.3g of the posterior parts from a broad one between ln X %.1f and %.1f, with a valley of %.1f nats",
                t.narrow(), t.from(), t.to(), t.depth());
        return leftBehind
                ? Finding.ok(check, message + "; the refinement weighed both")
                : Finding.caution(
                        check,
                        message,
                        "its volume rests on few points, and others like it may have been missed: raise live and compare the"
                                + " evidences of several seeds");
    }

    private Finding failures(List<RunRecord> runs) {
        String check = "failed model rows";
        double lost = 0;
        for (RunRecord run : runs) {
            double[] w = run.weights().logWeight();
            for (int i = 0; i < w.length; i++) {
                lost += Math.exp(w[i]) * run.lostShare()[run.batchOf()[i]] / runs.size();
            }
        }
        String message = text(
                "among proposals made where the posterior lies, up to %.3g of its weight was at rows that failed",
                lost);
        return lost > LOST
                ? Finding.caution(check, message, "narrow the priors to the domain of the forward model")
                : Finding.ok(check, message);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
