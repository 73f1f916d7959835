package org.unblend.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.unblend.io.EvidenceRecord;
import org.unblend.io.PredictedData;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code compare}: models by their evidence. */
@Command(
        name = "compare",
        description = {
            "Compares models of the same data by evidence and by predictions of data left out:",
            "tables, and what may be concluded. Without evidences, by predictions alone."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "ln B is the logarithm of the Bayes factor against the best. Evidences depend on the priors.",
            "elpd is the expected log predictive density of data left out one at a time (PSIS-LOO), in nats.",
            "Example: unblend compare results/ngc1068/latest results/ngc1068-lines/latest"
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "DIR",
            arity = "2..*",
            description = "result directories of runs that wanted evidence, or posterior")
    private List<Path> directories;

    private final Console console;

    CompareCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Mistakes mistakes = new Mistakes();
        Set<Path> named = new HashSet<>();
        List<EvidenceRecord> results = new ArrayList<>();
        List<Path> lacking = new ArrayList<>();
        Map<Path, List<PredictedData>> predicted = new LinkedHashMap<>();
        for (Path directory : directories) {
            if (!named.add(directory.toAbsolutePath().normalize())) {
                mistakes.add("W009", Place.of(directory), "is named twice", "name each result once");
                continue;
            }
            mistakes.attempt(() -> PredictedData.read(directory)).ifPresent(d -> predicted.put(directory, d));
            if (EvidenceRecord.isLacking(directory)
                    && !predicted.getOrDefault(directory, List.of()).isEmpty()) {
                lacking.add(directory);
            } else {
                mistakes.attempt(() -> EvidenceRecord.read(directory)).ifPresent(results::add);
            }
        }
        for (EvidenceRecord r : results) {
            if (!r.observed().equals(results.get(0).observed())) {
                mistakes.add(
                        "W010",
                        Place.of(r.directory()),
                        "its observed data differ from those of "
                                + results.get(0).directory()
                                + ", and evidences of different data mean nothing together",
                        "compare runs of the same data");
            }
        }
        mistakes.throwIfAny();
        List<PredictionComparison.Row> predictions = predictions(predicted, mistakes);
        if (!lacking.isEmpty() && predictions.isEmpty()) {
            mistakes.add(
                    "W007",
                    Place.of(lacking.get(0)),
                    "the result has no evidence, and not all results have draws that predict the data",
                    "put \"evidence\" into \"want\" of its run file and run it again");
        }
        mistakes.throwIfAny();
        EvidenceComparison comparison = new EvidenceComparison(results);
        if (lacking.isEmpty()) {
            console.out().println(comparison.table());
            comparison.sentences().forEach(console.out()::println);
        } else {
            console.out()
                    .println("No evidence in "
                            + lacking.stream()
                                    .map(d -> d.normalize().toString())
                                    .collect(Collectors.joining(", "))
                            + ": compared by predictions alone.");
        }
        if (!predictions.isEmpty()) {
            console.out().println();
            console.out().print(new PredictionComparison(predictions).text());
        }
        console.out().flush();
        return lacking.isEmpty() && comparison.unusable() ? ExitCode.NOT_USABLE : ExitCode.OK;
    }

    /** Scores of all results, whose data must be the same; none if one of them has no draws that predict. */
    private List<PredictionComparison.Row> predictions(Map<Path, List<PredictedData>> read, Mistakes mistakes) {
        List<PredictionComparison.Row> rows = new ArrayList<>();
        Object[] first = null;
        for (Map.Entry<Path, List<PredictedData>> of : read.entrySet()) {
            List<PredictedData> data = of.getValue();
            if (data.isEmpty() || data.get(0).draws() < DiagnoseCommand.FEWEST) {
                return List.of();
            }
            Object[] observed = data.stream().map(PredictedData::observed).toArray();
            first = first == null ? observed : first;
            if (!Arrays.deepEquals(first, observed)) {
                mistakes.add(
                        "W010",
                        Place.of(of.getKey()),
                        "its observed data differ from those of " + directories.get(0)
                                + ", and scores of different data mean nothing together",
                        "compare runs of the same data");
                return List.of();
            }
            rows.add(new PredictionComparison.Row(of.getKey(), PredictedData.score(data)));
        }
        return rows;
    }
}
