package org.unblend.nmf.rank;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;
import org.unblend.nmf.StopRule;

/** How well a rank predicts entries that its fit did not see, under the problem's own noise. */
final class CrossValidation {
    private CrossValidation() {}

    /** Deviance of the entries of one fold, predicted from all others. */
    static Held speckled(FactorProblem problem, int[][] foldOf, int fold, RankSettings settings, RandomStream random) {
        FactorProblem training = Fits.without(problem, foldOf, fold);
        Dense mean = Fits.product(Fits.best(training, settings, random).factors());
        Prediction prediction = new Prediction(problem, training);
        Held held = Held.none(problem.x().columns());
        for (int i = 0; i < mean.rows(); i++) {
            for (int j = 0; j < mean.columns(); j++) {
                if (foldOf[i][j] == fold) {
                    held.add(j, prediction.deviance(i, j, mean.get(i, j)));
                }
            }
        }
        return held;
    }

    /**
     * Deviance of one quarter of the matrix (Owen and Perry 2009, Ann. Appl. Stat. 3, 564): a non-negative fit of the
     * opposite quarter gives W and H there, the two other quarters give the W of the held-out rows and the H of the
     * held-out columns by projection, and their product is the prediction.
     *
     * <p>Nothing is predicted where the mask leaves one of the three other quarters empty.
     *
     * @param rowHalf {@code [features]}, true for held-out rows
     * @param columnHalf {@code [samples]}, true for held-out columns
     */
    static Held quarter(
            FactorProblem problem,
            boolean[] rowHalf,
            boolean[] columnHalf,
            RankSettings settings,
            RandomStream random) {
        StopRule stop = settings.stop();
        int[] outRows = where(rowHalf, true);
        int[] inRows = where(rowHalf, false);
        int[] outColumns = where(columnHalf, true);
        int[] inColumns = where(columnHalf, false);
        Held held = Held.none(problem.x().columns());
        boolean seen =
                any(problem, inRows, inColumns) && any(problem, inRows, outColumns) && any(problem, outRows, inColumns);
        if (!seen) {
            return held;
        }
        Factors fit = Fits.best(Fits.part(problem, inRows, inColumns), settings, random.split("fit"))
                .factors();
        Dense h = Fits.project(Fits.part(problem, inRows, outColumns), fit.w(), stop, random.split("H"));
        Dense w = Fits.project(
                        Fits.part(problem, outRows, inColumns).transpose(),
                        fit.h().transpose(),
                        stop,
                        random.split("W"))
                .transpose();
        Dense mean = Fits.product(new Factors(w, h));
        int[][] foldOf = new int[rowHalf.length][columnHalf.length];
        for (int i : outRows) {
            for (int j : outColumns) {
                foldOf[i][j] = 1;
            }
        }
        Prediction prediction = new Prediction(problem, Fits.without(problem, foldOf, 1));
        for (int i = 0; i < outRows.length; i++) {
            for (int j = 0; j < outColumns.length; j++) {
                boolean known = Fits.weight(problem, outRows[i], outColumns[j]) > 0
                        && any(problem, new int[] {outRows[i]}, inColumns)
                        && any(problem, inRows, new int[] {outColumns[j]});
                if (known) {
                    held.add(outColumns[j], prediction.deviance(outRows[i], outColumns[j], mean.get(i, j)));
                }
            }
        }
        return held;
    }

    /** True for a random half of {@code n} indices. */
    static boolean[] half(int n, RandomStream random) {
        int[] order = IntStream.range(0, n).toArray();
        Speckles.shuffle(order, n, random.generator());
        boolean[] half = new boolean[n];
        for (int t = 0; t < n / 2; t++) {
            half[order[t]] = true;
        }
        return half;
    }

    static boolean[] not(boolean[] x) {
        boolean[] out = new boolean[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = !x[i];
        }
        return out;
    }

    private static int[] where(boolean[] x, boolean value) {
        return IntStream.range(0, x.length).filter(i -> x[i] == value).toArray();
    }

    private static boolean any(FactorProblem problem, int[] rows, int[] columns) {
        return Arrays.stream(rows).anyMatch(i -> Arrays.stream(columns).anyMatch(j -> Fits.weight(problem, i, j) > 0));
    }
}
