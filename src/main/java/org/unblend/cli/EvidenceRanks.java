package org.unblend.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.unblend.infer.Budget;
import org.unblend.infer.RunContext;
import org.unblend.io.AtomicFile;
import org.unblend.io.Workplace;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.EvidenceScan;
import org.unblend.nmf.rank.RankTable;

/** Compares ranks by evidence, beside the criteria of point fits; goes on where an interrupted comparison stopped. */
final class EvidenceRanks {
    private final Console console;
    private final MatrixOptions options;
    private final EvidenceOptions how;
    private final EvidenceModels models;
    private final int from;
    private final int to;

    EvidenceRanks(
            Console console, MatrixOptions options, EvidenceOptions how, EvidenceModels models, int from, int to) {
        this.console = console;
        this.options = options;
        this.how = how;
        this.models = models;
        this.from = from;
        this.to = to;
    }

    /**
     * Compares and writes the result.
     *
     * @param request options on which the evidences depend, beside data and settings
     * @param point makes the table of point criteria
     */
    void run(String request, Supplier<RankTable> point) throws IOException {
        EvidenceScan scan = new EvidenceScan(from, to, how.particles(), how.runs());
        String key = String.join(
                "|",
                Version.text(),
                models.main().model().apply(from).fingerprint(),
                request,
                Long.toString(options.seed),
                scan.toString(),
                Boolean.toString(how.sensitivity()));
        try (Workplace place =
                Workplace.open(RunCommand.beside(options.out), options.out, key.replace('\n', ' '), how.fresh)) {
            if (place.journal().resumed()) {
                console.out().println("resuming the interrupted comparison in " + RunCommand.beside(options.out));
            }
            RankTable table = point.get();
            List<EvidenceScan.Scored> scored = evidences(scan, place);
            EvidenceTable evidence = new EvidenceTable(scored, models.main().name(), models.sides());
            AtomicFile.write(place.directory().resolve("ranks.csv"), table.csv());
            AtomicFile.write(place.directory().resolve("evidence.csv"), evidence.csv());
            AtomicFile.write(place.directory().resolve("diagnosis.txt"), evidence.diagnosis());
            AtomicFile.write(place.directory().resolve("summary.txt"), evidence.text(table));
            place.finish();
        }
    }

    private List<EvidenceScan.Scored> evidences(EvidenceScan scan, Workplace place) {
        StatusLine status = new StatusLine(console);
        Thread notice = new Thread(() -> {
            status.clear();
            console.err().println("interrupted; the same command goes on from here");
        });
        Runtime.getRuntime().addShutdownHook(notice);
        ExecutorService executor = options.executor();
        try {
            return scan.run(
                    models.main(),
                    how.sensitivity() ? models.others() : List.of(),
                    new RunContext(
                            RandomStream.of(options.seed).split("evidence"),
                            new Parallel(executor),
                            status,
                            Budget.UNLIMITED,
                            place.journal()));
        } finally {
            status.clear();
            executor.shutdownNow();
            Runtime.getRuntime().removeShutdownHook(notice);
        }
    }
}
