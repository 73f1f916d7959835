package org.unblend.nmf.rank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.unblend.ReferenceMatrix;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;
import org.unblend.math.GammaDraw;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.StopRule;
import org.unblend.radiative.ReferenceData;
import org.unblend.simulate.NeuralAssemblies;
import org.unblend.simulate.NeuralAssemblies.Recording;

class RankScanTest {
    private static final RandomStream RANDOM = RandomStream.of(11);
    private static final StopRule QUICK = new StopRule(100, 1e-5, 1e-2, 10);

    /** A fifth of the recording of the whole experiment. */
    @Test
    void findsFiveAssemblies() {
        Recording small = new Recording(80, 300, 5, 0.1, 0.15, 5, 2);
        RankSettings settings = new RankSettings(3, 7, 3, 1, 4, 0.8, true, QUICK);
        checkAssemblies(NeuralAssemblies.simulate(small, RandomStream.of(20)), settings);
    }

    @Test
    @Tag("slow")
    void findsFiveAssembliesInTheWholeRecording() {
        checkAssemblies(
                NeuralAssemblies.simulate(Recording.STANDARD, RandomStream.of(21)), RankSettings.of(1, 8, true));
    }

    private static void checkAssemblies(NeuralAssemblies recording, RankSettings settings) {
        FactorProblem problem = FactorProblem.of(recording.counts(), Loss.POISSON, 1, Penalty.NONE, Penalty.NONE);
        RankTable table = RankScan.of(problem, settings, RANDOM, Parallel.SERIAL);
        String shown = table.csv() + table.verdict();
        assertEquals(5, table.best(), shown);
        assertEquals(5, table.mostStable().orElse(0), shown);
        List<RankRow> rows = table.rows();
        for (int t = 1; t < rows.size(); t++) {
            // The validation curve is U-shaped; the fit itself only improves.
            boolean falling = rows.get(t).rank() <= 5;
            assertEquals(
                    falling,
                    rows.get(t).speckles().mean() < rows.get(t - 1).speckles().mean(),
                    shown);
            assertTrue(rows.get(t).objective() < rows.get(t - 1).objective(), shown);
            assertTrue(rows.get(t).svdResidual() <= rows.get(t).residual(), shown);
        }
    }

    /** Lines that overlap in a galaxy, three components, signal-to-noise ratio 100: everything finds three. */
    @Test
    void findsThreeComponentsOfTheBlueprint() {
        Dense x = ReferenceMatrix.read("nmf-blueprint/X_gal.csv.gz");
        Dense v = Dense.zeros(x.rows(), x.columns());
        for (double[] row : v.array()) {
            // The maps have unit mean, and noise of a hundredth of it.
            Arrays.fill(row, 1e4);
        }
        RankTable table = RankScan.of(
                FactorProblem.of(x, Loss.NORMAL, 1, Penalty.NONE, Penalty.NONE).weighted(v),
                new RankSettings(2, 4, 5, 1, 2, 0.8, true, new StopRule(1000, 1e-7, 1e-4, 10)),
                RANDOM,
                Parallel.SERIAL);
        String shown = table.csv() + table.verdict();
        assertEquals(3, table.best(), shown);
        assertEquals(3, table.bestByQuarters().orElse(0), shown);
        assertEquals(3, table.reachesNoise().orElse(0), shown);
        assertEquals(1, table.rows().get(1).reduced(), 0.04, shown);
    }

