package org.unblend.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.infer.Start;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.model.Nearest;
import org.unblend.nmf.start.StartRule;
import picocli.CommandLine.Option;

/** Where a factorisation begins. */
final class StartOptions {
    private static final String EXPLAINED = "where to begin: random; nndsvd, nndsvda or nndsvdar (singular vectors with"
            + " zeros, with the mean or with small random numbers in their place); grow (one component after the other,"
            + " which orders them); or two tables W.csv,H.csv (default: random)";

    @Option(names = "--init", paramLabel = "START", description = EXPLAINED)
    private String init;

    /**
     * Refuses what is neither a rule nor two files, and many starts that would all be the same.
     *
     * @param starts how many were asked for, if that was said
     */
    void check(MatrixOptions options, Optional<Integer> starts) {
        if (init == null) {
            return;
        }
        Optional<StartRule> rule = StartRule.named(init);
        if (rule.isEmpty() && init.indexOf(',') < 0) {
            throw options.bad(
                    "C002",
                    "no start is called '" + init + "'",
                    Nearest.hint(init, StartRule.names()) + "; or give two files as W.csv,H.csv");
        }
        if (starts.orElse(1) > 1 && !rule.map(StartRule::random).orElse(false)) {
            throw options.bad(
                    "C002",
                    "--init " + init + " is one start, and --starts asks for " + starts.get(),
                    "leave --starts out, or take a random start");
        }
    }

    /** The files. */
    List<Path> files() {
        return init == null || init.indexOf(',') < 0
                ? List.of()
                : Stream.of(init.split(",", -1)).map(f -> Path.of(f.strip())).toList();
    }

    /**
     * The start, if one was asked for.
     *
     * @throws BadInput if a file is no such factor of the data, with row and column
     */
    Optional<Start> start(MatrixOptions options, MatrixData data, FactorBlocks blocks) {
        List<Path> files = files();
        if (files.isEmpty()) {
            return Optional.ofNullable(init).map(Start.ByRule::new);
        }
        if (files.size() != 2) {
            throw options.bad("C002", "--init names " + files.size() + " files", "give two, as W.csv,H.csv");
        }
        int rank = blocks.blocks().stream().mapToInt(List::size).sum();
        LabelledMatrix w = FactorTable.ofW(files.get(0), data.x());
        requireRank(files.get(0), "columns", w.values().columns(), rank);
        LabelledMatrix h = FactorTable.ofH(files.get(1), data.x());
        requireRank(files.get(1), "rows", h.values().rows(), rank);
        return Optional.of(
                new Start.At(blocks.values(w.values().dense(), h.values().dense())));
    }

    private static void requireRank(Path file, String lines, int found, int rank) {
        if (found != rank) {
            throw new BadInput(
                    "X050",
                    Place.of(file),
                    "has " + found + " " + lines + ", --rank is " + rank,
                    "give one per component");
        }
    }

    /** Adds these options to the record of what was asked for. */
    void addTo(Map<String, String> request) {
        Optional.ofNullable(init).ifPresent(i -> request.put("init", i));
    }
}
