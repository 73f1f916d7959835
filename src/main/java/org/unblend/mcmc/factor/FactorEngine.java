package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unblend.density.CompiledModel;
import org.unblend.infer.ChainPath;
import org.unblend.infer.Effort;
import org.unblend.infer.Engine;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Fit;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Knob;
import org.unblend.infer.Match;
import org.unblend.infer.Problem;
import org.unblend.infer.Progress;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.infer.Task;
import org.unblend.math.RandomSource;
import org.unblend.mcmc.ChainChecks;
import org.unblend.mcmc.ChainRunner;
import org.unblend.mcmc.Relabelling;

/** Gibbs sampling of factorisations as an engine: posterior and evidence, with draws brought to one labelling. */
public final class FactorEngine implements Engine {
    static final String NAME = "gibbs";

    /** The check that forward and reverse estimates of the evidence agree. */
    public static final String BOTH_WAYS = "evidence both ways";

    private static final Knob CHAINS = new Knob("chains", 4, 1, 1000, true, "number of chains");
    private static final Knob WARMUP = new Knob("warmup", 1000, 20, 10_000_000, true, "sweeps that are thrown away");
    private static final Knob DRAWS = new Knob("draws", 1000, 8, 10_000_000, true, "draws kept per chain");
    private static final Knob THIN = new Knob("thin", 1, 1, 100_000, true, "sweeps per draw");
    private static final Knob TRIES = new Knob(
            "tries",
            1,
            1,
            1000,
            true,
            "beginnings that each chain tries before it goes on from the one that fits best");
    private static final Knob PARTICLES =
            new Knob("particles", 128, 8, 1_000_000, true, "particles of each run of the evidence");
    private static final Knob RUNS = new Knob("runs", 8, 2, 1000, true, "independent runs of the evidence");
    private static final Knob SWEEPS = new Knob(
            "sweeps",
            0,
            0,
            1000,
            true,
            "sweeps per rung of the evidence; 0 leaves it to the noise: 1 for Normal, 5 for Poisson and Gamma");
    /** Numbers of draws that are kept in memory: above this draws are thinned. */
    private static final long MOST_NUMBERS = 60_000_000L;
    /** Entries of the product, and of the factors, whose convergence is looked at. */
    private static final int LOOKED_AT = 200;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Knob> knobs() {
        return List.of(CHAINS, WARMUP, DRAWS, THIN, TRIES, PARTICLES, RUNS, SWEEPS);
    }

    @Override
    public Match match(CompiledModel model, Set<Task> tasks) {
        if (!Set.of(Task.POSTERIOR, Task.EVIDENCE).containsAll(tasks)) {
            return new Match(Fit.INCOMPATIBLE, "Gibbs sampling gives posterior and evidence only");
        }
        try {
            FactorForm form = FactorForm.of(model);
            if (form.isSparse()
                    && tasks.contains(Task.EVIDENCE)
                    && (long) form.features() * form.samples() > Integer.MAX_VALUE) {
                return new Match(Fit.INCOMPATIBLE, "an evidence looks at every entry, and there are too many");
            }
            return new Match(
                    Fit.PREFERRED,
                    form.noise().name().toLowerCase(Locale.ROOT) + " factorisation of rank " + form.rank()
                            + " with known conditionals");
        } catch (InvalidRequest e) {
            return new Match(Fit.INCOMPATIBLE, e.reason());
        }
    }