    /** Normal noise of known size: all measures find three, and entries of weight zero change no bit. */
    @Test
    void masksHaveNoInfluenceAndThreadsNeither() {
        Dense v = Dense.zeros(20, 60);
        RandomSource source = RandomStream.of(5).generator();
        for (double[] row : v.array()) {
            Arrays.setAll(row, j -> source.nextOpen() < 0.1 ? 0 : 400);
        }
        Dense x = noisy(20, 60, 3, 0.05);
        RankSettings settings = new RankSettings(2, 4, 3, 2, 4, 0.8, true, QUICK);
        RankTable table = RankScan.of(problem(x, v), settings, RANDOM, Parallel.SERIAL);
        String shown = table.csv() + table.verdict();
        assertTrue(table.alike().contains(3) && !table.alike().contains(2), shown);
        assertEquals(3, table.reachesNoise().orElse(0), shown);
        assertEquals(1, table.rows().get(1).reduced(), 0.2, shown);
        assertEquals(3, table.mostStable().orElse(0), shown);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 60; j++) {
                x.row(i)[j] = v.get(i, j) == 0 ? Double.NaN : x.get(i, j);
            }
        }
        ExecutorService pool = Executors.newFixedThreadPool(3);
        try {
            assertEquals(table, RankScan.of(problem(x, v), settings, RANDOM, new Parallel(pool)));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void gammaNoise() {
        Dense x = noisy(15, 50, 2, 0);
        RandomSource source = RandomStream.of(8).generator();
        for (double[] row : x.array()) {
            Arrays.setAll(row, j -> row[j] * Math.exp(GammaDraw.log(source, 20)) / 20);
        }
        RankTable table = RankScan.of(
                FactorProblem.of(x, Loss.gamma(20), 1, Penalty.NONE, Penalty.NONE),
                new RankSettings(1, 3, 3, 1, 3, 0.8, false, QUICK),
                RANDOM,
                Parallel.SERIAL);
        assertTrue(table.alike().contains(2) && !table.alike().contains(1), table.csv());
        assertEquals(1, table.rows().get(1).reduced(), 0.25, table.csv());
    }

    @Test
    void refusesWhatCannotBeCompared() {
        FactorProblem small = FactorProblem.of(noisy(4, 5, 1, 0.1), Loss.NORMAL, 1, Penalty.NONE, Penalty.NONE);
        RankSettings settings = new RankSettings(1, 6, 2, 1, 2, 1, false, QUICK);
        assertThrows(IllegalArgumentException.class, () -> RankScan.of(small, settings, RANDOM, Parallel.SERIAL));
        FactorProblem column = FactorProblem.of(noisy(9, 1, 1, 0.1), Loss.NORMAL, 1, Penalty.NONE, Penalty.NONE);
        assertThrows(
                IllegalArgumentException.class,
                () -> RankScan.of(column, RankSettings.of(1, 2, false), RANDOM, Parallel.SERIAL));
        assertThrows(IllegalArgumentException.class, () -> RankSettings.of(0, 3, true));
        assertThrows(IllegalArgumentException.class, () -> RankSettings.of(4, 3, true));
        assertThrows(IllegalArgumentException.class, () -> new RankSettings(1, 3, 1, 1, 2, 0.8, false, QUICK));
    }

    @Test
    void sentencesFollowTheTable() {
        RankTable apart =
                new RankTable(List.of(row(1, 9, 2.1, 1), row(2, 3, 0, 0), row(3, 4, 1, 0.2)), false, HoldOut.ENTRIES);
        assertEquals(List.of(2), apart.alike());
        assertTrue(apart.verdict().startsWith("Held-out entries are predicted best at rank 2; every other"));
        RankTable alike =
                new RankTable(List.of(row(1, 9, 6, 1), row(2, 3.1, 0.1, 0.2), row(3, 3, 0, 0)), false, HoldOut.ENTRIES);
        assertEquals(3, alike.best());
        assertEquals(List.of(2, 3), alike.alike());
        assertTrue(alike.verdict().startsWith("Held-out entries cannot tell ranks 2 and 3 apart"), alike.verdict());
        assertTrue(alike.verdict().contains("try larger ones"));
        assertEquals(4, alike.csv().lines().count());
        assertTrue(alike.reachesNoise().isEmpty());
    }

    /** Every observed entry is in one fold or none; no sample or feature loses all its entries to one fold. */
    @Test
    void speckles() {
        Dense v = Dense.zeros(6, 40);
        for (double[] row : v.array()) {
            Arrays.fill(row, 1);
        }
        v.row(0)[0] = 0;
        for (int i = 1; i < 6; i++) {
            v.row(i)[3] = 0;
        }
        Arrays.fill(v.row(5), 0);
        v.row(5)[7] = 1;
        int[][] folds = Speckles.deal(problem(noisy(6, 40, 2, 0.1), v), 4, RANDOM);
        assertEquals(Speckles.NEVER, folds[0][0]);
        assertEquals(Speckles.NEVER, folds[0][3]);
        assertEquals(Speckles.NEVER, folds[5][7]);
        for (int j = 10; j < 40; j++) {
            int[] count = new int[4];
            for (int i = 0; i < 5; i++) {
                count[folds[i][j]]++;
            }
            assertTrue(Arrays.stream(count).allMatch(n -> n >= 1 && n <= 2));
        }
    }

    /** Without noise the quarters are predicted exactly at the true rank, as theory promises. */
    @Test
    void quartersAreExactWithoutNoise() {
        Dense x = noisy(12, 30, 2, 0);
        StopRule exact = new StopRule(20_000, 0, 1e-9, 50);
        double[] deviance = new double[2];
        for (int rank = 1; rank <= 2; rank++) {
            FactorProblem problem = FactorProblem.of(x, Loss.NORMAL, rank, Penalty.NONE, Penalty.NONE);
            deviance[rank - 1] = CrossValidation.quarter(
                            problem,
                            CrossValidation.half(12, RANDOM.split(1)),
                            CrossValidation.half(30, RANDOM.split(2)),
                            new RankSettings(1, 2, 2, 1, 2, 1, false, exact),
                            RANDOM)
                    .mean();
        }
        assertTrue(deviance[0] > 1e-2 && deviance[1] < 1e-6, Arrays.toString(deviance));
    }

    /** Paired errors by hand: differences per entry 1, 3 over samples of equal size have mean 2 and error 1. */
    @Test
    void errorsAreThoseOfPairedSamples() {
        Held a = new Held(new double[] {10, 40}, new int[] {2, 2});
        Held b = new Held(new double[] {8, 34}, new int[] {2, 2});
        assertEquals(2, a.mean() - b.mean(), 1e-15);
        assertEquals(1, a.errorOfDifference(b), 1e-15);
        assertEquals(7.5, a.error(), 1e-15);
    }

    /** One wild sample hides a difference in the mean that the others agree on. By hand: W = 54 of 55, mean 27.5. */
    @Test
    void signedRanksWithstandOneWildSample() {
        double[] sum = {2, 3, 4, 5, 6, 7, 8, 9, 10, 1e6};
        int[] count = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Held a = new Held(sum, count);
        Held b = new Held(new double[] {3, 1, 1, 1, 1, 1, 1, 1, 1, 1}, count);
        assertTrue(a.mean() - b.mean() < 2 * a.errorOfDifference(b));
        assertEquals((54 - 27.5) / Math.sqrt(10 * 11 * 21 / 24.0), a.signedRank(b), 1e-12);
        assertEquals(-a.signedRank(b), b.signedRank(a), 1e-12);
        assertEquals(0, a.signedRank(a));
    }

    /** Twenty-one breast cancers, one of them with two fifths of all mutations: published analyses find 4 or 5. */
    @Test
    void breastCancers() {
        LabelledMatrix counts = MatrixReader.read(ReferenceData.path("real/breast21_sbs96.tsv"), false);
        RankTable table = RankScan.of(
                FactorProblem.of(counts.values(), Loss.POISSON, 1, Penalty.NONE, Penalty.NONE),
                new RankSettings(2, 6, 5, 2, 6, 0.8, true, new StopRule(500, 1e-6, 1e-3, 10)),
                RANDOM,
                Parallel.SERIAL);
        String shown = table.csv() + table.verdict();
        assertTrue(table.alike().contains(4) || table.alike().contains(5), shown);
        assertTrue(!table.alike().contains(2), shown);
        assertTrue(table.mostStable().orElse(0) >= 3 && table.mostStable().orElse(0) <= 5, shown);
        assertEquals(5, table.reachesNoise().orElse(0), shown);
    }

    /** Components that all runs share may be those of the noise: held-out entries limit the rank. */
    @Test
    void stableRanksThatHeldOutEntriesRejectDoNotCount() {
        RankTable few =
                new RankTable(List.of(row(1, 2, 1, 0.1), row(2, 1, 0, 0), row(3, 2, 1, 0.1)), false, HoldOut.ENTRIES);
        assertEquals(2, few.mostStable().orElse(0));
        assertTrue(few.verdict().contains("of those that held-out entries allow, is 2."), few.verdict());
        RankTable all = new RankTable(List.of(row(1, 2, 1, 0.1), row(2, 1, 0, 0)), false, HoldOut.ENTRIES);
        assertEquals(2, all.mostStable().orElse(0));
        assertTrue(all.verdict().contains("all components come back is 2."), all.verdict());
    }

    private static RankRow row(int rank, double heldOut, double excess, double excessError) {
        Score speckles = new Score(heldOut, 0.1, excess, excessError, 0);
        Score none = new Score(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0);
        return new RankRow(rank, speckles, none, 1, 1, 1, 1, 0, 0, 1, 1, 1);
    }

    private static FactorProblem problem(Dense x, Dense v) {
        return new FactorProblem(
                x, Optional.of(v), Loss.NORMAL, Component.free(1, Penalty.NONE), Component.free(1, Penalty.NONE));
    }

    /** Overlapping bumps with random strengths, a third of them absent, and Normal noise. */
    private static Dense noisy(int rows, int columns, int rank, double sd) {
        RandomSource source = RandomStream.of(17).generator();
        Dense x = Dense.zeros(rows, columns);
        for (int j = 0; j < columns; j++) {
            for (int k = 0; k < rank; k++) {
                double strength = source.nextOpen() < 0.33 ? 0.01 : source.nextOpen() + 0.1;
                for (int i = 0; i < rows; i++) {
                    double z = (i - rows * (k + 0.5) / rank) / (0.3 * rows / rank);
                    x.row(i)[j] += strength * (0.02 + Math.exp(-0.5 * z * z));
                }
            }
            for (int i = 0; i < rows; i++) {
                x.row(i)[j] += sd * source.nextGaussian();
            }
        }
        return x;
    }
}
