package org.unblend.infer;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unblend.density.CompiledModel;

/**
 * An algorithm that answers tasks about a model graph. It optimises or samples exactly the density of the graph, priors
 * included, or it does not match. Stateless; a seed fixes its result, whatever the number of threads.
 */
public interface Engine {

    /** Name in run files. */
    String name();

    /** The numbers and words that a run file may set under {@code engine}. */
    List<Knob> knobs();

    /** Names of the rules by which it can choose where to start, the usual one first; none if it has no choice. */
    default List<String> startingRules() {
        return List.of();
    }

    /** How well it suits this model and these tasks, and why. */
    Match match(CompiledModel model, Set<Task> tasks);

    /**
     * What the engine decides from this problem beyond {@link #match}, and why, as a clause that a plan can print; empty if
     * there is nothing to tell.
     *
     * @throws InvalidRequest if the values of its knobs do not go with one another or with the problem
     */
    default Optional<String> detail(Problem problem) {
        return Optional.empty();
    }

    /** Answers. Called only for problems that {@link #match}. */
    Result run(Problem problem, RunContext context);

    /** What to cite when its results are shown. */
    List<String> citations();
}
