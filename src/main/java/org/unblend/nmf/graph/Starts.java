package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Start;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.Complaint;
import org.unblend.model.Nearest;
import org.unblend.model.Parameter;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Solver;
import org.unblend.nmf.start.StartRule;

/** Where the fits of a point factorisation begin. */
public final class Starts {
    /** Squares of products of two such numbers are finite. */
    private static final double LARGEST = 1e75;

    private final FactorPattern pattern;
    private final StartRule rule;
    /** Values of parameters by name; a parameter that is not among them starts by the rule. */
    private final Map<String, double[]> given;

    private Starts(FactorPattern pattern, StartRule rule, Map<String, double[]> given) {
        this.pattern = pattern;
        this.rule = rule;
        this.given = given;
    }

    /**
     * Understands what was asked for; random starts if nothing was.
     *
     * @throws InvalidRequest if there is no such rule or parameter, or a given start has the wrong size or an entry at which
     *     the posterior is zero
     */
    public static Starts of(FactorPattern pattern, Optional<Start> asked) {
        if (asked.isPresent() && asked.get() instanceof Start.At at) {
            at.values().forEach((name, values) -> check(pattern, name, values));
            Starts starts = new Starts(pattern, StartRule.RANDOM, at.values());
            checkSizes(pattern, starts.at(0, null, RandomStream.of(0), Parallel.SERIAL));
            return starts;
        }
        if (asked.isPresent() && asked.get() instanceof Start.Draws) {
            throw new InvalidRequest(
                    "R017", "a search for a mode does not begin with draws", "give a rule, or values of parameters");
        }
        StartRule rule = asked.map(s -> rule(((Start.ByRule) s).rule())).orElse(StartRule.RANDOM);
        if (rule == StartRule.NNDSVD) {
            refuseZeros(pattern.problem());
        }
        return new Starts(pattern, rule, Map.of());
    }

    private static StartRule rule(String name) {
        return StartRule.named(name)
                .orElseThrow(() -> new InvalidRequest(
                        "N009", "no start is called '" + name + "'", Nearest.hint(name, StartRule.names())));
    }

    private static void check(FactorPattern pattern, String name, double[] values) {
        Parameter parameter = pattern.parameters()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        "N009",
                        "the start names " + name + ", which is no unknown factor",
                        Nearest.hint(
                                name, pattern.parameters().map(Parameter::name).toList())));
        if (values.length != parameter.dims().size()) {
            throw new InvalidRequest(
                    "N009",
                    "the start of " + name + " has " + values.length + " values, needed are "
                            + parameter.dims().size(),
                    "give one per entry of " + name + parameter.dims());
        }
    }

    /** No descent leaves a component of zeros, nor comes back from where squares overflow. */
    private static void checkSizes(FactorPattern pattern, Factors start) {
        double[][] w = start.w().transpose().array();
        double[][] h = start.h().array();
        for (int k = 0; k < w.length; k++) {
            double ofW = Arrays.stream(w[k]).max().orElse(0);
            double ofH = Arrays.stream(h[k]).max().orElse(0);
            String name = pattern.components().get(k);
            if (ofW == 0 && ofH == 0) {
                throw new InvalidRequest(
                        "N009",
                        "the start of " + name + " is 0 in both factors, which no descent leaves",
                        "give one of them values above 0");
            }
            if (Math.max(ofW, ofH) > LARGEST) {
                throw new InvalidRequest(
                        "N009",
                        "the start of " + name + " has an entry of " + Math.max(ofW, ofH)
                                + ", whose square cannot be computed safely",
                        "begin nearer to the size of the data");
            }
        }
    }

    private static void refuseZeros(FactorProblem problem) {
        if (problem.w().stream().anyMatch(Starts::excludesZero)
                || problem.h().stream().anyMatch(Starts::excludesZero)) {
            throw new InvalidRequest(
                    "N009",
                    "the start nndsvd has zeros, which a gamma or log-normal prior excludes",
                    "take nndsvda or nndsvdar, which replace them");
        }
    }

    private static boolean excludesZero(Component c) {
        return !c.fixed() && c.penalty().excludesZero();
    }

    /** True if all starts would be the same. */
    public boolean areOne() {
        return !rule.random() || pattern.parameters().allMatch(p -> given.containsKey(p.name()));
    }

    /**
     * How many fits are worth while.
     *
     * @param most as many as wanted
     */
    int count(int most) {
        // A convex problem is led to the same place by every start: Normal and Poisson noise with a linear mean.
        boolean convex = pattern.linear() && pattern.problem().loss().beta() >= 1;
        return convex || areOne() ? 1 : most;
    }

    /** True if components keep the order in which they start. */
    boolean ordered() {
        return rule.ordered() || !given.isEmpty();
    }

    /**
     * The start with this index.
     *
     * @param solver fits what grows
     * @param random stream of all starts
     * @throws InvalidRequest if the rule cannot start this problem
     */
    Factors at(int index, Solver solver, RandomStream random, Parallel parallel) {
        FactorProblem problem = pattern.problem();
        try {
            Factors start = rule.of(problem, pattern.constants(), solver, random.split(index), parallel);
            Factors placed = pattern.withConstants(pattern.with(given, start));
            problem.check(placed);
            return placed;
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e.getMessage(), "take another start");
            throw new InvalidRequest("N009", wrong.reason(), wrong.remedy());
        }
    }
}
