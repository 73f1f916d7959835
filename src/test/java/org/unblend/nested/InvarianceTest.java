package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.density.FunctionTarget;
import org.unblend.density.Target;
import org.unblend.diagnose.KolmogorovSmirnov;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Forward draws, and forward draws followed by an explorer's moves, have the same law. A set of live points is drawn by
 * rejection from what is above a threshold, a fresh set each time; the explorer sees it and proposes; its first proposal
 * above the threshold must be distributed like another forward draw. Compared by two-sample Kolmogorov-Smirnov tests of
 * six functions of the position. Bonferroni: an explorer fails at p < 1e-3 / 6; a broken one must be caught at
 * p < 1e-6 / 6. Seeds are fixed.
 */
class InvarianceTest {
    private static final int LIVE = 60;
    private static final int REPEATS = 1000;
    private static final double FAULT = 1e-3 / 6;
    private static final double CAUGHT = 1e-6 / 6;

    static Stream<Arguments> sound() {
        List<ShrinkageTest.Maker> makers = List.of(RegionExplorer::new, SliceExplorer::new, ThriftyExplorer::new);
        return Stream.of(2, 4).flatMap(d -> makers.stream().map(m -> Arguments.of(d, m)));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void movesKeepTheLaw(int d, ShrinkageTest.Maker maker) {
        double p = smallestP(d, maker);
        assertTrue(p > FAULT, "p = " + p);
    }

    static Stream<ShrinkageTest.Maker> broken() {
        return Stream.of(Clipped::new, Greedy::new);
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenMovesAreCaught(ShrinkageTest.Maker maker) {
        double p = smallestP(2, maker);
        assertTrue(p < CAUGHT, "p = " + p);
    }

    private static double smallestP(int d, ShrinkageTest.Maker maker) {
        Target target = FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, InvarianceTest::logL));
        NestedSettings settings = NestedSettings.STANDARD.withLive(LIVE);
        double[][] forward = new double[REPEATS][];
        double[][] moved = new double[REPEATS][];
        double logVolume = logVolume(d);
        for (int r = 0; r < REPEATS; r++) {
            RandomStream random = RandomStream.of(5).split(d).split(r);
            Evaluator evaluator = new Evaluator(target, RunContext.of(0));
            RandomSource source = random.split("forward").generator();
            List<Point> live = Stream.generate(() -> draw(d, source))
                    .limit(LIVE)
                    .map(u -> new Point(u, u, logL(u), Double.NEGATIVE_INFINITY, 0))
                    .sorted(Comparator.comparingDouble(Point::logL))
                    .toList();
            Explorer explorer = maker.make(target, evaluator, settings, random.split("explorer"), Parallel.SERIAL);
            forward[r] = draw(d, source);
            moved[r] = first(explorer, new Front(live, List.of(), 0, logVolume), d);
        }
        double smallest = 1;
        for (int f = 0; f < 6; f++) {
            int which = f;
            double[] a =
                    Arrays.stream(forward).mapToDouble(u -> function(which, u)).toArray();
            double[] b =
                    Arrays.stream(moved).mapToDouble(u -> function(which, u)).toArray();
            smallest = Math.min(smallest, KolmogorovSmirnov.twoSamples(a, b));
        }
        return smallest;
    }

    private static double[] first(Explorer explorer, Front front, int d) {
        while (true) {
            Candidates c = explorer.next(front);
            for (int row = 0; row < c.rows(); row++) {
                if (c.logL()[row] > 0) {
                    return Arrays.copyOfRange(c.u(), row * d, (row + 1) * d);
                }
            }
        }
    }

    /** Positive in a bent band and, in two dimensions of it, in a ball apart; largest at the band's lower end. */
    private static double logL(double[] u) {
        double bend = u[1] - 0.25 - 1.5 * (u[0] - 0.4) * (u[0] - 0.4);
        double ball = 0;
        double rest = 0;
        for (int i = 0; i < u.length; i++) {
            double centre = i < 2 ? 0.8 : 0.5;
            ball += (u[i] - centre) * (u[i] - centre);
            rest = i < 2 ? rest : Math.max(rest, Math.abs(u[i] - 0.5));
        }
        boolean band = Math.abs(bend) < 0.1 && u[0] < 0.75 && rest < 0.3;
        return band ? 1 - u[0] : ball < 0.15 * 0.15 ? 0.5 + u[1] : -1;
    }

    private static double logVolume(int d) {
        RandomSource source = RandomStream.of(1).generator();
        int inside = 0;
        int all = 200_000;
        for (int i = 0; i < all; i++) {
            inside += logL(uniform(d, source)) > 0 ? 1 : 0;
        }
        return Math.log(inside / (double) all);
    }

    private static double[] draw(int d, RandomSource source) {
        double[] u = uniform(d, source);
        while (!(logL(u) > 0)) {
            u = uniform(d, source);
        }
        return u;
    }

    private static double[] uniform(int d, RandomSource source) {
        double[] u = new double[d];
        for (int i = 0; i < d; i++) {
            u[i] = source.nextOpen();
        }
        return u;
    }

    private static double function(int which, double[] u) {
        int last = u.length - 1;
        return switch (which) {
            case 0 -> u[0];
            case 1 -> u[1];
            case 2 -> logL(u);
            case 3 -> Math.abs(u[1] - 0.25 - 1.5 * (u[0] - 0.4) * (u[0] - 0.4));
            case 4 -> Math.hypot(u[0] - 0.8, u[1] - 0.8);
            default -> Math.abs(u[last] - 0.5);
        };
    }

    /** Direct draws from ellipsoids of 0.4 times the right size; around 60 points they are generous to begin with. */
    private record Clipped(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel)
            implements Explorer {
        @Override
        public Candidates next(Front front) {
            int d = target.cubeDimension();
            double[] u = LiveRegion.positions(front.live(), d);
            EllipsoidUnion tight = Region.fit(
                            u, d, front.live().size(), front.logVolume(), 5, true, random.split("fit"), parallel)
                    .union()
                    .scaled(0.4);
            double[] draws = new double[16 * d];
            tight.draw(random.split(evaluator.batches()).generator(), draws, 16, d);
            return Candidates.evaluate(draws, 16, target, evaluator);
        }

        @Override
        public String describe() {
            return "clipped";
        }
    }

    /** Slices that begin at the better of two live points: the start of a chain must not look at the likelihood. */
    private record Greedy(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel)
            implements Explorer {
        @Override
        public Candidates next(Front front) {
            int d = target.cubeDimension();
            RandomSource source = random.generator();
            int n = front.live().size();
            // Live points are in order of likelihood.
            int start = Math.max(source.nextInt(n), source.nextInt(n));
            SliceWalker walker = new SliceWalker(
                    EllipsoidUnion.ofUnitCube(d), LiveRegion.positions(front.live(), d), d, start, 0, 1, source);
            double[] u = new double[d];
            while (walker.propose(u, 0)) {
                double l = Candidates.evaluate(u.clone(), 1, target, evaluator).logL()[0];
                walker.judge(u, 0, l, l > front.threshold());
            }
            return Candidates.evaluate(walker.position().clone(), 1, target, evaluator);
        }

        @Override
        public String describe() {
            return "greedy";
        }
    }
}
