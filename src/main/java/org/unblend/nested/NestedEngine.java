package org.unblend.nested;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Fit;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Knob;
import org.unblend.infer.Match;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Start;
import org.unblend.infer.Task;
import org.unblend.model.Parameter;

/** Nested sampling as an engine: posterior and evidence of any graph with proper priors and few parameters. */
public final class NestedEngine implements Engine {
    /** Number of unit-cube coordinates above which a run takes millions of evaluations. */
    private static final int MANY = 20;

    /** Least distance of earlier draws from the walls of the unit cube. */
    private static final double NEAR_WALL = 1e-12;

    @Override
    public String name() {
        return NestedSampler.NAME;
    }

    @Override
    public List<Knob> knobs() {
        return NestedSettings.KNOBS;
    }

    @Override
    public Match match(CompiledModel model, Set<Task> tasks) {
        if (!Set.of(Task.POSTERIOR, Task.EVIDENCE).containsAll(tasks)) {
            return new Match(Fit.INCOMPATIBLE, "nested sampling gives posterior and evidence only");
        }
        for (Parameter p : model.graph().parameters()) {
            if (p.prior().improper()) {
                return new Match(
                        Fit.INCOMPATIBLE,
                        "the prior of " + p.name() + " is improper, so it has no unit-cube transform");
            }
        }
        Optional<Parameter> mixed = model.graph().mixed();
        if (mixed.isPresent()) {
            return new Match(
                    Fit.INCOMPATIBLE,
                    "the prior of " + mixed.get().name()
                            + " has a point mass, on which the likelihood is level: give it a continuous prior, or let"
                            + " gibbs sample the factorisation");
        }
        int d = model.cubeDimension();
        if (d > MANY) {
            return new Match(Fit.COMPATIBLE, d + " dimensions: the cost grows with their square, expect a long run");
        }
        return new Match(Fit.PREFERRED, "unit-cube transform of all priors, " + d + " dimensions, no gradient needed");
    }

    @Override
    public Optional<String> detail(Problem problem) {
        NestedSettings settings;
        try {
            settings = NestedSettings.from(problem.knobs());
        } catch (IllegalArgumentException e) {
            throw new InvalidRequest("R024", e.getMessage(), "correct 'engine' in the run file");
        }
        boolean asked = settings.explorer() == Way.BLOCKS;
        boolean gradient = settings.explorer() == Way.GRADIENT;
        if (problem.start().isPresent()) {
            if (asked || gradient) {
                throw new InvalidRequest(
                        "R024",
                        "explorer " + settings.explorer().word() + " moves through the prior, which 'start' exchanges",
                        "take one of them out");
            }
            return Optional.empty();
        }
        if (gradient) {
            problem.model().withoutDerivative().ifPresent(node -> {
                throw new InvalidRequest(
                        "R024",
                        "explorer gradient needs derivatives, and '" + node + "' has none",
                        "take explorer out, or exchange '" + node
                                + "' for an emulator or an operation with derivatives");
            });
            return Optional.of("explorer gradient, asked for: every operation has a derivative");
        }
        if (Explorers.way(problem.model(), settings) != Way.BLOCKS) {
            return Optional.empty();
        }
        Blocks blocks = Blocks.of(problem.model())
                .orElseThrow(() -> new InvalidRequest(
                        "R024",
                        "the model is too large for explorer blocks to find out which data hang on which parameters",
                        "take it out"));
        return Optional.of("explorer blocks" + (asked ? ", asked for: " : ": ") + blocks.describe());
    }

    @Override
    public Result run(Problem problem, RunContext context) {
        NestedSettings settings = NestedSettings.from(problem.knobs());
        NestedSampler sampler = new NestedSampler(settings);
        if (problem.start().isPresent() && problem.start().get() instanceof Start.Draws draws) {
            return warm(sampler, draws, problem, context);
        }
        return sampler.run(problem.model(), problem.precision(), context);
    }

    private static Result warm(NestedSampler sampler, Start.Draws draws, Problem problem, RunContext context) {
        CompiledModel model = problem.model();
        // Far in a tail a distribution function rounds to its ends, where the prior has no point.
        double[] u = Arrays.stream(model.cubePositions(draws.theta(), draws.weights().length))
                .map(v -> Math.max(NEAR_WALL, Math.min(1 - NEAR_WALL, v)))
                .toArray();
        Result result = WarmStart.from(u, draws.weights(), model.cubeDimension())
                .run(sampler, model, problem.precision(), context);
        List<Result.Info> info = new ArrayList<>(result.info());
        info.add(new Result.Info("warm start from", draws.from()));
        return new Result(
                result.engine(), result.samples(), result.evidence(), result.findings(), result.effort(), info);
    }

    @Override
    public List<String> citations() {
        return List.of(
                "Skilling 2006, Bayesian Analysis 1, 833 (nested sampling)",
                "Feroz, Hobson & Bridges 2009, MNRAS 398, 1601 (multi-ellipsoid proposals)",
                "Buchner 2016, Statistics and Computing 26, 383 (cross-validated enlargement)",
                "Neal 2003, Annals of Statistics 31, 705 (slice sampling)",
                "Skilling 2012, AIP Conference Proceedings 1443, 145 (reflections, explorer gradient)",
                "Higson et al. 2018, Bayesian Analysis 13, 873 (errors by bootstrap over threads)");
    }
}
