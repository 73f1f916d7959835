package org.unblend.nmf.start;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Solver;

/** The rules by which a point factorisation can choose where to start. */
public enum StartRule {
    /** {@link RandomStart}. */
    RANDOM(true, false),
    /** {@link Nndsvd} with its zeros, which multiplicative updates never leave. */
    NNDSVD(false, false),
    /** {@link Nndsvd} with zeros replaced by the mean. */
    NNDSVDA(false, false),
    /** {@link Nndsvd} with zeros replaced by small random numbers. */
    NNDSVDAR(true, false),
    /** {@link Growth}. */
    GROW(true, true);

    private final boolean random;
    private final boolean ordered;

    StartRule(boolean random, boolean ordered) {
        this.random = random;
        this.ordered = ordered;
    }

    /** The rule with this name, in small letters, if there is one. */
    public static Optional<StartRule> named(String name) {
        return Stream.of(values()).filter(r -> r.text().equals(name)).findFirst();
    }

    /** The names of all rules, the usual one first. */
    public static List<String> names() {
        return Stream.of(values()).map(StartRule::text).toList();
    }

    /** Its name, in small letters. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if starts differ between random streams, so that several of them are worth trying. */
    public boolean random() {
        return random;
    }

    /** True if the order of the components tells something. */
    public boolean ordered() {
        return ordered;
    }

    /**
     * A start.
     *
     * @param given values of fixed components; those of free ones are not used. What is fixed is right only in starts that
     *     {@link #GROW} gives, the caller puts it into others
     * @param solver fits what {@link #GROW} grows
     * @throws IllegalArgumentException as {@link Nndsvd#of}
     */
    public Factors of(FactorProblem problem, Factors given, Solver solver, RandomStream random, Parallel parallel) {
        return switch (this) {
            case RANDOM -> RandomStart.of(problem, random);
            case NNDSVD -> Nndsvd.of(problem, Nndsvd.Zeros.KEEP, random);
            case NNDSVDA -> Nndsvd.of(problem, Nndsvd.Zeros.MEAN, random);
            case NNDSVDAR -> Nndsvd.of(problem, Nndsvd.Zeros.RANDOM, random);
            case GROW -> Growth.of(problem, given, solver, Growth.BRIEF, random, parallel);
        };
    }
}