    @Override
    public Result run(Problem problem, RunContext context) {
        Map<String, Double> knobs = problem.knobs();
        CompiledModel model = problem.model();
        boolean evidence = problem.tasks().contains(Task.EVIDENCE);
        FactorForm read = FactorForm.of(model);
        // Tempering looks at every entry.
        FactorForm form = evidence ? read.full() : read;
        FactorMoves moves = FactorMoves.of(form);
        int chains = CHAINS.wholeOf(knobs);
        int warmup = WARMUP.wholeOf(knobs);
        int draws = (int) Math.max(
                8, Math.min(DRAWS.wholeOf(knobs), MOST_NUMBERS / ((long) chains * (model.dimension() + 1))));
        List<Result.Info> info = new ArrayList<>();
        int tries = TRIES.wholeOf(knobs);
        List<FactorChain> running = chains(moves, chains, tries, warmup, context, info);
        ChainRunner.Drawn drawn = new ChainRunner(NAME, warmup, draws, THIN.wholeOf(knobs))
                .run(
                        running,
                        context,
                        (done, iteration, latest) -> status(done, iteration, latest, model, warmup, chains));
        Samples samples = samples(form, drawn, chains);
        List<Finding> findings = new ArrayList<>(convergence(form, samples));
        info.add(new Result.Info("chains", chains + " of " + drawn.draws() + " draws"));
        Optional<Evidence> z = Optional.empty();
        if (evidence) {
            int sweeps = SWEEPS.wholeOf(knobs) > 0 ? SWEEPS.wholeOf(knobs) : EvidenceScan.sweeps(form);
            TemperedEvidence road = new TemperedEvidence(PARTICLES.wholeOf(knobs), sweeps, RUNS.wholeOf(knobs));
            info.add(new Result.Info("sweeps per rung", Integer.toString(sweeps)));
            z = Optional.of(evidence(moves, samples, road, context, findings, info));
        }
        drawn.stopped().ifPresent(why -> findings.add(Finding.caution("stopped", why, "run again without the limit")));
        long trying = tries > 1 ? (long) tries * warmup : 0;
        long sweeps = (long) chains * (trying + warmup + (long) drawn.draws() * THIN.wholeOf(knobs));
        return new Result(NAME, samples, z, findings, new Effort(sweeps, sweeps, 0, drawn.stopped()), info);
    }

    /** Chains from one draw of the prior each, or from the best of several tries. */
    private static List<FactorChain> chains(
            FactorMoves moves, int chains, int tries, int warmup, RunContext context, List<Result.Info> info) {
        List<FactorChain> running = new ArrayList<>();
        if (tries == 1) {
            for (int c = 0; c < chains; c++) {
                RandomSource random = context.random().split("start").split(c).generator();
                running.add(new FactorChain(moves, moves.form().model().priorDraws(1, random), warmup));
            }
            return running;
        }
        double worst = Double.POSITIVE_INFINITY;
        double best = Double.NEGATIVE_INFINITY;
        double least = Double.POSITIVE_INFINITY;
        for (FactorStarts.Start start : new FactorStarts(tries, warmup).of(moves, chains, context)) {
            running.add(FactorChain.settled(moves, start.theta()));
            worst = Math.min(worst, Arrays.stream(start.logLikelihood()).min().orElseThrow());
            best = Math.max(best, start.best());
            least = Math.min(least, start.best());
        }
        info.add(new Result.Info(
                "tries",
                String.format(
                        Locale.ROOT,
                        "%d per chain, log likelihood %.2f to %.2f; chains begin at %.2f or above",
                        tries,
                        worst,
                        best,
                        least)));
        return running;
    }

    @Override
    public List<String> citations() {
        return List.of(
                "Schmidt, Winther & Hansen 2009, ICA (Gibbs sampling of non-negative factors)",
                "Cemgil 2009, Computational Intelligence and Neuroscience, 785152 (Poisson factorisation)",
                "Del Moral, Doucet & Jasra 2006, JRSS B 68, 411 (sequential Monte Carlo)",
                "Grosse, Ghahramani & Adams 2015, arXiv:1511.02543 (forward and reverse estimates)",
                "Vehtari et al. 2021, Bayesian Analysis 16, 667 (R-hat, effective sample size)");
    }

    private static Progress.Status status(
            double done, int iteration, List<double[]> latest, CompiledModel model, int warmup, int chains) {
        double log = 0;
        for (double[] block : latest) {
            log += block[model.dimension()] / latest.size();
        }
        return new Progress.Status(
                NAME,
                done,
                String.format(Locale.ROOT, "log likelihood %.2f", log),
                iteration < warmup ? "warm-up" : "draw " + (iteration - warmup),
                (long) iteration * chains,
                "ok");
    }

