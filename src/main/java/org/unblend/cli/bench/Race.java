package org.unblend.cli.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two sides in turn on one input.
 *
 * @param starts number of starts of the input
 * @param repeats how often each side is timed, at least 1
 */
record Race(Contender ours, Contender rival, Goal goal, int starts, int repeats) {
    /** The search for a target is given up after so many times the iterations of the goal. */
    private static final int PATIENCE = 4;

    /** Rounding of objectives that are summed in different orders. */
    private static final double ROUNDING = 1e-9;

    /** Finds the targets and the iterations to them, then times both sides, the rival first. */
    RaceResult run() throws IOException {
        int[] whole = new int[starts];
        Arrays.fill(whole, goal.iterations());
        int limit = PATIENCE * goal.iterations();
        Contender.Timing first = rival.time(whole);
        double[] rivalTargets = excess(first);
        double[] targets = rivalTargets;
        if (goal.kind() != Goal.Kind.RIVAL) {
            double[] own = excess(ours.time(whole));
            targets = own;
            if (goal.kind() == Goal.Kind.BEST) {
                Arrays.setAll(own, t -> Math.min(own[t], first.objectives()[t] * (1 + goal.tolerance())));
                rivalTargets = own;
            }
        }
        boolean asked = goal.kind() == Goal.Kind.RIVAL;
        // What a solver of ours does first also warms the JVM.
        boolean timed = asked && !(rival instanceof Ours);
        int[] rivalIterations = asked ? whole : rival.reach(rivalTargets, limit);
        int[] iterations = ours.reach(targets, limit);
        List<Contender.Timing> rivals = new ArrayList<>();
        List<Contender.Timing> own = new ArrayList<>();
        boolean reached = true;
        // A side that misses its target has no time to it; once is enough to show how far it comes.
        for (int r = 0; r < repeats && reached; r++) {
            rivals.add(r == 0 && timed ? first : rival.time(rivalIterations));
            own.add(ours.time(iterations));
            reached = below(own.get(r), targets) && below(rivals.get(r), rivalTargets);
        }
        return new RaceResult(iterations, rivalIterations, own, rivals, reached);
    }

    private double[] excess(Contender.Timing timing) {
        return Arrays.stream(timing.objectives())
                .map(v -> (1 + goal.tolerance()) * v)
                .toArray();
    }

    private static boolean below(Contender.Timing timing, double[] targets) {
        return IntStream.range(0, targets.length).allMatch(t -> timing.objectives()[t] <= (1 + ROUNDING) * targets[t]);
    }
}
