package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.unblend.infer.Budget;
import org.unblend.infer.RunContext;
import org.unblend.io.AtomicFile;
import org.unblend.io.RankRecord;
import org.unblend.io.Workplace;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.EvidenceScan;
import org.unblend.mcmc.factor.EvidenceScan.Variant;
import org.unblend.mcmc.factor.FactorEngine;
import org.unblend.nmf.rank.RankTable;
import org.unblend.plot.RankPlot;

/**
 * Compares ranks by evidence, beside the criteria of point fits; goes on where an interrupted comparison stopped.
 *
 * @param name of the run, for its record
 * @param threads threads; no result depends on it
 * @param seed seed of all random numbers
 * @param scan ranks and how carefully
 * @param main the priors that were asked for
 * @param others priors that show how much depends on them; may be none
 * @param sides features plus samples of the data
 * @param roads other ways to the evidences of the priors that were asked for
 */
record EvidenceRanks(
        Console console,
        String name,
        int threads,
        long seed,
        EvidenceScan scan,
        Variant main,
        List<Variant> others,
        int sides,
        EvidenceRoads roads) {
    static final String FIGURE = "ranks.svg";

    /**
     * Compares and writes the result.
     *
     * @param unfinished where an interrupted comparison lies
     * @param target where the result is put
     * @param fresh true to discard what an interrupted comparison left
     * @param request what was asked for, on which the evidences depend beside data and settings
     * @param sources hashes of the files that determined the result
     * @param point makes the table of point criteria
     */
    void run(
            Path unfinished,
            Path target,
            boolean fresh,
            String request,
            List<String> sources,
            Supplier<RankTable> point)
            throws IOException {
        Instant started = Instant.now();
        long start = console.clock().getAsLong();
        String hash = main.model().apply(scan.from()).fingerprint();
        String key = String.join(
                "|",
                Version.text(),
                hash,
                request,
                Long.toString(seed),
                scan.toString(),
                Boolean.toString(!others.isEmpty()),
                roads.toString());
        try (Workplace place = Workplace.open(unfinished, target, key.replace('\n', ' '), fresh)) {
            if (place.journal().resumed()) {
                console.out().println("resuming the interrupted comparison in " + unfinished);
            }
            RankTable table = point.get();
            List<EvidenceRoads.Found> besides = new ArrayList<>();
            List<EvidenceScan.Scored> scored = evidences(place, besides);
            EvidenceTable evidence = new EvidenceTable(scored, main.name(), sides, besides);
            String diagnosis = evidence.diagnosis();
            Path directory = place.directory();
            AtomicFile.write(directory.resolve("ranks.csv"), table.csv());
            AtomicFile.write(directory.resolve("evidence.csv"), evidence.csv());
            AtomicFile.write(directory.resolve("diagnosis.txt"), diagnosis);
            AtomicFile.write(directory.resolve("summary.txt"), evidence.text(table));
            List<EvidenceScan.Scored> own =
                    scored.stream().filter(s -> s.variant().equals(main.name())).toList();
            AtomicFile.write(
                    directory.resolve(FIGURE),
                    RankPlot.svg(
                            "How many parts",
                            table.rows(),
                            own.stream().mapToDouble(s -> s.evidence().logZ()).toArray(),
                            own.stream().mapToDouble(s -> s.evidence().error()).toArray()));
            AtomicFile.write(
                    directory.resolve("result.json"),
                    RankRecord.json(
                            name,
                            Map.of(
                                    "request",
                                    request,
                                    "particles",
                                    Integer.toString(scan.particles()),
                                    "runs",
                                    Integer.toString(scan.runs())),
                            diagnosis.lines().findFirst().orElseThrow(),
                            hash,
                            scored.stream()
                                    .map(s -> new RankRecord.Row(s.variant(), s.rank(), s.evidence()))
                                    .toList(),
                            Machine.provenance(
                                    threads,
                                    seed,
                                    started,
                                    console.secondsSince(start),
                                    place.journal().resumed(),
                                    sources),
                            new FactorEngine().citations()));
            place.finish();
        }
        SummaryCommand.print(target, console.out());
        console.out()
                .printf("finished in %s; result in %s%n", StatusLine.duration(console.secondsSince(start)), target);
        console.out().println("  figure " + target.resolve(FIGURE));
    }

    /** @param besides evidences by other roads, added to */
    private List<EvidenceScan.Scored> evidences(Workplace place, List<EvidenceRoads.Found> besides) {
        StatusLine status = new StatusLine(console);
        Thread notice = new Thread(() -> {
            status.clear();
            console.err().println("interrupted; the same command goes on from here");
        });
        Runtime.getRuntime().addShutdownHook(notice);
        ExecutorService executor = Machine.workers(threads);
        try {
            List<EvidenceScan.Scored> scored = scan.run(
                    main,
                    others,
                    new RunContext(
                            RandomStream.of(seed).split("evidence"),
                            new Parallel(executor),
                            status,
                            Budget.UNLIMITED,
                            place.journal()));
            for (int rank = scan.from(); rank <= scan.to() && !roads.wanted().isEmpty(); rank++) {
                RunContext own = RunContext.of(seed + rank).with(new Parallel(executor));
                besides.addAll(roads.of(rank, main.model().apply(rank), own));
            }
            return scored;
        } finally {
            status.clear();
            executor.shutdownNow();
            Runtime.getRuntime().removeShutdownHook(notice);
        }
    }
}
