package org.unblend.model;

import java.util.List;
import java.util.Optional;

/**
 * Each entry independently from one family, given the arguments at that entry.
 *
 * @param family the family
 * @param args one argument for each of {@code family.arguments()}, in that order
 */
public record Independent(Family family, List<Arg> args) implements Distribution {

    public Independent {
        args = List.copyOf(args);
        if (args.size() != family.arguments().size()) {
            throw new InvalidModel(
                    "M010",
                    "",
                    family.name() + " takes " + family.arguments() + ", got " + args,
                    "give each of its arguments once");
        }
        numbers(args).flatMap(family::invalid).ifPresent(why -> {
            throw new InvalidModel("M011", "", family.name() + ": " + why, "correct the argument");
        });
    }

    /** The distribution of this family with these arguments. */
    public static Independent of(Family family, Arg... args) {
        return new Independent(family, List.of(args));
    }

    @Override
    public String name() {
        return family.name();
    }

    @Override
    public List<String> argumentNames() {
        return family.arguments();
    }

    @Override
    public boolean improper() {
        return family.improper();
    }

    @Override
    public boolean mixed() {
        return family.mixed();
    }

    @Override
    public boolean discrete() {
        return family.discrete();
    }

    /** The arguments as numbers, if none of them is a node. */
    public Optional<double[]> numbers() {
        return numbers(args);
    }

    private static Optional<double[]> numbers(List<Arg> args) {
        return args.stream().allMatch(Arg.Value.class::isInstance)
                ? Optional.of(
                        args.stream().mapToDouble(a -> ((Arg.Value) a).value()).toArray())
                : Optional.empty();
    }

    @Override
    public String toString() {
        return family.name() + args;
    }
}
