package org.unblend.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the verbs about a matrix share: the data, their errors, and where the result goes. */
final class MatrixOptions {
    @Parameters(
            paramLabel = "MATRIX",
            description = "the data, features x samples: .csv, .tsv, .npy, .mtx, .fits, each also with .gz")
    Path matrix;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description = "a weight per entry, 0 = missing: inverse variances of normal data, else exponents")
    Path weights;

    @Option(names = "--sd", paramLabel = "FILE", description = "a standard deviation per entry of normal data")
    Path sd;

    @Option(names = "--skip-missing", description = "take blank and NaN entries as not measured")
    boolean skipMissing;

    @Option(names = "--out", paramLabel = "DIR", description = "directory of the result; must not exist, or be empty")
    Path out;

    @Option(
            names = "--solver",
            paramLabel = "NAME",
            description = "insist on a solver: hals, weighted-cd, scoring-cd, anls, mu, nearly-nmf, shift-nmf,"
                    + " cd-sklearn (default: chosen from the model)")
    String solver;

    @Option(names = "--starts", paramLabel = "N", description = "random starts, of which the best counts (default: 20)")
    Integer starts;

    @Option(names = "--iterations", paramLabel = "N", description = "limit of iterations of a start (default: 5000)")
    Integer iterations;

    @Option(names = "--seed", paramLabel = "N", description = "seed of all random numbers (default: 1)")
    long seed = 1;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "threads; no result depends on it (default: all cores)")
    int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--show-model", description = "print the model as JSON, and do nothing else")
    boolean showModel;

    /** @throws BadInput if the options contradict each other or are out of range */
    void check() {
        refuseBelowOne("--threads", threads);
        refuseBelowOne("--starts", starts == null ? 1 : starts);
        refuseBelowOne("--iterations", iterations == null ? 1 : iterations);
        if (out == null && !showModel) {
            throw bad("C003", "there is no place for the result", "add --out DIR");
        }
    }

    /** Refuses a number below one, naming its option. */
    void refuseBelowOne(String option, int value) {
        if (value < 1) {
            throw bad("C001", option + " is " + value, "give a whole number from 1");
        }
    }

    /** A mistake of the command line. */
    BadInput bad(String code, String reason, String remedy) {
        return new BadInput(code, Place.of(matrix), reason, remedy);
    }

    /** The options that decide the result, for its record. */
    Map<String, String> request() {
        Map<String, String> request = new TreeMap<>();
        request.put("matrix", matrix.toString());
        put(request, "weights", weights);
        put(request, "sd", sd);
        request.put("skip_missing", Boolean.toString(skipMissing));
        return request;
    }

    private static void put(Map<String, String> request, String key, Object value) {
        if (value != null) {
            request.put(key, value.toString());
        }
    }
}
