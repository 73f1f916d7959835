package org.unblend.nmf.start;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.diagnose.Alignment;
import org.unblend.infer.Finding;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Hals;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Moment;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.ScoringDescent;
import org.unblend.nmf.StopRule;

class StartsTest {
    private static final RandomStream RANDOM = RandomStream.of(7);

    /** The mean of |N| is sqrt(2/pi): the product has 2/pi of the mean of the data. 4 standard errors: 6e-5. */
    @Test
    void randomStartsHaveTheScaleOfTheData() {
        FactorProblem problem = normal(gradual(200, 300, 0), 6);
        Factors start = RandomStart.of(problem, RANDOM);
        double scale = Math.sqrt(Level.of(problem) / 6 * 2 / Math.PI);
        assertEquals(scale, mean(start.w()), 4 * 0.756 * scale / Math.sqrt(1200));
        assertEquals(scale, mean(start.h()), 4 * 0.756 * scale / Math.sqrt(1800));
        assertEquals(start.w(), RandomStart.of(problem, RANDOM).w());
    }

    @Test
    void scaleOfMaskedNegativeAndZeroData() {
        Dense x = Dense.of(new double[][] {{3, Double.NaN}, {-9, 1}});
        Dense v = Dense.of(new double[][] {{1, 0}, {1, 2}});
        FactorProblem problem = new FactorProblem(
                x, Optional.of(v), Loss.NORMAL, Component.free(1, Penalty.NONE), Component.free(1, Penalty.NONE));
        assertEquals(13.0 / 3, Level.of(problem), 1e-15);
        assertEquals(1, Level.of(normal(Dense.zeros(2, 2), 1)));
    }