    private static Samples samples(FactorForm form, ChainRunner.Drawn drawn, int chains) {
        int d = form.model().dimension();
        int n = drawn.draws();
        double[] theta = new double[chains * n * d];
        double[] log = new double[chains * n];
        for (int c = 0; c < chains; c++) {
            double[] values = drawn.values().get(c);
            for (int i = 0; i < n; i++) {
                System.arraycopy(values, i * (d + 1), theta, (c * n + i) * d, d);
                log[c * n + i] = values[i * (d + 1) + d];
            }
        }
        Map<String, double[]> figures = new LinkedHashMap<>();
        Optional<Relabelling> labels = form.exchangeable() ? Relabelling.of(form.model()) : Optional.empty();
        if (labels.isPresent()) {
            double[] all = new double[log.length];
            Arrays.fill(all, labels.get().align(theta, log));
            figures.put("label_switches", all);
        }
        return Samples.ofChains(form.model().names(), theta, log, new ChainPath(chains, n, figures));
    }

    /** Of quantities that do not depend on labels first, of the aligned factors second. */
    private static List<Finding> convergence(FactorForm form, Samples samples) {
        ChainPath path = samples.chains().orElseThrow();
        int d = form.model().dimension();
        long all = (long) form.features() * form.samples();
        long step = Math.max(1, all / LOOKED_AT);
        List<String> names = new ArrayList<>(List.of("log likelihood"));
        List<double[]> series = new ArrayList<>(List.of(samples.logLikelihood()));
        for (long e = 0; e < all; e += step) {
            int i = (int) (e / form.samples());
            int j = (int) (e % form.samples());
            double[] mean = new double[samples.size()];
            for (int s = 0; s < mean.length; s++) {
                for (int k = 0; k < form.rank(); k++) {
                    mean[s] += entry(form.fixedW(), samples.theta(), s * d + form.offsetW() + i * form.rank() + k, k, i)
                            * entry(
                                    form.fixedH(),
                                    samples.theta(),
                                    s * d + form.offsetH() + k * form.samples() + j,
                                    k,
                                    j);
                }
            }
            names.add("mean[" + i + "," + j + "]");
            series.add(mean);
        }
        List<Finding> findings = new ArrayList<>(ChainChecks.convergence(names, series, path, "W H"));
        List<String> factors = new ArrayList<>();
        List<double[]> columns = new ArrayList<>();
        for (int c = 0; c < d; c += Math.max(1, d / LOOKED_AT)) {
            factors.add(samples.names().get(c));
            columns.add(samples.column(c));
        }
        findings.addAll(ChainChecks.convergence(factors, columns, path, "aligned factors"));
        double[] switched = path.figures().get("label_switches");
        if (switched != null) {
            findings.add(Finding.ok(
                    "labels",
                    Math.round(switched[0]) + " of " + samples.size() + " draws had other labels than the one before"));
        }
        return findings;
    }

    private static double entry(double[][] fixed, double[] theta, int at, int k, int i) {
        return fixed != null ? fixed[k][i] : theta[at];
    }

    private static Evidence evidence(
            FactorMoves moves,
            Samples samples,
            TemperedEvidence road,
            RunContext context,
            List<Finding> findings,
            List<Result.Info> info) {
        double[] ladder = road.ladder(moves, context);
        Estimate forward = road.forward(moves, ladder, context);
        Estimate reverse = road.reverse(moves, ladder, samples.theta(), context);
        double error = Math.hypot(forward.error(), reverse.error());
        double gap = reverse.logZ() - forward.logZ();
        String both = String.format(
                Locale.ROOT,
                "forward %.2f ± %.2f, reverse %.2f ± %.2f, %d rungs",
                forward.logZ(),
                forward.error(),
                reverse.logZ(),
                reverse.error(),
                ladder.length - 1);
        findings.add(
                Math.abs(gap) <= 3.5 * error + 0.1
                        ? Finding.ok(BOTH_WAYS, both)
                        : Finding.caution(
                                BOTH_WAYS,
                                both + ": they do not agree",
                                "more particles or sweeps (\"engine\": {\"particles\": N, \"sweeps\": N})"));
        info.add(new Result.Info("logZ forward", forward.logZ() + " +- " + forward.error()));
        info.add(new Result.Info("logZ reverse", reverse.logZ() + " +- " + reverse.error()));
        double mean = Arrays.stream(samples.logLikelihood()).average().orElseThrow();
        return new Evidence(
                forward.logZ(),
                forward.error(),
                mean - forward.logZ(),
                TemperedEvidence.METHOD + ", " + road.runs() + " runs of " + road.particles() + " particles");
    }
}
