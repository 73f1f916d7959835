package org.unblend.cli.bench;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.unblend.nmf.Loss;

/**
 * A comparison.
 *
 * @param name by which a user asks for it
 * @param input the input at a scale; 1 is full size
 * @param loss the noise
 * @param peer method of scikit-learn, if it has this model
 * @param port name of our port of a published method, taken without a peer
 * @param goal the objective to reach
 * @param wanted least ratio of the rival's CPU time to ours that we aim at
 */
record BenchCase(
        String name,
        DoubleFunction<Input> input,
        Loss loss,
        Optional<String> peer,
        String port,
        Goal goal,
        double wanted) {

    static final List<BenchCase> ALL = List.of(
            new BenchCase(
                    "dense",
                    s -> Inputs.dense(sized(2000, s), sized(2000, s), 20),
                    Loss.NORMAL,
                    Optional.of("cd"),
                    "cd-sklearn",
                    new Goal(Goal.Kind.BEST, 500, 0.01),
                    3),
            new BenchCase(
                    "sparse",
                    s -> Inputs.sparse(sized(20000, s), sized(5000, s), 20),
                    Loss.NORMAL,
                    Optional.of("cd"),
                    "cd-sklearn",
                    new Goal(Goal.Kind.RIVAL, 50, 1e-5),
                    2),
            new BenchCase(
                    "line-maps",
                    s -> Inputs.lineMaps(sized(50, s), sized(100, s)),
                    Loss.NORMAL,
                    Optional.of("cd"),
                    "cd-sklearn",
                    new Goal(Goal.Kind.OWN, 6000, 1e-4),
                    5),
            new BenchCase(
                    "weighted",
                    s -> Inputs.quasars(sized(5700, s), sized(750, s), 5),
                    Loss.NORMAL,
                    Optional.empty(),
                    "nearly-nmf",
                    new Goal(Goal.Kind.RIVAL, 500, 2e-5),
                    10),
            new BenchCase(
                    "kl-dense",
                    s -> Inputs.dense(sized(2000, s), sized(2000, s), 20),
                    Loss.POISSON,
                    Optional.of("kl"),
                    "mu",
                    new Goal(Goal.Kind.RIVAL, 200, 0),
                    5),
            new BenchCase(
                    "kl-sparse",
                    s -> Inputs.sparse(sized(20000, s), sized(5000, s), 20),
                    Loss.POISSON,
                    Optional.of("kl"),
                    "mu",
                    new Goal(Goal.Kind.RIVAL, 200, 0),
                    5));

    /** The case with this name, which must exist. */
    static BenchCase named(String name) {
        return ALL.stream().filter(c -> c.name().equals(name)).findFirst().orElseThrow();
    }

    private static int sized(int full, double scale) {
        return Math.max(10, (int) Math.round(scale * full));
    }
}
