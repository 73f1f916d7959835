package org.unblend.cli.validate;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;
import org.unblend.nested.ProblemCatalogue;
import org.unblend.nested.Problems;

/**
 * Nested sampling of problems with known evidence, over many seeds. Keys: the names of the problems, with the mean ln Z
 * over the seeds and its standard error as the runs claim it; with {@code error} and {@code evaluations} behind the name,
 * the mean claimed error of a run and its likelihood evaluations; {@code dishonest}, the number of problems on which errors
 * are not those of a right engine although the runs do not warn; {@code dear}, the number of those with more than 20 likelihood
 * evaluations per effective posterior draw.
 *
 * @param problems names of the problems
 * @param seeds number of seeds, from 1 on
 */
record NestedProblemsCheck(List<String> problems, int seeds) implements DetailedCheck {
    private static final int MANY_DIMENSIONS = 20;

    /** Fewer dimensions, but some seeds fall back on slices and take minutes. */
    private static final Set<String> LONG = Set.of("loggamma20");

    /** Up to 20 dimensions, few first, 32 seeds: an hour of processor time. */
    static final NestedProblemsCheck STANDARD = new NestedProblemsCheck(named(false), 32);

    /** Those of which a run takes minutes: 4 seeds. */
    static final NestedProblemsCheck HIGH = new NestedProblemsCheck(named(true), 4);

    /** Evaluations per effective draw that are too many. */
    private static final double DEAR = 20;

    /** What the results depend on. */
    private static final List<String> PACKAGES = List.of("nested", "density", "infer", "math");

    /** Findings that speak of the number of draws and not of the evidence. */
    private static final Set<String> NOT_EVIDENCE = Set.of("effective sample size");

    /** Trials are kept in {@code trials.csv} of the folder: an interrupted check goes on where it was. */
    @Override
    public Outcome detailed(Path folder, Path data, Parallel parallel, Consumer<String> told) throws IOException {
        KeptTrials kept = new KeptTrials(folder.resolve("trials.csv"), ProgramCode.digest(PACKAGES));
        Map<String, Measured> ours = new LinkedHashMap<>();
        StringBuilder table = new StringBuilder(SeedScores.HEADER);
        int dishonest = 0;
        int dear = 0;
        for (String name : problems) {
            SeedScores scores = scores(ProblemCatalogue.named(name), kept, parallel);
            ours.put(name, mean(scores));
            ours.put(name + " error", Measured.exact(scores.mean(SeedScores.Trial::error)));
            ours.put(name + " evaluations", Measured.exact(scores.mean(SeedScores.Trial::evaluations)));
            dishonest += scores.honest() ? 0 : 1;
            dear += scores.callsPerDraw() > DEAR ? 1 : 0;
            table.append(scores.row());
            told.accept("  " + scores.row().strip());
        }
        ours.put("dishonest", Measured.exact(dishonest));
        ours.put("dear", Measured.exact(dear));
        return new Outcome(
                ours,
                "## Errors over seeds\n\nThe single runs are in `trials.csv`. Right: |mean z| <= 3.5/sqrt(seeds), standard"
                        + " deviation of z from 0.5 to 1.46 (asked of 32 seeds), no |z| above 4.5. Warns: not right, but at"
                        + " least 30 of 32 runs say so. Processor time includes the likelihood.\n\n" + table);
    }

    private SeedScores scores(Problems.Problem problem, KeptTrials kept, Parallel parallel) {
        NestedSampler sampler = new NestedSampler(NestedSettings.STANDARD.withMaxRuns(1));
        SeedScores.Trial[] trials = new SeedScores.Trial[seeds];
        parallel.forRanges(trials.length, 1, (from, to) -> {
            int seed = 1 + from;
            trials[from] = kept.find(problem.name(), seed).orElseGet(() -> {
                SeedScores.Trial made = trial(sampler, problem, seed);
                kept.add(problem.name(), seed, made);
                return made;
            });
        });
        return new SeedScores(problem.name(), problem.dimension(), problem.logZ(), List.of(trials));
    }

    private static List<String> named(boolean many) {
        return ProblemCatalogue.all().stream()
                .filter(p -> (p.dimension() > MANY_DIMENSIONS || LONG.contains(p.name())) == many)
                .sorted(Comparator.comparingInt(Problems.Problem::dimension))
                .map(Problems.Problem::name)
                .toList();
    }

    private static SeedScores.Trial trial(NestedSampler sampler, Problems.Problem problem, int seed) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        Result result = sampler.run(problem.target(), Precision.STANDARD, RunContext.of(seed));
        double cpu = (threads.getCurrentThreadCpuTime() - start) / 1e9;
        Evidence evidence = result.evidence().orElseThrow();
        boolean warned = result.findings().stream()
                .anyMatch(f -> f.severity() != Finding.Severity.OK && !NOT_EVIDENCE.contains(f.check()));
        return new SeedScores.Trial(
                evidence.logZ(),
                evidence.error(),
                Weighted.effectiveSampleSize(result.samples().weights()),
                result.effort().evaluations(),
                cpu,
                result.explored().isPresent(),
                warned);
    }

    private static Measured mean(SeedScores scores) {
        double squares = Arrays.stream(scores.trials().stream()
                        .mapToDouble(SeedScores.Trial::error)
                        .toArray())
                .map(e -> e * e)
                .sum();
        return new Measured(
                scores.mean(SeedScores.Trial::logZ),
                Math.sqrt(squares) / scores.trials().size());
    }
}
