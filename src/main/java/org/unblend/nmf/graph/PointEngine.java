package org.unblend.nmf.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Redundancy;
import org.unblend.infer.Effort;
import org.unblend.infer.Engine;
import org.unblend.infer.Finding;
import org.unblend.infer.Fit;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Knob;
import org.unblend.infer.Match;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.infer.Task;
import org.unblend.math.Parallel;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.Solver;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.ManyStarts;
import org.unblend.nmf.start.StartRule;

/**
 * A solver as an engine for {@link Task#POINT}: finds the mode of a {@link FactorPattern} from several starts. The
 * result holds one draw, the best factors in {@link CanonicalForm}, and the trace of the start that led there.
 */
public final class PointEngine implements Engine {
    /** Components with a cosine above this are duplicates. */
    private static final double PARALLEL = 0.99;
    /** Components with less than this share of W H are dead. */
    private static final double DEAD = 1e-9;

    private final Method method;
    private final Solver solver;
    private final Function<FactorPattern, Match> grade;
    private final List<String> citations;

    PointEngine(Method method, Function<FactorPattern, Match> grade, String... citations) {
        this.method = method;
        this.solver = method.standard();
        this.grade = grade;
        this.citations = List.of(citations);
    }

    @Override
    public String name() {
        return solver.name();
    }

    @Override
    public List<Knob> knobs() {
        return method.knobs();
    }

    @Override
    public List<String> startingRules() {
        return StartRule.names();
    }

    @Override
    public Match match(CompiledModel model, Set<Task> tasks) {
        if (!tasks.equals(Set.of(Task.POINT))) {
            return new Match(Fit.INCOMPATIBLE, "it gives point estimates only");
        }
        FactorPattern pattern;
        try {
            pattern = FactorPattern.of(model.graph());
        } catch (InvalidRequest e) {
            return new Match(Fit.INCOMPATIBLE, e.reason());
        }
        Optional<Filling> filling = Filling.of(solver, pattern.problem());
        if (filling.isPresent()) {
            Match filled =
                    filling.get().of(grade.apply(pattern), Runtime.getRuntime().maxMemory());
            if (filled.fit() == Fit.INCOMPATIBLE) {
                return filled;
            }
        }
        Optional<String> refusal = solver.refusal(pattern.problem());
        if (refusal.isPresent()) {
            return new Match(Fit.INCOMPATIBLE, refusal.get());
        }
        Match grade = this.grade.apply(pattern);
        Match match = filling.map(f -> f.of(grade, Long.MAX_VALUE)).orElse(grade);
        boolean modeless = pattern.problem().freeScale().isPresent();
        return modeless && match.fit() != Fit.ON_REQUEST
                ? new Match(
                        Fit.INCOMPATIBLE,
                        "one factor alone has a prior, so the other can grow without bound and the posterior has no mode")
                : match;
    }

    /**
     * A fit with those from all other starts.
     *
     * @param result the best fit
     * @param starts factors of every start in {@link CanonicalForm}, in the order of the starts
     * @param logLikelihood {@code [starts]}, ln of the likelihood at each
     * @param objective {@code [starts]}, negative log posterior up to a constant
     */
    public record Fitted(Result result, List<Factors> starts, double[] logLikelihood, double[] objective) {}

    @Override
    public Result run(Problem problem, RunContext context) {
        return fit(problem, context).result(problem.model());
    }

    /** The answer of {@link #run} with the fits that were not the best. */
    public Fitted fitted(Problem problem, RunContext context) {
        Fits fits = fit(problem, context);
        CompiledModel model = problem.model();
        int d = model.dimension();
        List<Factors> factors = fits.all.fits().stream()
                .map(f -> CanonicalForm.of(fits.pattern, f.factors(), fits.order))
                .toList();
        double[] theta = new double[factors.size() * d];
        for (int t = 0; t < factors.size(); t++) {
            System.arraycopy(fits.pattern.theta(model.layout(), factors.get(t)), 0, theta, t * d, d);
        }
        double[] logLikelihood = new double[factors.size()];
        model.logLikelihood(theta, logLikelihood, factors.size());
        return new Fitted(
                fits.result(model),
                factors,
                logLikelihood,
                fits.all.fits().stream()
                        .mapToDouble(f -> fits.pattern.scale() * f.objective())
                        .toArray());
    }

