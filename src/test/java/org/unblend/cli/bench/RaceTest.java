package org.unblend.cli.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Solvers;

class RaceTest {

    /** Halves its distance to a limit every so many iterations; each iteration costs a second. */
    private record Halving(double limit, int every) implements Contender {
        @Override
        public String name() {
            return "halving";
        }

        private double objective(int iterations) {
            return limit + 100 * Math.pow(0.5, (double) iterations / every);
        }

        @Override
        public Timing time(int[] iterations) {
            return new Timing(
                    Arrays.stream(iterations).sum(),
                    Arrays.stream(iterations).mapToDouble(this::objective).toArray());
        }

        @Override
        public int[] reach(double[] targets, int most) {
            return Arrays.stream(targets)
                    .mapToInt(t -> {
                        int n = 1;
                        while (n < most && objective(n) > t) {
                            n++;
                        }
                        return n;
                    })
                    .toArray();
        }
    }

    private static RaceResult race(Contender ours, Contender rival, Goal.Kind kind, double tolerance)
            throws IOException {
        return new Race(ours, rival, new Goal(kind, 40, tolerance), 2, 3).run();
    }

    @Test
    void rivalsObjectiveIsTimedAtItsOwnIterations() throws IOException {
        RaceResult result = race(new Halving(1, 1), new Halving(1, 4), Goal.Kind.RIVAL, 0);
        assertArrayEquals(new int[] {40, 40}, result.rivalIterations());
        assertArrayEquals(new int[] {10, 10}, result.iterations());
        assertArrayEquals(new double[] {4, 4, 4}, result.ratios(), 1e-12);
        assertTrue(result.reached());
    }

    @Test
    void bestObjectiveBindsBoth() throws IOException {
        RaceResult result = race(new Halving(100, 1), new Halving(100, 2), Goal.Kind.BEST, 0.25);
        assertArrayEquals(new int[] {2, 2}, result.iterations());
        assertArrayEquals(new int[] {4, 4}, result.rivalIterations());
    }

    @Test
    void ownLimitsMayDiffer() throws IOException {
        RaceResult result = race(new Halving(200, 1), new Halving(100, 2), Goal.Kind.OWN, 0.25);
        assertArrayEquals(new int[] {1, 1}, result.iterations());
        assertArrayEquals(new int[] {4, 4}, result.rivalIterations());
    }

    @Test
    void missedTargetIsSaid() throws IOException {
        assertFalse(
                race(new Halving(2, 1), new Halving(1, 2), Goal.Kind.RIVAL, 0).reached());
    }

    @Test
    void portMakesTheStepsOfScikitLearn(@TempDir Path folder) throws IOException {
        var python = ScikitLearn.find(List.of("python3", "/usr/bin/python3"));
        Assumptions.assumeTrue(python.isPresent(), "no Python with scikit-learn was found");
        for (Loss loss : List.of(Loss.NORMAL, Loss.POISSON)) {
            boolean normal = loss.beta() == 2;
            for (Input input : List.of(Inputs.dense(40, 30, 4), Inputs.sparse(60, 50, 20))) {
                Contender peer = ScikitLearn.of(
                        python.get().command(),
                        Files.createTempDirectory(folder, "input"),
                        normal ? "cd" : "kl",
                        input);
                Contender port =
                        new Ours(Solvers.named(normal ? "cd-sklearn" : "mu").orElseThrow(), input.problem(loss), input);
                // Rows without a count end in 0 ln 0 there and here by different roundings.
                double expected = port.time(new int[] {7}).objectives()[0];
                assertEquals(expected, peer.time(new int[] {7}).objectives()[0], 1e-6 * expected);
                assertArrayEquals(new int[] {7}, peer.reach(new double[] {expected * (1 + 1e-5)}, 100));
            }
        }
    }
}
