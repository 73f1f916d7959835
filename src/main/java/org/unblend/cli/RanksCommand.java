package org.unblend.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.unblend.infer.InvalidRequest;
import org.unblend.io.AtomicFile;
import org.unblend.io.ModelJson;
import org.unblend.io.Workplace;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.EvidenceScan;
import org.unblend.model.Complaint;
import org.unblend.model.InvalidModel;
import org.unblend.model.ModelGraph;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.nmf.rank.HoldOut;
import org.unblend.nmf.rank.RankRow;
import org.unblend.nmf.rank.RankScan;
import org.unblend.nmf.rank.RankTable;
import org.unblend.plot.RankPlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ranks}: how many parts a matrix has. */
@Command(
        name = "ranks",
        description = {
            "Compares numbers of components by held-out entries, noise level and stability of point fits,",
            "and by their evidence."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "With --by evidence the priors have matched scales: the prior mean of W H is that of the data at every",
            "rank. Families: gamma (default; its shape is inferred for each component), log_normal (its sigma is),",
            "zero_inflated (exactly zero with an inferred probability, else gamma), exponential, half_normal; or both priors",
            "with their numbers, such as exponential:1. An interrupted comparison goes on",
            "when the same command is given again.",
            "Example: unblend ranks counts.csv --to 8 --likelihood poisson --by evidence --out how-many"
        })
final class RanksCommand implements Callable<Integer> {
    @Mixin
    private final MatrixOptions options = new MatrixOptions();

    @Mixin
    private final NoiseOptions noise = new NoiseOptions();

    @Option(
            names = "--from",
            paramLabel = "R",
            description = "smallest rank (default: ${DEFAULT-VALUE})",
            defaultValue = "1")
    private int from;

    @Option(names = "--to", required = true, paramLabel = "R", description = "largest rank")
    private int to;

    @Option(
            names = "--by",
            paramLabel = "WHAT",
            description =
                    "point: predictions and stability of point fits; evidence: the posterior of the rank beside them"
                            + " (default: ${DEFAULT-VALUE})",
            defaultValue = "point")
    private By by;

    @Mixin
    private final PrepareOptions prepare = new PrepareOptions();

    @Option(names = "--show-model", description = "print the model of the largest rank as JSON, and do nothing else")
    private boolean showModel;

    @Mixin
    private final RankFitOptions fits = new RankFitOptions();

    @Mixin
    private final EvidenceOptions evidence = new EvidenceOptions();

    /** What ranks are compared by. */
    enum By {
        POINT,
        EVIDENCE
    }

    private final Console console;

    RanksCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!showModel) {
            options.check();
        }
        noise.check(options);
        options.refuseBelowOne("--from", from);
        if (to < from) {
            throw options.bad("C001", "--to is " + to + ", below --from " + from, "give a range that rises");
        }
        evidence.check(options, by == By.EVIDENCE);
        fits.check(options, noise.kind());
        if (prepare.isWanted() && by == By.EVIDENCE) {
            throw options.bad(
                    "C002",
                    "prepared data are compared by point fits, and --by evidence is asked for",
                    "leave out --negatives, --scale-rows and --transform: the noise model says the same of the data");
        }
        MatrixData given = MatrixData.read(options);
        Optional<PreparedData> prepared = prepare.prepared(options, given, noise.kind());
        MatrixData read = prepared.map(PreparedData::data).orElse(given);
        FactorModel.Noise kind = prepared.map(PreparedData::noise).orElse(noise.kind());
        HoldOut out = fits.holdOut(read, kind);
        MatrixData data = out == HoldOut.COUNTS && by == By.POINT ? read : read.full(options);
        if (showModel) {
            console.out().print(ModelJson.text(graph(data, kind)));
            console.out().flush();
            return ExitCode.OK;
        }
        FactorProblem problem = problem(data, kind);
        long start = console.clock().getAsLong();
        if (by == By.EVIDENCE) {
            data.remarks().forEach(r -> console.out().println("note: " + r));
            EvidenceModels models = noise.evidence(options, data);
            evidence.refuseFit(options, models.main().model().apply(to));
            new EvidenceRanks(
                            console,
                            "ranks",
                            options.threads,
                            options.seed,
                            new EvidenceScan(from, to, evidence.particles(), evidence.runs(), evidence.fromFit()),
                            models.main(),
                            evidence.sensitivity() ? models.others() : List.of(),
                            models.sides(),
                            evidence.roads())
                    .run(
                            RunCommand.beside(options.out),
                            options.out,
                            evidence.fresh,
                            noise.request(),
                            options.sources(List.of()),
                            () -> scan(problem, out));
        } else {
            data.told(noise.remarks(options)).forEach(r -> console.out().println("note: " + r));
            if (out == HoldOut.COUNTS) {
                console.out()
                        .println(
                                "note: counts are held out, not entries: each fit sees some of the counts of every entry");
            }
            try (Workplace place =
                    Workplace.open(RunCommand.beside(options.out), options.out, options.out.toString(), true)) {
                RankTable table = scan(problem, out);
                AtomicFile.write(place.directory().resolve("ranks.csv"), table.csv());
                AtomicFile.write(place.directory().resolve("summary.txt"), text(table));
                AtomicFile.write(
                        place.directory().resolve(EvidenceRanks.FIGURE), RankPlot.svg("How many parts", table.rows()));
                place.finish();
            }
            SummaryCommand.print(options.out, console.out());
            console.out()
                    .printf(
                            "finished in %s; result in %s%n",
                            StatusLine.duration(console.secondsSince(start)), options.out);
            console.out().println("  figure " + options.out.resolve(EvidenceRanks.FIGURE));
        }
        return ExitCode.OK;
    }

    private ModelGraph graph(MatrixData data, FactorModel.Noise kind) {
        try {
            return by == By.EVIDENCE
                    ? noise.flatGraph(data, to)
                    : noise.graph(
                            data, FactorBlocks.of(KnownComponent.free(to, noise.priorOfW(), noise.priorOfH())), kind);
        } catch (InvalidModel e) {
            throw options.bad(e);
        }
    }

    /** The problem at the largest rank, so that a range beyond the data is refused at once. */
    private FactorProblem problem(MatrixData data, FactorModel.Noise kind) {
        try {
            FactorPattern pattern = FactorPattern.of(graph(data, kind));
            options.requireMode(pattern, "");
            return pattern.unscaled();
        } catch (InvalidRequest e) {
            throw options.bad(e.code(), e.reason(), e.remedy());
        }
    }

    private RankTable scan(FactorProblem problem, HoldOut out) {
        ExecutorService executor = options.executor();
        try {
            return RankScan.of(
                    problem,
                    fits.settings(from, to, noise.known(options), out),
                    RandomStream.of(options.seed).split("ranks"),
                    new Parallel(executor));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e.getMessage(), "take another start, or other ranks");
            throw options.bad("N007", wrong.reason(), wrong.remedy());
        } finally {
            executor.shutdownNow();
        }
    }

    static String text(RankTable table) {
        StringBuilder text = new StringBuilder(String.format(
                "%4s  %-22s %-22s %9s %10s %12s\n",
                "rank", "held-out deviance", "excess over best", "error", "silhouette", "cophenetic"));
        for (RankRow r : table.rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %-22s %-22s %9.4g %10.3f %12.3f%s\n",
                    r.rank(),
                    deviance(r),
                    excess(r),
                    r.error(),
                    r.silhouette(),
                    r.cophenetic(),
                    r.speckles().likeTheBest() ? "  like the best" : ""));
        }
        return text.append('\n').append(table.verdict()).append('\n').toString();
    }

    /** Held-out deviance of a rank with its standard error. */
    static String deviance(RankRow r) {
        return String.format(
                Locale.ROOT, "%.5g ± %.2g", r.speckles().mean(), r.speckles().error());
    }

    /** Held-out deviance of a rank less that of the best, with its standard error. */
    static String excess(RankRow r) {
        return String.format(
                Locale.ROOT, "%.3g ± %.2g", r.speckles().excess(), r.speckles().excessError());
    }
}