    private Fits fit(Problem problem, RunContext context) {
        FactorPattern pattern = FactorPattern.of(problem.model().graph());
        FactorProblem task = pattern.problem();
        Solver asked = method.solver().apply(problem.knobs());
        StopRule stop = method.stop().apply(problem.knobs());
        Starts starts = Starts.of(pattern, problem.start());
        int count = starts.count(problem.knobs().get(Method.STARTS).intValue());
        Lookout lookout = new Lookout(name(), context, pattern.scale(), count, stop.maxIterations());
        PointFit[] fits = new PointFit[count];
        Parallel within = count == 1 ? context.parallel() : Parallel.SERIAL;
        Parallel across = count == 1 ? Parallel.SERIAL : context.parallel();
        across.forRanges(count, 1, (from, to) -> {
            for (int t = from; t < to; t++) {
                Factors start = starts.at(t, asked, context.random().split("start"), within);
                fits[t] = asked.solve(task, start, stop, within, lookout.of(t));
            }
        });
        return new Fits(name(), pattern, new ManyStarts(Arrays.asList(fits), task.size()), !starts.ordered(), lookout);
    }

    /**
     * The fits from all starts.
     *
     * @param order true if components are to be ordered by their share
     */
    private record Fits(String engine, FactorPattern pattern, ManyStarts all, boolean order, Lookout lookout) {
        Result result(CompiledModel model) {
            PointFit fit = all.bestFit();
            Factors factors = CanonicalForm.of(pattern, fit.factors(), order);
            double[] theta = pattern.theta(model.layout(), factors);
            double[] logLikelihood = new double[1];
            model.logLikelihood(theta, logLikelihood, 1);
            int iterations = all.fits().stream().mapToInt(PointFit::iterations).sum();
            return new Result(
                    engine,
                    new Samples(model.names(), theta, logLikelihood, new double[1], Optional.empty()),
                    Optional.empty(),
                    findings(fit, all, factors, logLikelihood[0]),
                    new Effort(iterations, all.fits().size(), 0, lookout.exhausted()),
                    List.of(
                            new Result.Info("objective", Double.toString(pattern.scale() * fit.objective())),
                            new Result.Info("kkt_residual", Double.toString(fit.kkt())),
                            new Result.Info("iterations", Integer.toString(fit.iterations())),
                            new Result.Info(
                                    "starts", Integer.toString(all.fits().size())),
                            new Result.Info("best_start", Integer.toString(all.best() + 1)),
                            new Result.Info("ending", fit.ending())),
                    lookout.looks(all.best()));
        }
    }

    private static List<Finding> findings(PointFit fit, ManyStarts all, Factors factors, double logLikelihood) {
        List<Finding> findings = new ArrayList<>();
        if (!Double.isFinite(logLikelihood)) {
            findings.add(Finding.fatal(
                    "likelihood",
                    "the mean is 0 at an entry that is above 0, which this noise cannot give",
                    "mark entries of features that the given factor lacks as missing by weight 0"));
        }
        if (fit.converged()) {
            findings.add(Finding.ok(
                    "convergence",
                    String.format(
                            Locale.ROOT,
                            "%d iterations, KKT residual %.1e: %s",
                            fit.iterations(),
                            fit.kkt(),
                            fit.ending())));
        }
        fit.findings().stream().filter(f -> !f.check().equals("dead component")).forEach(findings::add);
        if (all.fits().size() > 1) {
            findings.add(all.finding());
        }
        Redundancy redundancy = Redundancy.of(factors.w(), factors.h(), DEAD, PARALLEL);
        redundancy
                .dead()
                .forEach(k -> findings.add(Finding.caution(
                        "dead component",
                        "component " + (k + 1) + " contributes nothing",
                        "take a smaller rank, more starts or weaker priors")));
        redundancy
                .duplicates()
                .forEach(p -> findings.add(Finding.caution(
                        "duplicate components",
                        String.format(
                                Locale.ROOT,
                                "columns %d and %d of W have a cosine of %.4f",
                                p.first() + 1,
                                p.second() + 1,
                                p.cosine()),
                        "take a smaller rank")));
        return findings;
    }

    @Override
    public List<String> citations() {
        return citations;
    }
}
