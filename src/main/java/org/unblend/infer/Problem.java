package org.unblend.infer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unblend.density.CompiledModel;

/**
 * A question to an engine.
 *
 * @param model the compiled graph
 * @param tasks what is wanted, at least one
 * @param precision how well
 * @param knobs values of the engine's knobs, all of them, by name
 * @param start where to begin, if that is not left to the engine
 */
public record Problem(
        CompiledModel model, Set<Task> tasks, Precision precision, Map<String, Double> knobs, Optional<Start> start) {

    public Problem {
        if (tasks.isEmpty()) {
            throw new IllegalArgumentException("nothing is wanted: name at least one task");
        }
        tasks = Set.copyOf(tasks);
        knobs = Map.copyOf(knobs);
    }

    /** A question that leaves the start to the engine. */
    public Problem(CompiledModel model, Set<Task> tasks, Precision precision, Map<String, Double> knobs) {
        this(model, tasks, precision, knobs, Optional.empty());
    }
}
