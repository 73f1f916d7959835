package org.unblend.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistake;
import org.unblend.io.json.Place;
import org.unblend.io.run.LoadedRun;
import org.unblend.model.InvalidModel;
import org.unblend.nmf.graph.FactorPattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs about a matrix share: the data, their errors, and where the result goes. */
final class MatrixOptions {
    @Parameters(
            index = "0",
            paramLabel = "MATRIX",
            description = "the data, features x samples: .csv, .tsv, .npy, .mtx, .fits, each also with .gz")
    Path matrix;

    @Parameters(
            index = "1..*",
            paramLabel = "MAP",
            description = "more maps: MATRIX and these are FITS images of one region, a line each; NaN is missing")
    List<Path> more = List.of();

    @Mixin
    final MapOptions maps = new MapOptions();

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "a weight per entry, 0 = missing: inverse variances of normal data, else exponents")
    Path weights;

    @Option(
            names = "--sd",
            paramLabel = "FILE",
            description = "a standard deviation per entry of normal data; repeated for several maps")
    List<Path> sd;

    @Option(names = "--skip-missing", description = "take blank and NaN entries as not measured")
    boolean skipMissing;

    /** What an entry is that a sparse file does not store. */
    enum Unstored {
        ZERO,
        MISSING
    }

    @Option(
            names = "--unstored",
            paramLabel = "WHAT",
            description = "what an entry is that a sparse matrix does not store: zero (default) or missing")
    Unstored unstored;

    @Option(names = "--out", paramLabel = "DIR", description = "directory of the result; must not exist, or be empty")
    Path out;

    @Option(names = "--seed", paramLabel = "N", description = "seed of all random numbers (default: 1)")
    long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; no result depends on it (default: all cores)")
    int threads = Runtime.getRuntime().availableProcessors();

    /** @throws BadInput if there is no place for the result or no thread */
    void check() {
        refuseBelowOne("--threads", threads);
        if (out == null) {
            throw bad("C003", "there is no place for the result", "add --out DIR");
        }
    }

    /** Refuses a number below one, naming its option. */
    void refuseBelowOne(String option, int value) {
        if (value < 1) {
            throw bad("C001", option + " is " + value, "give a whole number from 1");
        }
    }

    /** The files of standard deviations. */
    List<Path> sds() {
        return sd == null ? List.of() : sd;
    }

    /** A mistake of the command line. */
    BadInput bad(String code, String reason, String remedy) {
        return new BadInput(code, Place.of(matrix), reason, remedy);
    }

    /** What is wrong with the model that the command line describes. */
    BadInput bad(InvalidModel e) {
        return new BadInput(e.flaws().stream()
                .map(f -> new Mistake(
                        f.code(),
                        Place.of(matrix),
                        (f.node().isEmpty() ? "" : f.node() + ": ") + f.reason(),
                        f.remedy()))
                .toList());
    }

    /**
     * Refuses priors that leave the scale of a component free, in the words of the command line: the planner could only
     * list what each engine refuses.
     *
     * @param otherwise what may be done instead of giving both priors
     */
    void requireMode(FactorPattern pattern, String otherwise) {
        if (pattern.problem().freeScale().isPresent()) {
            int component = pattern.problem().freeScale().getAsInt();
            throw bad(
                    "N008",
                    "of " + pattern.components().get(component)
                            + ", only one factor has a prior other than flat: the other can grow without bound, so the posterior has"
                            + " no mode",
                    "give both --prior-w and --prior-h" + otherwise);
        }
    }

    /** The wanted threads; the caller ends them. */
    ExecutorService executor() {
        return Machine.workers(threads);
    }

    /**
     * Hashes of the files that determined a result.
     *
     * @param more files beside those of the options
     */
    List<String> sources(List<Path> more) {
        return Stream.of(
                        Stream.of(matrix),
                        this.more.stream(),
                        Stream.ofNullable(weights),
                        sds().stream(),
                        more.stream())
                .flatMap(f -> f)
                .map(f -> LoadedRun.Source.of(f).toString())
                .toList();
    }

    /** The options that decide the result, for its record. */
    Map<String, String> request() {
        Map<String, String> request = new TreeMap<>();
        request.put("matrix", matrix.toString());
        put(request, "weights", weights);
        put(request, "sd", sd == null ? null : words(sd));
        put(request, "more", more.isEmpty() ? null : words(more));
        maps.addTo(request);
        request.put("skip_missing", Boolean.toString(skipMissing));
        put(request, "unstored", unstored == null ? null : unstored.name().toLowerCase(Locale.ROOT));
        return request;
    }

    /** Words with commas between them. */
    static String words(List<?> list) {
        return list.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private static void put(Map<String, String> request, String key, Object value) {
        if (value != null) {
            request.put(key, value.toString());
        }
    }
}
