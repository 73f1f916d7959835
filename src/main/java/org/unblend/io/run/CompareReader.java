package org.unblend.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unblend.infer.Task;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.model.ModelGraph;

/** Reads {@code "compare": true} and, of simulated data, {@code "truth": {"W": "W.csv", "H": "H.csv"}}. */
final class CompareReader {
    private CompareReader() {}

    /** What the run says; empty, with notes where it makes no sense, if nothing is to be compared. */
    static Optional<RunFile.Compare> read(Path file, Fields fields, Set<Task> want, Mistakes mistakes) {
        Optional<Json> value = fields.find("compare");
        boolean literal = value.isPresent()
                && value.get() instanceof Json.Literal l
                && !l.value().equals("null");
        if (value.isPresent() && !literal) {
            mistakes.add(
                    "J005",
                    value.get().place(),
                    "true or false is expected here, not " + value.get().kind(),
                    "write \"compare\": true");
        }
        boolean compare = literal && ((Json.Literal) value.get()).value().equals("true");
        Map<String, Path> truth = new LinkedHashMap<>();
        Fields given = fields.objectOrEmpty("truth");
        for (String node : given.keys()) {
            given.find(node).flatMap(given::asText).ifPresent(f -> truth.put(node, file.resolveSibling(f)));
        }
        if (compare && !want.containsAll(Set.of(Task.POINT, Task.POSTERIOR))) {
            mistakes.add(
                    "R018",
                    fields.placeOf("compare"),
                    "a comparison sets a point estimate beside a posterior, and "
                            + (want.contains(Task.POINT)
                                    ? "no posterior is"
                                    : want.contains(Task.POSTERIOR) ? "no point estimate is" : "neither is")
                            + " wanted",
                    "write \"want\": [\"point\", \"posterior\"]");
        }
        if (!compare && fields.keys().contains("truth")) {
            mistakes.add(
                    "R019",
                    fields.placeOf("truth"),
                    "true values are for a comparison of point and posterior, and none is wanted",
                    "add \"compare\": true, or take the truth out");
        }
        return compare
                ? Optional.of(new RunFile.Compare(
                        truth, fields.placeOf(fields.keys().contains("truth") ? "truth" : "compare")))
                : Optional.empty();
    }

    /** The true values of parameters that the run names, as {@link FactorTables} reads them. */
    static Map<String, double[]> truth(RunFile run, ModelGraph graph, Mistakes mistakes) {
        return run.compare()
                .map(c -> new FactorTables("R019", "the truth", c.place()).read(c.truth(), graph, mistakes))
                .orElse(Map.of());
    }
}
