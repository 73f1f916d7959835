package org.unblend.mcmc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unblend.density.CompiledModel;
import org.unblend.infer.ChainPath;
import org.unblend.infer.Effort;
import org.unblend.infer.Engine;
import org.unblend.infer.Finding;
import org.unblend.infer.Fit;
import org.unblend.infer.Knob;
import org.unblend.infer.Match;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.infer.Task;
import org.unblend.math.RandomSource;
import org.unblend.model.Parameter;

/** Hamiltonian Monte Carlo as an engine: the posterior of any graph whose every operation has a derivative. */
public final class NutsEngine implements Engine {
    private static final Knob CHAINS = new Knob("chains", 4, 1, 1000, true, "number of chains");
    private static final Knob WARMUP =
            new Knob("warmup", 1000, 20, 1_000_000, true, "transitions that are thrown away");
    private static final Knob DRAWS = new Knob("draws", 1000, 8, 10_000_000, true, "draws per chain");
    private static final Knob ACCEPTANCE =
            new Knob("acceptance", 0.8, 0.6, 0.999, false, "mean acceptance at which the step size aims");
    private static final Knob DENSE = new Knob("dense", 0, 0, 1, true, "1 for a full covariance as metric");
    private static final Knob DEPTH = new Knob("depth", 10, 1, 15, true, "trajectories have at most 2^depth steps");
    /** Tries to find a start of positive density. */
    /** Entries of a product whose convergence is looked at. */
    private static final int LOOKED_AT = 200;

    private static final int TRIES = 200;

    @Override
    public String name() {
        return Nuts.NAME;
    }

    @Override
    public List<Knob> knobs() {
        return List.of(CHAINS, WARMUP, DRAWS, ACCEPTANCE, DENSE, DEPTH);
    }

    @Override
    public Match match(CompiledModel model, Set<Task> tasks) {
        if (!tasks.equals(Set.of(Task.POSTERIOR))) {
            return new Match(Fit.INCOMPATIBLE, "Hamiltonian Monte Carlo gives the posterior only");
        }
        Optional<Parameter> mixed = model.graph().mixed();
        if (mixed.isPresent()) {
            return new Match(
                    Fit.INCOMPATIBLE,
                    "the prior of " + mixed.get().name()
                            + " has a point mass, where there is no gradient: give it a continuous prior, or let gibbs"
                            + " sample the factorisation");
        }
        if (!model.differentiable()) {
            return new Match(Fit.INCOMPATIBLE, "an operation of the graph has no derivative");
        }
        Optional<String> obstacle = model.gradients().obstacle();
        if (obstacle.isPresent()) {
            return new Match(Fit.INCOMPATIBLE, obstacle.get());
        }
        return new Match(
                model.dimension() > 20 ? Fit.PREFERRED : Fit.COMPATIBLE,
                "every operation has a derivative, " + model.dimension() + " parameters");
    }

    @Override
    public Result run(Problem problem, RunContext context) {
        Map<String, Double> knobs = problem.knobs();
        Nuts nuts = new Nuts(
                CHAINS.wholeOf(knobs),
                WARMUP.wholeOf(knobs),
                DRAWS.wholeOf(knobs),
                ACCEPTANCE.of(knobs),
                DENSE.wholeOf(knobs) == 1,
                DEPTH.wholeOf(knobs));
        CompiledModel model = problem.model();
        GraphDensity target = new GraphDensity(model);
        List<double[]> starts = new ArrayList<>();
        for (int c = 0; c < nuts.chains(); c++) {
            starts.add(start(
                    model, target, context.random().split("start").split(c).generator()));
        }
        Nuts.Drawn drawn = nuts.sample(target, starts, context);
        int n = drawn.logDensity().length;
        double[] theta = new double[n * model.dimension()];
        model.gradients().constrain(drawn.z(), theta, new double[n], n);
        double[] logLikelihood = new double[n];
        model.logLikelihood(theta, logLikelihood, n);
        List<Finding> findings = new ArrayList<>();
        Optional<Relabelling> labels = Relabelling.of(model);
        labels.ifPresent(l -> findings.addAll(aligned(l, theta, logLikelihood, drawn.path())));
        Samples samples = Samples.ofChains(model.names(), theta, logLikelihood, drawn.path());
        findings.addAll(ChainChecks.convergence(samples, labels.isPresent() ? "aligned factors" : "parameters"));
        findings.addAll(ChainChecks.hamiltonian(drawn.path(), nuts.deepest()));
        drawn.stopped().ifPresent(why -> findings.add(Finding.caution("stopped", why, "run again without the limit")));
        return new Result(
                Nuts.NAME,
                samples,
                Optional.empty(),
                findings,
                new Effort(drawn.gradients(), n, 0, drawn.stopped()),
                List.of(new Result.Info(
                        "chains", nuts.chains() + " of " + drawn.path().draws() + " draws")));
    }

    @Override
    public List<String> citations() {
        return List.of(
                "Hoffman & Gelman 2014, JMLR 15, 1593 (no-U-turn sampler)",
                "Betancourt 2017, arXiv:1701.02434 (multinomial trajectories)",
                "Vehtari et al. 2021, Bayesian Analysis 16, 667 (R-hat, effective sample size)");
    }

    /** Brings a factorisation's draws to one labelling; first looks at what no labels enter. */
    private static List<Finding> aligned(Relabelling labels, double[] theta, double[] logLikelihood, ChainPath path) {
        Relabelling.Series products = labels.products(theta, logLikelihood.length, LOOKED_AT);
        List<String> names = new ArrayList<>(List.of("log likelihood"));
        List<double[]> series = new ArrayList<>(List.of(logLikelihood));
        names.addAll(products.names());
        series.addAll(products.values());
        List<Finding> findings = new ArrayList<>(ChainChecks.convergence(names, series, path, "W H"));
        int switches = labels.align(theta, logLikelihood);
        findings.add(Finding.ok(
                "labels", switches + " of " + logLikelihood.length + " draws had other labels than the one before"));
        return findings;
    }

    /** A draw of the prior with positive posterior density; uniform unconstrained coordinates where a prior has no draws. */
    private static double[] start(CompiledModel model, GraphDensity target, RandomSource random) {
        boolean proper =
                model.graph().parameters().stream().noneMatch(p -> p.prior().improper());
        double[] z = new double[target.dimension()];
        double[] gradient = new double[z.length];
        for (int i = 0; i < TRIES; i++) {
            if (proper && i < TRIES / 2) {
                model.gradients().unconstrain(model.priorDraws(1, random), z, 1);
            } else {
                for (int j = 0; j < z.length; j++) {
                    z[j] = 4 * random.nextOpen() - 2;
                }
            }
            double log = target.evaluate(z, gradient);
            if (log > Double.NEGATIVE_INFINITY
                    && java.util.Arrays.stream(gradient).allMatch(Double::isFinite)) {
                return z;
            }
        }
        throw new IllegalStateException(
                "no point of positive posterior density was found in " + TRIES + " tries; check priors against data");
    }
}
