package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unblend.diagnose.PredictiveScore;
import org.unblend.diagnose.Weighted;
import org.unblend.io.PredictedData;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code diagnose}: whether a result is to be trusted, and how well its posterior predicts each datum. */
@Command(
        name = "diagnose",
        description = {
            "Tells whether a result is to be trusted, and how well its posterior predicts the data:",
            "each datum from the others, and all of them again."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "elpd is the expected log predictive density of data left out one at a time (PSIS-LOO), in nats; where",
            "k-hat is above 0.7 it is not to be trusted for that datum, which sways the posterior.",
            "Example: unblend diagnose results/line-maps/latest"
        })
final class DiagnoseCommand implements Callable<Integer> {
    /** Draws from which a tail can be told. */
    static final int FEWEST = 25;
    /** Entries that are named. */
    private static final int NAMED = 5;

    @Parameters(paramLabel = "DIR", description = "a result directory")
    private Path directory;

    private final Console console;

    DiagnoseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(directory.resolve("diagnosis.txt"))) {
            throw new BadInput(
                    "W005",
                    Place.of(directory),
                    "has no diagnosis.txt: it is no result directory, or one of a comparison of point fits",
                    "name the directory that 'unblend run' printed");
        }
        String diagnosis = JsonReader.text(directory.resolve("diagnosis.txt"));
        List<PredictedData> data = PredictedData.read(directory).stream()
                .filter(d -> d.draws() >= FEWEST)
                .toList();
        console.out().print(diagnosis);
        if (!data.isEmpty()) {
            console.out().println();
            console.out().print(text(data));
        }
        console.out().flush();
        return diagnosis.startsWith("DO NOT USE") ? ExitCode.NOT_USABLE : ExitCode.OK;
    }

    private static String text(List<PredictedData> data) {
        StringBuilder text = new StringBuilder(String.format(
                "%-14s %7s %6s  %-18s %10s %11s %12s %22s\n",
                "data",
                "entries",
                "draws",
                "elpd, left out",
                "elpd WAIC",
                "worst k-hat",
                "k-hat > 0.7",
                "inside 95 %, prior"));
        StringBuilder words = new StringBuilder();
        for (PredictedData d : data) {
            PredictiveScore score = PredictiveScore.of(d.logLikelihood(), d.observed().length);
            text.append(String.format(
                    Locale.ROOT,
                    "%-14s %7d %6d  %-18s %10.1f %11.2f %12s %22s",
                    d.name(),
                    score.entries(),
                    d.draws(),
                    String.format(Locale.ROOT, "%.1f ± %.1f", score.loo(), score.looError()),
                    score.waic(),
                    score.worst(),
                    score.bad() + " of " + score.entries(),
                    inside(d.observed(), d.posterior()) + ", " + inside(d.observed(), d.prior())));
            text.append('\n');
            if (score.bad() > 0) {
                words.append(score.bad() == 1 ? "One datum sways" : score.bad() + " data sway")
                        .append(" the posterior of ")
                        .append(d.name())
                        .append(" too much to be left out by weights: ")
                        .append(worst(d, score))
                        .append(".\n");
            }
        }
        return text.append(
                        "inside 95 %: data inside the central 95 % of what the posterior, and the prior, predicts for them\n")
                .append(words)
                .toString();
    }

    /** The entries with the largest k-hat above the limit. */
    private static String worst(PredictedData d, PredictiveScore score) {
        int[] bad = IntStream.range(0, score.entries())
                .filter(e -> score.tail()[e] > PredictiveScore.BAD)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer e) -> -score.tail()[e]))
                .mapToInt(Integer::intValue)
                .toArray();
        String names = Arrays.stream(bad)
                .limit(NAMED)
                .mapToObj(e -> d.labels().get(e) + String.format(Locale.ROOT, " (%.2f)", score.tail()[e]))
                .collect(Collectors.joining(", "));
        return bad.length > NAMED ? names + " and " + (bad.length - NAMED) + " more" : names;
    }

    private static String inside(double[] observed, double[] predicted) {
        int draws = predicted.length / observed.length;
        if (draws == 0) {
            return "-";
        }
        double[] equal = new double[draws];
        Arrays.fill(equal, 1);
        int inside = 0;
        for (int e = 0; e < observed.length; e++) {
            double[] column = new double[draws];
            for (int s = 0; s < draws; s++) {
                column[s] = predicted[s * observed.length + e];
            }
            double[] q = Weighted.quantiles(column, equal, 0.025, 0.975);
            inside += observed[e] >= q[0] && observed[e] <= q[1] ? 1 : 0;
        }
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * inside / observed.length);
    }
}
