package org.unblend.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unblend.density.CompiledModel;
import org.unblend.model.Nearest;
import org.unblend.model.Parameter;
import org.unblend.model.op.Product;

/**
 * Chooses an engine from the structure of the graph.
 *
 * @param engines all engines, at least one, in order of preference among equals
 */
public record Planner(List<Engine> engines) {

    public Planner {
        if (engines.isEmpty()) {
            throw new IllegalArgumentException("a planner needs at least one engine");
        }
        engines = List.copyOf(engines);
    }

    /**
     * The best engine for these tasks.
     *
     * @param wanted name of the engine that the user insists on, if any
     * @throws InvalidRequest if no engine matches, the wanted one does not, or evidence is wanted under an improper prior
     */
    public Plan plan(CompiledModel model, Set<Task> tasks, Optional<String> wanted) {
        checkPriors(model, tasks);
        record Graded(Engine engine, Match match) {}
        List<Graded> graded = engines.stream()
                .map(e -> new Graded(e, e.match(model, tasks)))
                .sorted(Comparator.comparing((Graded g) -> g.match().fit()).reversed())
                .toList();
        Graded chosen = graded.get(0);
        if (wanted.isPresent()) {
            chosen = graded.stream()
                    .filter(g -> g.engine().name().equals(wanted.get()))
                    .findFirst()
                    .orElseThrow(() -> new InvalidRequest(
                            "R011",
                            "no engine is called '" + wanted.get() + "'",
                            Nearest.hint(
                                    wanted.get(),
                                    engines.stream().map(Engine::name).toList())));
        }
        if (chosen.match().fit().compareTo(wanted.isPresent() ? Fit.ON_REQUEST : Fit.COMPATIBLE) < 0) {
            // Engines of one kind often give the same reason.
            Map<String, List<String>> reasons = new LinkedHashMap<>();
            graded.forEach(g -> reasons.computeIfAbsent(
                            g.match().reason()
                                    + (g.match().fit() == Fit.ON_REQUEST ? " (only if asked for by name)" : ""),
                            r -> new ArrayList<>())
                    .add(g.engine().name()));
            throw new InvalidRequest(
                    "R012",
                    wanted.isPresent()
                            ? "engine '" + wanted.get() + "' cannot do this: "
                                    + chosen.match().reason()
                            : "no engine can do this: "
                                    + reasons.entrySet().stream()
                                            .map(e -> String.join(", ", e.getValue()) + ": " + e.getKey())
                                            .collect(Collectors.joining("; ")),
                    "change the model or what is wanted");
        }
        Engine best = chosen.engine();
        return new Plan(
                best,
                wanted.isPresent()
                        ? "asked for by name; " + chosen.match().reason()
                        : chosen.match().reason(),
                graded.stream()
                        .filter(g -> g.engine() != best)
                        .map(g -> new Plan.Rejected(
                                g.engine().name(), g.match().fit(), g.match().reason()))
                        .toList());
    }

    private static void checkPriors(CompiledModel model, Set<Task> tasks) {
        boolean evidence = tasks.contains(Task.EVIDENCE) || tasks.contains(Task.RANK);
        if (!evidence && !tasks.contains(Task.POSTERIOR)) {
            return;
        }
        Set<String> factors = model.graph().deterministics().stream()
                .filter(d -> d.op() instanceof Product)
                .flatMap(d -> d.op().inputs().stream())
                .collect(Collectors.toSet());
        for (Parameter p : model.graph().parameters()) {
            if (!p.prior().improper()) {
                continue;
            }
            if (evidence) {
                throw new InvalidRequest(
                        "R010",
                        "the prior of " + p.name() + " is improper, so the evidence is not defined",
                        "give it a proper prior, or do not ask for the evidence");
            }
            if (factors.contains(p.name())) {
                throw new InvalidRequest(
                        "R010",
                        "the prior of " + p.name()
                                + " is improper and the factor that it is multiplied with takes up any"
                                + " scale, so the posterior is not defined",
                        "give it a proper prior, such as exponential or gamma, or ask for the point estimate");
            }
        }
    }
}
