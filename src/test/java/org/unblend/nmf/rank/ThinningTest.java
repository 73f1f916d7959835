package org.unblend.nmf.rank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.StartRule;

/** Held-out counts: the division is multinomial, the deviance that of all entries, and the rank is found. */
class ThinningTest {
    private static final RandomStream RANDOM = RandomStream.of(31);
    private static final StopRule QUICK = new StopRule(200, 1e-6, 1e-3, 10);

    /** Topics: each feature belongs to one part, each sample is of two parts; about 9 in 10 entries are 0. */
    private static Sparse counts(int rows, int columns, int rank, double level) {
        RandomSource source = RandomStream.of(77).generator();
        Dense x = Dense.zeros(rows, columns);
        for (int j = 0; j < columns; j++) {
            int one = source.nextInt(rank);
            int other = source.nextInt(rank);
            double share = source.nextOpen();
            for (int i = 0; i < rows; i++) {
                double mean =
                        0.01 + (i % rank == one ? level * share : 0) + (i % rank == other ? level * (1 - share) : 0);
                x.row(i)[j] = PoissonDraw.next(source, mean);
            }
        }
        return Sparse.of(x);
    }

    private static FactorProblem problem(Sparse x, int rank) {
        return FactorProblem.of(x, Loss.POISSON, rank, Penalty.NONE, Penalty.NONE);
    }

    @Test
    void everyCountFallsIntoOneFold() {
        Sparse x = counts(40, 60, 3, 30);
        double[] sum = new double[x.value().length];
        for (int f = 0; f < 4; f++) {
            int[] fold = Thinning.fold(x, 4, f, RANDOM);
            double all = 0;
            double total = 0;
            for (int p = 0; p < sum.length; p++) {
                sum[p] += fold[p];
                all += fold[p];
                total += x.value()[p];
            }
            // A quarter of the counts, binomial; beyond 4 standard deviations once in 16,000 folds.
            assertEquals(total / 4, all, 4 * Math.sqrt(total * 3 / 16), "fold " + f);
        }
        assertArrayEquals(x.value(), sum);
    }

