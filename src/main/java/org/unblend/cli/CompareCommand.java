package org.unblend.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.unblend.io.EvidenceRecord;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code compare}: models by their evidence. */
@Command(
        name = "compare",
        description = "Compares models of the same data by evidence: a table, and what may be concluded.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "ln B is the logarithm of the Bayes factor against the best. Evidences depend on the priors.",
            "Example: unblend compare results/ngc1068/latest results/ngc1068-lines/latest"
        })
final class CompareCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", arity = "2..*", description = "result directories of runs that wanted evidence")
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
        for (Path directory : directories) {
            if (!named.add(directory.toAbsolutePath().normalize())) {
                mistakes.add("W009", Place.of(directory), "is named twice", "name each result once");
                continue;
            }
            mistakes.attempt(() -> EvidenceRecord.read(directory)).ifPresent(results::add);
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
        EvidenceComparison comparison = new EvidenceComparison(results);
        console.out().println(comparison.table());
        comparison.sentences().forEach(console.out()::println);
        console.out().flush();
        return comparison.unusable() ? ExitCode.NOT_USABLE : ExitCode.OK;
    }
}
