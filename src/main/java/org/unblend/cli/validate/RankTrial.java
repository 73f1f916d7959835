package org.unblend.cli.validate;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.unblend.infer.RunContext;
import org.unblend.mcmc.factor.RankPosterior;
import org.unblend.mcmc.factor.RankSearch;

/**
 * What evidences said of the rank of a simulated factorisation.
 *
 * @param set the data
 * @param posterior over ranks from 1
 * @param cpu seconds of processor time
 */
record RankTrial(KnownRank set, RankPosterior posterior, double cpu) {
    static final String HEADER = "noise,set,true rank,ln Z by rank,error by rank,cpu_s";

    /** Searches for the rank of a set. */
    static RankTrial of(KnownRank set, RankSearch search) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        double[] x = set.data();
        RunContext plain = RunContext.of(0);
        RunContext context = new RunContext(
                set.stream().split("evidence"),
                plain.parallel(),
                plain.progress(),
                plain.budget(),
                plain.journal(),
                plain.clock());
        RankPosterior found = search.of(rank -> set.model(rank, x), context);
        return new RankTrial(set, found, (threads.getCurrentThreadCpuTime() - start) / 1e9);
    }

    /** From its line in a file. */
    static RankTrial read(String line) {
        String[] cells = line.split(",");
        double[] logZ = numbers(cells[3]);
        return new RankTrial(
                new KnownRank(cells[0], Integer.parseInt(cells[1])),
                new RankPosterior(IntStream.rangeClosed(1, logZ.length).toArray(), logZ, numbers(cells[4])),
                Double.parseDouble(cells[5]));
    }

    String line() {
        return String.join(
                ",",
                set.noise(),
                Integer.toString(set.number()),
                Integer.toString(set.truth()),
                text(posterior.logZ()),
                text(posterior.error()),
                String.format(Locale.ROOT, "%.2f", cpu));
    }

    private static double[] numbers(String cell) {
        return Arrays.stream(cell.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static String text(double[] numbers) {
        return Arrays.stream(numbers)
                .mapToObj(v -> String.format(Locale.ROOT, "%.4f", v))
                .collect(Collectors.joining(" "));
    }

    boolean isRight() {
        return posterior.ranks()[posterior.best()] == set.truth();
    }

    /** Whether the truth cannot be told from the best rank, or is it. */
    boolean holdsTruth() {
        return posterior.alike().contains(set.truth());
    }

    /** Whether one rank is told from all others. */
    boolean isDecided() {
        return posterior.alike().size() == 1;
    }

    double probabilityOfBest() {
        return posterior.probability()[posterior.best()];
    }

    double probabilityOfTruth() {
        return posterior.probability()[set.truth() - posterior.ranks()[0]];
    }

    /** Sum of powers of the stated probabilities: of 2, the probability that they expect the truth to have. */
    double power(int exponent) {
        return Arrays.stream(posterior.probability())
                .map(p -> Math.pow(p, exponent))
                .sum();
    }

    /** Brier's score, the squared distance of the stated probabilities from the truth: 0 to 2. */
    double brier() {
        return 1 - 2 * probabilityOfTruth() + power(2);
    }
}
