package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unblend.density.CompiledModel;
import org.unblend.density.FunctionTarget;
import org.unblend.density.Parts;
import org.unblend.density.Target;
import org.unblend.diagnose.KolmogorovSmirnov;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.Probit;
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
        List<ShrinkageTest.Maker> makers =
                List.of(RegionExplorer::new, SliceExplorer::new, ThriftyExplorer::new, ReflectionExplorer::new);
        return Stream.concat(
                Stream.of(2, 4).flatMap(d -> makers.stream().map(m -> Arguments.of(Case.bent(d), m))),
                Stream.of(hierarchy(), counts())
                        .flatMap(c -> Stream.<ShrinkageTest.Maker>of(BlockExplorer::new, ReflectionExplorer::new)
                                .map(m -> Arguments.of(c, m))));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void movesKeepTheLaw(Case c, ShrinkageTest.Maker maker) {
        double p = smallestP(c, maker);
        assertTrue(p > FAULT, "p = " + p);
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(Case.bent(2), (ShrinkageTest.Maker) Clipped::new),
                Arguments.of(Case.bent(2), (ShrinkageTest.Maker) Greedy::new),
                Arguments.of(Case.bent(2), (ShrinkageTest.Maker) InvarianceTest::wrongPrior),
                Arguments.of(Case.bent(2), (ShrinkageTest.Maker) InvarianceTest::wrongNormal),
                Arguments.of(hierarchy(), (ShrinkageTest.Maker) InvarianceTest::stale));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void brokenMovesAreCaught(Case c, ShrinkageTest.Maker maker) {
        double p = smallestP(c, maker);
        assertTrue(p < CAUGHT, "p = " + p);
    }

    /**
     * What is drawn from.
     *
     * @param threshold log likelihood to be exceeded
     * @param functions of the position that are compared
     */
    private record Case(
            String name, Target target, double threshold, int steps, List<ToDoubleFunction<double[]>> functions) {

        static Case bent(int d) {
            return new Case(
                    "bent " + d,
                    FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, InvarianceTest::bent))
                            .withGradient(InvarianceTest::towardsTheBand),
                    0,
                    NestedSettings.STANDARD.steps(),
                    IntStream.range(0, 6)
                            .<ToDoubleFunction<double[]>>mapToObj(f -> u -> function(f, u))
                            .toList());
        }

        /** Parts of a graph, moved for one sweep: the start of a chain is a draw, so that one must do. */
        static Case ofGraph(CompiledModel model, double threshold) {
            int d = model.cubeDimension();
            return new Case(
                    model.graph().name(),
                    model,
                    threshold,
                    1,
                    List.of(
                            u -> u[0],
                            u -> u[1],
                            u -> logL(model, u),
                            u -> u[0] + u[d - 1],
                            u -> Arrays.stream(u)
                                    .map(v -> (v - 0.5) * (v - 0.5))
                                    .sum(),
                            u -> u[d - 1]));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** Three groups, two numbers that they share; about a tenth of the prior. */
    private static Case hierarchy() {
        return Case.ofGraph(BlockProblems.hierarchy(3, 1).model(), -26);
    }

    /** Two rows and three columns of rank 1. */
    private static Case counts() {
        return Case.ofGraph(BlockProblems.counts(2, 3).model(), -48);
    }

    private static double smallestP(Case c, ShrinkageTest.Maker maker) {
        Target target = c.target();
        int d = target.cubeDimension();
        NestedSettings settings = NestedSettings.STANDARD.withLive(LIVE).withSteps(c.steps());
        double[][] forward = new double[REPEATS][];
        double[][] moved = new double[REPEATS][];
        double logVolume = logVolume(c);
        for (int r = 0; r < REPEATS; r++) {
            RandomStream random = RandomStream.of(5).split(d).split(r);
            Evaluator evaluator = new Evaluator(target, RunContext.of(0));
            RandomSource source = random.split("forward").generator();
            List<Point> live = Stream.generate(() -> draw(c, source))
                    .limit(LIVE)
                    .map(u -> new Point(u, theta(target, u), logL(target, u), Double.NEGATIVE_INFINITY, 0))
                    .sorted(Comparator.comparingDouble(Point::logL))
                    .toList();
            Explorer explorer = maker.make(target, evaluator, settings, random.split("explorer"), Parallel.SERIAL);
            forward[r] = draw(c, source);
            moved[r] = first(explorer, new Front(live, List.of(), c.threshold(), logVolume), d);
        }
        double smallest = 1;
        for (ToDoubleFunction<double[]> f : c.functions()) {
            double[] a = Arrays.stream(forward).mapToDouble(f).toArray();
            double[] b = Arrays.stream(moved).mapToDouble(f).toArray();
            smallest = Math.min(smallest, KolmogorovSmirnov.twoSamples(a, b));
        }
        return smallest;
    }

    private static double[] theta(Target target, double[] u) {
        double[] theta = new double[target.dimension()];
        target.priorTransform(u, theta, 1);
        return theta;
    }

    private static double logL(Target target, double[] u) {
        double[] logL = new double[1];
        target.logLikelihood(theta(target, u), logL, 1);
        return logL[0];
    }

    private static double[] first(Explorer explorer, Front front, int d) {
        while (true) {
            Candidates c = explorer.next(front);
            for (int row = 0; row < c.rows(); row++) {
                if (c.logL()[row] > front.threshold()) {
                    return Arrays.copyOfRange(c.u(), row * d, (row + 1) * d);
                }
            }
        }
    }

    /** Positive in a bent band and, in two dimensions of it, in a ball apart; largest at the band's lower end. */
    private static double bent(double[] u) {
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

    /**
     * Stands for the derivatives of {@link #bent}, which has none where it is -1: the direction to the middle of the band. Not
     * at all places a good one, but that must not matter.
     */
    private static void towardsTheBand(double[] u, double[] out, int rows) {
        int d = u.length / rows;
        for (int r = 0; r < rows; r++) {
            double bend = u[r * d + 1] - 0.25 - 1.5 * (u[r * d] - 0.4) * (u[r * d] - 0.4);
            for (int i = 0; i < d; i++) {
                out[r * d + i] = i == 1 ? -bend : i == 0 ? 3 * bend * (u[r * d] - 0.4) : 0.5 - u[r * d + i];
            }
        }
    }

    private static double logVolume(Case c) {
        RandomSource source = RandomStream.of(1).generator();
        int inside = 0;
        int all = 200_000;
        for (int i = 0; i < all; i++) {
            inside += logL(c.target(), uniform(c.target().cubeDimension(), source)) > c.threshold() ? 1 : 0;
        }
        return Math.log(inside / (double) all);
    }

    private static double[] draw(Case c, RandomSource source) {
        double[] u = uniform(c.target().cubeDimension(), source);
        while (!(logL(c.target(), u) > c.threshold())) {
            u = uniform(c.target().cubeDimension(), source);
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
            case 2 -> bent(u);
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

    private static Explorer wrongPrior(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        return new Reflections(target, evaluator, random, true);
    }

    private static Explorer wrongNormal(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        return new Reflections(target, evaluator, random, false);
    }

    /**
     * Reflections that are not sound. Either what flies is {@code 2 Φ^-1(u)}, of which a standard normal law is not the prior. Or
     * the normal is that of the place where the step began, which the way back does not see.
     */
    private record Reflections(Target target, Evaluator evaluator, RandomStream random, boolean wrongPrior)
            implements Explorer {
        private static final int ROUNDS = 20;

        @Override
        public Candidates next(Front front) {
            int d = target.cubeDimension();
            RandomSource source = random.split(evaluator.batches()).generator();
            double[] start =
                    front.live().get(source.nextInt(front.live().size())).u();
            Flight flight = Flight.free(d);
            double[] y = flight.enter(start);
            Arrays.setAll(y, i -> y[i] * (wrongPrior ? 2 : 1));
            ReflectionWalker walker = new ReflectionWalker(flight, y, 0, ROUNDS, 0.3, 0.3, source);
            double[] flown = new double[d];
            double[] slope = new double[d];
            while (walker.propose(flown, 0)) {
                double[] u = cube(flown);
                Candidates c = Candidates.evaluate(u, 1, target, evaluator);
                if (walker.judge(c.logL()[0], c.logL()[0] > front.threshold())) {
                    double[] before = new double[d];
                    flight.leave(walker.position(), before, 0);
                    double[] at = wrongPrior ? u : before;
                    target.cubeGradient().orElseThrow().apply(at, at, slope, 1);
                    walker.reflect(flown, slope, 0);
                }
            }
            flight.leave(walker.position(), flown, 0);
            return Candidates.evaluate(cube(flown), 1, target, evaluator);
        }

        private double[] cube(double[] flown) {
            return Arrays.stream(flown)
                    .map(v -> wrongPrior ? Probit.cdf(Probit.quantile(v) / 2) : v)
                    .toArray();
        }

        @Override
        public String describe() {
            return "broken";
        }
    }

    private static Explorer stale(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        return new BlockExplorer(new Stale((CompiledModel) target), evaluator, settings, random, parallel);
    }

    /**
     * A graph of groups whose likelihood is not found again when what the groups share moves, as if that reached the data in no
     * way: but with fixed coordinates of the cube the groups move along.
     */
    private record Stale(CompiledModel model) implements Target {
        @Override
        public int cubeDimension() {
            return model.cubeDimension();
        }

        @Override
        public List<String> names() {
            return model.names();
        }

        @Override
        public void priorTransform(double[] u, double[] theta, int rows) {
            model.priorTransform(u, theta, rows);
        }

        @Override
        public int logLikelihood(double[] theta, double[] out, int rows) {
            return model.logLikelihood(theta, out, rows);
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public Optional<Parts> parts() {
            Parts sound = model.parts().orElseThrow();
            return Optional.of(new Parts() {
                @Override
                public List<Block> blocks() {
                    return sound.blocks();
                }

                @Override
                public List<Glide> glides() {
                    return List.of();
                }

                @Override
                public Moving at(double[] u) {
                    return new StaleMoving(model, sound.at(u));
                }
            });
        }
    }

    private static final class StaleMoving implements Parts.Moving {
        private final CompiledModel model;
        private final Parts.Moving sound;
        private double[] before;
        private boolean shared;

        StaleMoving(CompiledModel model, Parts.Moving sound) {
            this.model = model;
            this.sound = sound;
        }

        @Override
        public double[] position() {
            return sound.position();
        }

        @Override
        public void propose(int block, double[] u) {
            before = sound.theta().clone();
            shared = block == 0;
            sound.propose(block, u);
        }

        @Override
        public void glide(int glide, double length, RandomSource source) {
            throw new UnsupportedOperationException();
        }

        @Override
        public double[] theta() {
            return sound.theta();
        }

        @Override
        public double logLikelihood() {
            double[] stale = new double[1];
            model.logLikelihood(before, stale, 1);
            return shared ? stale[0] : sound.logLikelihood();
        }

        @Override
        public boolean failed() {
            return sound.failed();
        }

        @Override
        public void accept() {
            sound.accept();
        }

        @Override
        public void refuse() {
            sound.refuse();
        }
    }
}
