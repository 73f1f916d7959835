package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.PredictiveScore;
import org.unblend.infer.Evidence;
import org.unblend.infer.Knob;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.infer.Task;

/**
 * Evidences of factorisations of several ranks, and of the same ranks under other priors. Evidences are of the whole
 * posterior, over unordered labels: all r! orders of the components are part of the prior that particles start from, and are
 * counted where they start from a density fitted to one of them.
 *
 * @param from smallest rank, at least 1
 * @param to largest rank
 * @param particles of each tempered run, at least 8
 * @param runs independent runs of each evidence, at least 2
 * @param fromFit true to temper from a density fitted to the posterior, where that applies, rather than from the prior
 */
public record EvidenceScan(int from, int to, int particles, int runs, boolean fromFit) {
    /** Draws times entries that predictions are scored by. */
    private static final int MOST_NUMBERS = 20_000_000;

    private static final double WARMUP = 1000;
    private static final double DRAWS = 500;
    private static final int PIECE = 16;
    /** Sweeps per rung: Gibbs draws of Normal factors forget at once, Metropolis steps of others do not. */
    private static final int SWEEPS_OF_NORMAL = 1;

    private static final int SWEEPS_OF_OTHERS = 5;

    /** By tempering from the prior. */
    public EvidenceScan(int from, int to, int particles, int runs) {
        this(from, to, particles, runs, false);
    }

    /**
     * A family of models, one per rank.
     *
     * @param name what is said of it in tables
     * @param model the model of a rank
     */
    public record Variant(String name, IntFunction<CompiledModel> model) {}

    /**
     * What was found of one rank under one prior.
     *
     * @param result posterior, evidence and checks; empty for priors that are tried for comparison alone
     * @param criteria what the posterior says beside the evidence; empty where there is none
     */
    public record Scored(
            String variant, int rank, Evidence evidence, Optional<Result> result, Optional<Criteria> criteria) {}

    /**
     * Criteria of a posterior.
     *
     * @param predictive leave-one-out and WAIC, from at most {@value #MOST_NUMBERS} numbers
     * @param wbic the estimate of ln Z by WBIC
     */
    public record Criteria(PredictiveScore predictive, double wbic) {}

    /**
     * All ranks under the first prior, with posteriors, then under the others. What was done before is taken from the
     * journal.
     */
    public List<Scored> run(Variant main, List<Variant> others, RunContext context) {
        List<Scored> found = new ArrayList<>();
        int ranks = to - from + 1;
        int all = ranks * (1 + others.size());
        for (int rank = from; rank <= to; rank++) {
            CompiledModel model = main.model.apply(rank);
            RunContext own = step(context, main.name, rank, rank - from, all);
            Result result = posterior(model, own);
            found.add(new Scored(
                    main.name,
                    rank,
                    result.evidence().orElseThrow(),
                    Optional.of(result),
                    Optional.of(criteria(model, result.samples(), own))));
        }
        for (Variant other : others) {
            for (int rank = from; rank <= to; rank++) {
                RunContext own = step(context, other.name, rank, found.size(), all);
                found.add(new Scored(
                        other.name, rank, evidence(other.model.apply(rank), own), Optional.empty(), Optional.empty()));
            }
        }
        return found;
    }

    private Result posterior(CompiledModel model, RunContext context) {
        FactorEngine engine = new FactorEngine();
        Map<String, Double> knobs = new HashMap<>();
        for (Knob knob : engine.knobs()) {
            knobs.put(knob.name(), knob.standard());
        }
        knobs.put("particles", (double) particles);
        knobs.put("runs", (double) runs);
        knobs.put("sweeps", (double) sweeps(FactorForm.of(model)));
        knobs.put("warmup", WARMUP);
        knobs.put("draws", DRAWS);
        if (isFitted(FactorForm.of(model))) {
            Result chains = engine.run(new Problem(model, Set.of(Task.POSTERIOR), Precision.STANDARD, knobs), context);
            FittedEvidence.Found found =
                    new FittedEvidence(particles, runs).of(FactorForm.of(model), split(context, "fitted"));
            double mean =
                    Arrays.stream(chains.samples().logLikelihood()).average().orElseThrow();
            return withEvidence(chains.with(found.finding()), fitted(found, mean));
        }
        return engine.run(
                new Problem(model, Set.of(Task.POSTERIOR, Task.EVIDENCE), Precision.STANDARD, knobs), context);
    }

    private static Criteria criteria(CompiledModel model, Samples samples, RunContext context) {
        int entries = model.observedEntries();
        int d = model.dimension();
        int draws = Math.min(samples.size(), Math.max(100, MOST_NUMBERS / entries));
        double[] log = new double[draws * entries];
        context.parallel().forRanges(draws, PIECE, (from, to) -> {
            double[] theta = new double[(to - from) * d];
            for (int s = from; s < to; s++) {
                int draw = (int) ((long) s * samples.size() / draws);
                System.arraycopy(samples.theta(), draw * d, theta, (s - from) * d, d);
            }
            double[] part = new double[(to - from) * entries];
            model.pointwise(theta, part, to - from);
            System.arraycopy(part, 0, log, from * entries, part.length);
        });
        FactorMoves moves = FactorMoves.of(FactorForm.of(model));
        return new Criteria(PredictiveScore.of(log, entries), Wbic.of(moves, samples.theta(), entries, context));
    }

    private boolean isFitted(FactorForm form) {
        return fromFit && FittedEvidence.refusal(form).isEmpty();
    }

    private static RunContext split(RunContext context, String name) {
        return context.part(context.random().split(name), done -> done, name);
    }

    /** @param mean of the log likelihood under the posterior; NaN if there is none */
    private Evidence fitted(FittedEvidence.Found found, double mean) {
        Estimate e = found.estimate();
        return new Evidence(
                e.logZ(),
                e.error(),
                mean - e.logZ(),
                FittedEvidence.METHOD + ", " + runs + " runs of " + particles + " particles");
    }

    private static Result withEvidence(Result r, Evidence evidence) {
        return new Result(
                r.engine(),
                r.samples(),
                Optional.of(evidence),
                r.findings(),
                r.effort(),
                r.info(),
                r.explored(),
                r.trace());
    }

    /** The evidence alone, forward. */
    private Evidence evidence(CompiledModel model, RunContext context) {
        if (isFitted(FactorForm.of(model))) {
            return fitted(new FittedEvidence(particles, runs).of(FactorForm.of(model), context), Double.NaN);
        }
        FactorMoves moves = FactorMoves.of(FactorForm.of(model));
        TemperedEvidence road = new TemperedEvidence(particles, sweeps(moves.form()), runs);
        Estimate estimate = road.forward(moves, road.ladder(moves, context), context);
        return new Evidence(estimate.logZ(), estimate.error(), Double.NaN, TemperedEvidence.METHOD);
    }

    /** Sweeps per rung that an evidence needs, if nobody says otherwise. */
    static int sweeps(FactorForm form) {
        return form.noise() == Noise.NORMAL ? SWEEPS_OF_NORMAL : SWEEPS_OF_OTHERS;
    }

    /** Random numbers of its own, and progress as a part of the whole. */
    private static RunContext step(RunContext context, String variant, int rank, int done, int all) {
        return context.part(
                context.random().split(variant).split(rank), part -> (done + part) / all, variant + ", rank " + rank);
    }
}