    @Test
    void manyStartsDoNotDependOnThreads() {
        FactorProblem problem = normal(gradual(30, 40, 0.3), 4);
        ManyStarts serial = fit(problem, 8, Parallel.SERIAL);
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            ManyStarts threads = fit(problem, 8, new Parallel(pool));
            assertArrayEquals(serial.objectives(), threads.objectives());
            assertEquals(serial.best(), threads.best());
            assertEquals(
                    serial.bestFit().factors().w(), threads.bestFit().factors().w());
        } finally {
            pool.shutdown();
        }
        double[] sorted = serial.objectives();
        assertEquals(sorted[0], serial.bestFit().objective());
        assertEquals(8, serial.reached(1e9));
        assertTrue(serial.finding().message().contains("of 8 starts"));
        assertThrows(IllegalArgumentException.class, () -> fit(problem, 0, Parallel.SERIAL));
    }

    @Test
    void oneLuckyStartIsACaution() {
        ManyStarts starts = new ManyStarts(List.of(ending(3), ending(2), ending(1), ending(3), ending(3)));
        assertEquals(2, starts.best());
        assertEquals(1, starts.reached(1e-3));
        assertEquals(Finding.Severity.CAUTION, starts.finding().severity());
        assertEquals(
                Finding.Severity.OK,
                new ManyStarts(List.of(ending(1), ending(1.00001), ending(3), ending(3), ending(3)))
                        .finding()
                        .severity());
    }

    /** Data that are exactly a sum of parts: objectives like 1e-22 and 1e-24 are one optimum. */
    @Test
    void perfectFitsAreTheSameOptimum() {
        List<PointFit> fits = new ArrayList<>();
        for (double objective : new double[] {1e-24, 1e-22, 3e-22, 5e-23, 2e-22}) {
            PointFit f = ending(objective);
            fits.add(new PointFit(
                    f.solver(),
                    f.factors(),
                    objective,
                    0,
                    20,
                    true,
                    "",
                    List.of(new Moment(10, 1e-3, 0.1), new Moment(20, objective, 0)),
                    List.of()));
        }
        assertEquals(5, new ManyStarts(fits).reached(1e-4));
        assertEquals(Finding.Severity.OK, new ManyStarts(fits).finding().severity());
    }

    /** The first component of the growth is the strong one, whatever the order of the truth. */
    @Test
    void growthOrdersComponentsByStrength() {
        for (boolean strongFirst : new boolean[] {true, false}) {
            Dense truth = Dense.zeros(40, 2);
            for (int i = 0; i < 40; i++) {
                truth.row(i)[0] = Math.exp(-0.5 * Math.pow((i - 10) / 3.0, 2));
                truth.row(i)[1] = Math.exp(-0.5 * Math.pow((i - 28) / 3.0, 2));
            }
            RandomSource source = RandomStream.of(2).generator();
            Dense x = Dense.zeros(40, 60);
            for (int j = 0; j < 60; j++) {
                double a = (strongFirst ? 10 : 2) * source.nextOpen();
                double b = (strongFirst ? 2 : 10) * source.nextOpen();
                for (int i = 0; i < 40; i++) {
                    x.row(i)[j] = a * truth.get(i, 0) + b * truth.get(i, 1) + 0.05 * source.nextGaussian();
                }
            }
            FactorProblem problem = normal(x, 2);
            Factors grown = Growth.of(problem, new Hals(), Growth.BRIEF, RANDOM, Parallel.SERIAL);
            PointFit fit = new Hals().solve(problem, grown, StopRule.STANDARD);
            Alignment found = Alignment.of(truth, fit.factors().w());
            assertArrayEquals(strongFirst ? new int[] {0, 1} : new int[] {1, 0}, found.match());
            assertTrue(found.meanCosine() > 0.995, "cosine " + found.meanCosine());
        }
    }

    @Test
    void growthServesPoissonAndRefusesFixedComponents() {
        Dense x = gradual(12, 15, 0);
        FactorProblem problem = FactorProblem.of(x, Loss.POISSON, 3, Penalty.gamma(2, 1), Penalty.gamma(2, 1));
        Factors grown = Growth.of(problem, new ScoringDescent(), StopRule.iterations(5), RANDOM, Parallel.SERIAL);
        assertEquals(3, grown.w().columns());
        FactorProblem fixed = new FactorProblem(
                x, Optional.empty(), Loss.NORMAL, Component.fixed(1), Component.free(1, Penalty.NONE));
        assertThrows(
                IllegalArgumentException.class,
                () -> Growth.of(fixed, new Hals(), Growth.BRIEF, RANDOM, Parallel.SERIAL));
    }

    /** Components with something fixed are there from the beginning and keep it, whatever their place. */
    @Test
    void growthGoesOnBesideWhatIsFixed() {
        Dense x = gradual(12, 15, 0);
        Component free = new Component(Penalty.NONE, false);
        Component fixed = new Component(Penalty.NONE, true);
        List<Component> w = List.of(free, fixed, free);
        List<Component> h = List.of(free, free, fixed);
        FactorProblem problem = new FactorProblem(x, Optional.empty(), Loss.NORMAL, w, h);
        Factors given = RandomStart.of(problem, RANDOM);
        Factors grown = Growth.of(problem, given, new Hals(), Growth.BRIEF, RANDOM, Parallel.SERIAL);
        assertArrayEquals(given.w().transpose().row(1), grown.w().transpose().row(1));
        assertArrayEquals(given.h().row(2), grown.h().row(2));
        assertFalse(Arrays.equals(given.h().row(1), grown.h().row(1)));
        // Nothing but what is fixed comes from the given factors.
        Dense other = given.w().copy();
        Arrays.stream(other.array()).forEach(row -> row[0] = 99);
        assertEquals(
                grown,
                Growth.of(problem, new Factors(other, given.h()), new Hals(), Growth.BRIEF, RANDOM, Parallel.SERIAL));
    }

    private static ManyStarts fit(FactorProblem problem, int count, Parallel parallel) {
        return ManyStarts.fit(
                problem,
                new Hals(),
                count,
                t -> RandomStart.of(problem, RANDOM.split(t)),
                StopRule.iterations(20),
                parallel);
    }

    private static PointFit ending(double objective) {
        Dense one = Dense.of(new double[][] {{1}});
        return new PointFit("none", new Factors(one, one), objective, 0, 1, true, "", List.of(), List.of());
    }

    private static FactorProblem normal(Dense x, int rank) {
        return FactorProblem.of(x, Loss.NORMAL, rank, Penalty.NONE, Penalty.NONE);
    }

    private static Dense gradual(int rows, int columns, double noise) {
        RandomSource source = RandomStream.of(9).generator();
        Dense x = Dense.zeros(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                x.row(i)[j] =
                        1 + Math.sin(0.3 * i) * Math.cos(0.2 * j) + i % 3 * (j % 4) + noise * source.nextGaussian();
            }
        }
        return x;
    }

    private static double mean(Dense x) {
        return Arrays.stream(x.array())
                .flatMapToDouble(Arrays::stream)
                .average()
                .orElseThrow();
    }
}
