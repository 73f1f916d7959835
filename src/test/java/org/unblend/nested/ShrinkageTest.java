package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.density.FunctionTarget;
import org.unblend.density.Target;
import org.unblend.diagnose.KolmogorovSmirnov;
import org.unblend.infer.Budget;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * The shrinkage test of Buchner (2016, Statistics and Computing 26, 383): where the volume V above a likelihood is known,
 * {@code (V_(i+1)/V_i)^n} must be uniform. The thresholds are p < 1e-4 for a fault and p < 1e-6 for catching a broken
 * sampler; seeds are fixed, and a change of the random streams has 1 chance in 10,000 per dimension to raise an alarm.
 */
class ShrinkageTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void volumesOfCubesShrinkAsTheyMust(int d) {
        assertTrue(pValue(Shape.cube(d), d, 400, 6000, RegionExplorer::new) > 1e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void volumesOfBallsShrinkAsTheyMust(int d) {
        assertTrue(pValue(Shape.ball(d), d, 400, 6000, RegionExplorer::new) > 1e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void volumesShrinkAsTheyMustBySlices(int d) {
        assertTrue(pValue(Shape.cube(d), d, 400, 6000, SliceExplorer::new) > 1e-4);
        assertTrue(pValue(Shape.ball(d), d, 400, 6000, SliceExplorer::new) > 1e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void volumesShrinkAsTheyMustByReflections(int d) {
        assertTrue(pValue(Shape.cube(d), d, 400, 3000, ReflectionExplorer::new) > 1e-4);
        assertTrue(pValue(Shape.ball(d), d, 400, 3000, ReflectionExplorer::new) > 1e-4);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 20})
    void volumesShrinkAsTheyMustInLongRunsBySlices(int d) {
        int live = d == 20 ? 1000 : 400;
        assertTrue(pValue(Shape.cube(d), d, live, 12_000, SliceExplorer::new) > 1e-4);
        assertTrue(pValue(Shape.ball(d), d, live, 12_000, SliceExplorer::new) > 1e-4);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {2, 7, 20})
    void volumesShrinkAsTheyMustInLongRuns(int d) {
        assertTrue(pValue(Shape.cube(d), d, d == 20 ? 1000 : 400, 12_000, RegionExplorer::new) > 1e-4);
        // In 20 dimensions the balls that fit into the cube are reached too late: e^-17 of its volume.
        assertTrue(d == 20 || pValue(Shape.ball(d), d, 400, 12_000, RegionExplorer::new) > 1e-4);
    }

    /**
     * Judged on balls, whose whole surface is then missed. On cubes an ellipsoid that is too small misses the corners
     * alike at all levels, so that volumes still shrink in the right ratios: the test is blind to that.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void aRegionTenPerCentTooSmallIsCaught(int d) {
        assertTrue(pValue(Shape.ball(d), d, 400, 6000, Shrunk::new) < 1e-6);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7})
    void slicesThatAreTooShortAreCaught(int d) {
        assertTrue(pValue(Shape.ball(d), d, 400, 6000, Timid::new) < 1e-6);
    }

    /** A likelihood, the ln of the prior volume above its values, and the ln volume below which that is exact. */
    private record Shape(Target target, DoubleUnaryOperator logVolume, double start) {
        static Shape cube(int d) {
            return new Shape(
                    Problems.hyperPyramid(d).withGradient((u, out, rows) -> inwards(u, out, d)),
                    l -> Problems.hyperPyramidLogVolume(d, l),
                    0);
        }

        /** {@code -|u - 1/2|^(1/100)}, with ball-shaped contours inside the cube. */
        static Shape ball(int d) {
            FunctionTarget target = FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, u -> {
                double sum = 0;
                for (double v : u) {
                    sum += (v - 0.5) * (v - 0.5);
                }
                return -Math.pow(sum, 0.005);
            }));
            double unit = 0.5 * d * Math.log(Math.PI) - Gamma.logGamma(0.5 * d + 1);
            // The direction of the derivatives is all that counts.
            target = target.withGradient((u, out, rows) -> Arrays.setAll(out, i -> 0.5 - u[i]));
            return new Shape(target, l -> unit + 100 * d * Math.log(-l), unit + d * Math.log(0.5));
        }
    }

    /** From the wall of a cube that is nearest, towards the middle. */
    private static void inwards(double[] u, double[] out, int d) {
        Arrays.fill(out, 0);
        for (int r = 0; r < u.length; r += d) {
            int farthest = r;
            for (int i = r; i < r + d; i++) {
                farthest = Math.abs(u[i] - 0.5) > Math.abs(u[farthest] - 0.5) ? i : farthest;
            }
            out[farthest] = 0.5 - u[farthest];
        }
    }

    @FunctionalInterface
    interface Maker {
        Explorer make(
                Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel);
    }

    /** @param counted deaths after the volume from which on the shape's volumes are exact */
    private static double pValue(Shape shape, int d, int live, int counted, Maker maker) {
        int deaths = counted + (int) Math.ceil(-shape.start() * live);
        Target target = shape.target();
        RunContext context = RunContext.of(11);
        Evaluator evaluator = new Evaluator(target, context);
        NestedSettings settings = NestedSettings.STANDARD.withLive(live);
        Explorer explorer =
                maker.make(target, evaluator, settings, context.random().split("x"), Parallel.SERIAL);
        NestedRun[] current = new NestedRun[1];
        Budget budget = () -> current[0].deaths() >= deaths ? Optional.of("enough") : Optional.empty();
        current[0] = new NestedRun(
                target,
                settings,
                1e-12,
                explorer,
                evaluator,
                budget,
                context.random().split("y"),
                r -> {});
        RunRecord record = current[0].run();
        // Contours that are cut by the walls of the cube do not count.
        double[] logVolume = record.points().stream()
                .limit(record.points().size() - record.remaining())
                .mapToDouble(p -> shape.logVolume().applyAsDouble(p.logL()))
                .filter(v -> v < shape.start())
                .toArray();
        double[] t = new double[logVolume.length - 1];
        for (int i = 0; i < t.length; i++) {
            t[i] = Math.exp(live * (logVolume[i + 1] - logVolume[i]));
        }
        return KolmogorovSmirnov.uniform(t);
    }

    /** Draws from the ellipsoid through the farthest live point, with all axes shortened by a tenth. */
    private record Shrunk(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel)
            implements Explorer {
        /** Small, since the fault only shows while the region is fresh. */
        private static final int BATCH = 16;

        @Override
        public Candidates next(Front front) {
            List<Point> live = front.live();
            double threshold = front.threshold();
            int d = target.cubeDimension();
            double[] u = new double[live.size() * d];
            int[] all = new int[live.size()];
            for (int i = 0; i < all.length; i++) {
                System.arraycopy(live.get(i).u(), 0, u, i * d, d);
                all[i] = i;
            }
            Ellipsoid e = Ellipsoid.around(u, all, 0, all.length, d, all.length, -1e9);
            double farthest = 0;
            for (int i = 0; i < all.length; i++) {
                farthest = Math.max(farthest, e.distance2(u, i * d));
            }
            RandomSource source =
                    random.split(Double.doubleToLongBits(threshold)).generator();
            double[] draws = new double[BATCH * d];
            new EllipsoidUnion(List.of(e.scaled(0.9 * Math.sqrt(farthest)))).draw(source, draws, BATCH, d);
            return Candidates.evaluate(draws, BATCH, target, evaluator);
        }

        @Override
        public String describe() {
            return "broken";
        }
    }

    /** Slice sampling within a small ball around the starting point, so that nothing is forgotten. */
    private record Timid(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel)
            implements Explorer {
        @Override
        public Candidates next(Front front) {
            List<Point> live = front.live();
            double threshold = front.threshold();
            int d = target.cubeDimension();
            double[] u = LiveRegion.positions(live, d);
            int[] all = new int[live.size()];
            Arrays.setAll(all, i -> i);
            Ellipsoid sigma = Ellipsoid.oneSigma(u, all, 0, all.length, d).scaled(0.02);
            RandomSource source =
                    random.split(Double.doubleToLongBits(threshold)).generator();
            int start = source.nextInt(live.size());
            double[] x = live.get(start).u();
            Ellipsoid small = new Ellipsoid(x, sigma.factor(), sigma.inverse(), sigma.logVolume());
            SliceWalker walker = new SliceWalker(
                    new EllipsoidUnion(List.of(small)),
                    u,
                    d,
                    start,
                    live.get(start).logL(),
                    3 * d,
                    source);
            double[] y = new double[d];
            while (walker.propose(y, 0)) {
                double l = Candidates.evaluate(y.clone(), 1, target, evaluator).logL()[0];
                walker.judge(y, 0, l, l > threshold);
            }
            return Candidates.evaluate(walker.position(), 1, target, evaluator);
        }

        @Override
        public String describe() {
            return "broken";
        }
    }
}