    /** The deviance that sums zeros as a whole is that of every entry on its own. */
    @Test
    void zerosCountAsTheOtherEntriesDo() {
        Sparse x = counts(20, 30, 3, 4);
        FactorProblem problem = problem(x, 3);
        RankSettings settings = new RankSettings(3, 3, 4, 1, 2, 1, true, QUICK);
        RandomStream fit = RANDOM.split("fit");
        Held held = Thinning.held(problem, 1, RANDOM, settings, fit);
        Dense all = Sparse.of(x.dense()).dense();
        Dense out = Dense.zeros(20, 30);
        int[] fold = Thinning.fold(x, 4, 1, RANDOM);
        for (int i = 0; i < 20; i++) {
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                out.row(i)[x.column()[p]] = fold[p];
            }
        }
        Dense kept = Dense.zeros(20, 30);
        double[] ofRow = new double[20];
        double[] ofColumn = new double[30];
        double total = 0;
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 30; j++) {
                kept.row(i)[j] = all.get(i, j) - out.get(i, j);
                ofRow[i] += kept.get(i, j);
                ofColumn[j] += kept.get(i, j);
                total += kept.get(i, j);
            }
        }
        Factors factors = Fits.best(problem(Sparse.of(kept), 3), settings, fit).factors();
        Dense mean = Fits.product(factors);
        for (int j = 0; j < 30; j++) {
            double deviance = 0;
            for (int i = 0; i < 20; i++) {
                double broad = ofRow[i] * ofColumn[j] / total + 0.5 / 600;
                double m = (0.99 * mean.get(i, j) + 0.01 * broad) / 3;
                double k = out.get(i, j);
                deviance += 2 * ((k > 0 ? k * Math.log(k / m) : 0) - k + m);
            }
            assertEquals(deviance, held.sum()[j], 1e-9 * Math.max(1, deviance), "sample " + j);
        }
        assertTrue(Arrays.stream(held.count()).allMatch(c -> c == 0));
        assertTrue(
                Arrays.stream(Thinning.held(problem, 0, RANDOM, settings, fit).count())
                        .allMatch(c -> c == 20));
    }

    /** Counts and entries find the same rank of a small matrix, and all that does not concern folds is the same. */
    @Test
    void agreesWithHeldOutEntries() {
        Sparse x = counts(60, 150, 4, 3);
        RankSettings settings = new RankSettings(2, 6, 4, 2, 4, 0.8, true, QUICK);
        RankTable entries = RankScan.of(problem(x, 1), settings, RANDOM, Parallel.SERIAL);
        RankTable counts = RankScan.of(problem(x, 1), settings.with(HoldOut.COUNTS), RANDOM, Parallel.SERIAL);
        String shown = entries.csv() + counts.csv() + counts.verdict();
        assertEquals(4, entries.best(), shown);
        assertEquals(4, counts.best(), shown);
        assertEquals(4, counts.mostStable().orElse(0), shown);
        assertTrue(counts.verdict().startsWith("Held-out counts are predicted best at rank 4"), shown);
        assertTrue(counts.bestByQuarters().isEmpty(), shown);
        for (int t = 0; t < 5; t++) {
            RankRow a = entries.rows().get(t);
            RankRow b = counts.rows().get(t);
            // Below the true rank there are several minima, and dense and sparse fits may end in different ones.
            double apart = t == 2 ? 1e-5 : 0.08;
            assertEquals(a.objective(), b.objective(), apart * a.objective(), shown);
            assertEquals(a.error(), b.error(), apart * a.error(), shown);
            assertEquals(a.residual(), b.residual(), apart, shown);
            assertEquals(a.svdResidual(), b.svdResidual(), 1e-6, shown);
        }
    }

    /** Dense these counts would be 83 MB, and as much again for each of some dozens of fits; the rank is found all the same. */
    @Test
    void largeSparseCounts() {
        int rows = 4_000;
        int columns = 2_601;
        int[] start = new int[rows + 1];
        int[][] column = new int[rows][];
        RandomSource source = RandomStream.of(5).generator();
        int entries = 0;
        for (int i = 0; i < rows; i++) {
            // A feature of part i % 3 is seen in samples of that part, a third of all, a few times.
            int part = i % 3;
            column[i] = IntStream.range(0, 6)
                    .map(t -> 3 * source.nextInt(columns / 3) + part)
                    .sorted()
                    .distinct()
                    .toArray();
            entries += column[i].length;
            start[i + 1] = entries;
        }
        double[] value = new double[entries];
        Arrays.setAll(value, p -> 1 + PoissonDraw.next(source, 2));
        Sparse x = new Sparse(
                columns,
                start,
                Arrays.stream(column).flatMapToInt(Arrays::stream).toArray(),
                value);
        FactorProblem problem = problem(x, 1);
        assertEquals(HoldOut.COUNTS, HoldOut.of(problem));
        RankSettings settings =
                new RankSettings(2, 4, 2, 1, 2, 0.8, true, new StopRule(30, 1e-4, 1e-2, 10)).with(HoldOut.COUNTS);
        RankTable table = RankScan.of(problem, settings, RANDOM, Parallel.SERIAL);
        assertEquals(3, table.best(), table.csv());
        assertTrue(table.rows().get(0).speckles().excess()
                > 10 * table.rows().get(0).speckles().excessError());
    }

    @Test
    void refusesWhatIsNotCounts() {
        Sparse x = counts(10, 12, 2, 4);
        RankSettings settings = RankSettings.of(1, 2, true).with(HoldOut.COUNTS);
        FactorProblem normal = FactorProblem.of(x, Loss.NORMAL, 1, Penalty.NONE, Penalty.NONE);
        assertEquals(HoldOut.ENTRIES, HoldOut.of(normal));
        for (FactorProblem bad : List.of(normal, problem(x, 1).weighted(mask()))) {
            String reason = assertThrows(
                            IllegalArgumentException.class, () -> RankScan.of(bad, settings, RANDOM, Parallel.SERIAL))
                    .getMessage();
            assertTrue(reason.endsWith("hold out entries"), reason);
        }
    }

    private static Dense mask() {
        Dense v = Dense.zeros(10, 12);
        for (double[] row : v.array()) {
            Arrays.fill(row, 1);
        }
        v.row(3)[4] = 0;
        return v;
    }

    /** Every rule begins a comparison, and those without chance are tried once. */
    @Test
    void fitsBeginByTheRule() {
        Sparse x = counts(30, 60, 3, 6);
        RankSettings settings = new RankSettings(2, 4, 3, 2, 2, 0.8, true, QUICK);
        for (StartRule rule : StartRule.values()) {
            RankSettings ruled = settings.with(rule);
            assertEquals(rule.random() ? 2 : 1, ruled.starts());
            RankTable table = RankScan.of(problem(x, 1), ruled, RANDOM, Parallel.SERIAL);
            assertEquals(3, table.best(), rule + "\n" + table.csv());
        }
    }
}
