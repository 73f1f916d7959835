package org.unblend.nmf.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.unblend.diagnose.Consensus;
import org.unblend.diagnose.Stability;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.math.TruncatedSvd;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.PointFit;
import org.unblend.nmf.start.Level;
import org.unblend.nmf.start.RandomStart;

/**
 * Compares ranks of one problem by speckled cross-validation, bi-cross-validation, the noise level and the stability of
 * components over repeated runs on parts of the samples. All ranks see the same folds and the same parts. The matrix is
 * held dense where entries are held out, and sparse where counts are.
 */
public final class RankScan {
    /** A consensus holds a number per pair, so that of more samples this many are looked at. */
    private static final int CONSENSUS_SAMPLES = 500;

    private final FactorProblem problem;
    private final RankSettings settings;
    private final RandomStream random;

    private final int[][] foldOf;
    private final boolean[] rowHalf;
    private final boolean[] columnHalf;
    private final int[][] parts;

    private RankScan(FactorProblem problem, RankSettings settings, RandomStream random) {
        int columns = problem.x().columns();
        this.settings = settings;
        this.random = random;
        boolean counts = settings.holdOut() == HoldOut.COUNTS;
        if (counts && HoldOut.refusal(problem) != null) {
            throw new IllegalArgumentException(HoldOut.refusal(problem));
        }
        if (counts && Arrays.stream(sparse(problem.x()).value()).anyMatch(v -> v > Integer.MAX_VALUE)) {
            throw new IllegalArgumentException(
                    "a count is above " + Integer.MAX_VALUE + ", which cannot be divided into folds; hold out entries");
        }
        // Held-out zeros are masked one by one, so that every entry is needed; of counts none is masked.
        this.problem = new FactorProblem(
                counts ? sparse(problem.x()) : problem.x().dense(),
                problem.weights(),
                problem.loss(),
                problem.w(),
                problem.h());
        foldOf = counts ? null : Speckles.deal(problem, settings.folds(), random.split("folds"));
        if (!counts && Arrays.stream(foldOf).flatMapToInt(Arrays::stream).allMatch(f -> f == Speckles.NEVER)) {
            throw new IllegalArgumentException(
                    "no entry can be held out; compare ranks of a matrix whose rows and columns"
                            + " have two observed entries or more");
        }
        rowHalf = CrossValidation.half(problem.x().rows(), random.split("rows"));
        columnHalf = CrossValidation.half(columns, random.split("columns"));
        parts = new int[settings.runs()][];
        int size = Math.max(1, (int) Math.round(settings.subsample() * columns));
        for (int t = 0; t < parts.length; t++) {
            int[] order = IntStream.range(0, columns).toArray();
            Speckles.shuffle(order, columns, random.split("part").split(t).generator());
            parts[t] = Arrays.stream(order, 0, size).sorted().toArray();
        }
    }

    private static Sparse sparse(Matrix x) {
        return x instanceof Sparse s ? s : Sparse.of(x.dense());
    }

    /**
     * Compares ranks. The table does not depend on the number of threads.
     *
     * @param problem data, noise and priors at any rank; its first component's priors are those of all
     * @throws IllegalArgumentException {@code reason; remedy} if a rank exceeds both dimensions, no entry can be held out,
     *     or fits cannot begin by the wanted rule
     */
    public static RankTable of(FactorProblem problem, RankSettings settings, RandomStream random, Parallel parallel) {
        return new RankScan(problem, settings, random).run(parallel);
    }

    /** What is gathered of one rank; every field has one writer. */
    private static final class Gathered {
        PointFit[] fits;
        Held[] speckles;
        Held[] quarters;
        Dense[] profiles;
        int[][] labels;
    }

    private RankTable run(Parallel parallel) {
        int ranks = settings.to() - settings.from() + 1;
        Gathered[] all = new Gathered[ranks];
        List<Runnable> tasks = new ArrayList<>();
        // Large ranks take longest and go first.
        for (int t = ranks - 1; t >= 0; t--) {
            all[t] = new Gathered();
            gather(Fits.atRank(problem, settings.from() + t), all[t], tasks);
        }
        parallel.forRanges(
                tasks.size(), 1, (from, to) -> tasks.subList(from, to).forEach(Runnable::run));
        Score[] speckles = scores(all, g -> g.speckles);
        Score[] quarters = scores(all, g -> g.quarters);
        double[] svd = svdResiduals();
        List<RankRow> rows = new ArrayList<>();
        for (int t = 0; t < ranks; t++) {
            rows.add(row(settings.from() + t, all[t], speckles[t], quarters[t], svd));
        }
        return new RankTable(rows, settings.noiseKnown() || problem.loss().beta() != 2, settings.holdOut());
    }

    private void gather(FactorProblem ranked, Gathered into, List<Runnable> tasks) {
        int rank = ranked.rank();
        RandomStream stream = random.split("rank").split(rank);
        into.fits = new PointFit[settings.starts()];
        for (int t = 0; t < into.fits.length; t++) {
            int start = t;
            tasks.add(() -> into.fits[start] = Fits.best(
                    ranked,
                    1,
                    u -> Fits.start(ranked, start, settings.init(), stream.split("start")),
                    settings.stop()));
        }
        into.speckles = new Held[settings.folds()];
        for (int f = 0; f < into.speckles.length; f++) {
            int fold = f;
            RandomStream ofFold = stream.split("fold").split(fold);
            tasks.add(() -> into.speckles[fold] = settings.holdOut() == HoldOut.COUNTS
                    ? Thinning.held(ranked, fold, random.split("thinning"), settings, ofFold)
                    : CrossValidation.speckled(ranked, foldOf, fold, settings, ofFold));
        }
        boolean halves = settings.holdOut() == HoldOut.ENTRIES
                && rank <= Math.min(problem.x().rows() / 2, problem.x().columns() / 2);
        into.quarters = new Held[halves ? 4 : 0];
        for (int q = 0; q < into.quarters.length; q++) {
            int quarter = q;
            tasks.add(() -> into.quarters[quarter] = CrossValidation.quarter(
                    ranked,
                    quarter % 2 == 0 ? rowHalf : CrossValidation.not(rowHalf),
                    quarter < 2 ? columnHalf : CrossValidation.not(columnHalf),
                    settings,
                    stream.split("quarter").split(quarter)));
        }
        into.profiles = new Dense[settings.runs()];
        into.labels = new int[settings.runs()][];
        for (int t = 0; t < settings.runs(); t++) {
            int run = t;
            tasks.add(() -> repeat(ranked, run, into, stream.split("run").split(run)));
        }
    }

    private void repeat(FactorProblem ranked, int run, Gathered into, RandomStream stream) {
        int[] rows = IntStream.range(0, problem.x().rows()).toArray();
        FactorProblem part = Fits.part(ranked, rows, parts[run]);
        PointFit fit = Fits.best(
                part,
                settings.starts(),
                t -> settings.init().isPresent()
                        ? Fits.start(part, t, settings.init(), stream)
                        : RandomStart.of(part, stream.split(t)),
                settings.stop());
        into.profiles[run] = fit.factors().w();
        int[] seen = Consensus.labels(fit.factors().w(), fit.factors().h());
        int step = (problem.x().columns() + CONSENSUS_SAMPLES - 1) / CONSENSUS_SAMPLES;
        int[] labels = new int[(problem.x().columns() + step - 1) / step];
        Arrays.fill(labels, Consensus.ABSENT);
        for (int j = 0; j < seen.length; j++) {
            if (parts[run][j] % step == 0) {
                labels[parts[run][j] / step] = seen[j];
            }
        }
        into.labels[run] = labels;
    }

    private RankRow row(int rank, Gathered of, Score speckles, Score quarters, double[] svd) {
        PointFit fit = Arrays.stream(of.fits)
                .min((a, b) -> Double.compare(a.objective(), b.objective()))
                .orElseThrow();
        double worst =
                Arrays.stream(of.fits).mapToDouble(PointFit::objective).max().orElseThrow();
        Misfit misfit = problem.x() instanceof Sparse x
                ? Misfit.of(x, fit.factors())
                : Misfit.of(problem, Fits.product(fit.factors()));
        double free = misfit.entries()
                - (double) rank * (problem.x().rows() + problem.x().columns() - rank);
        Stability stability = Stability.of(List.of(of.profiles));
        return new RankRow(
                rank,
                speckles,
                quarters,
                misfit.error(),
                free > 0 ? misfit.error() * misfit.entries() / free : Double.NaN,
                fit.objective(),
                worst,
                misfit.residual(),
                rank <= svd.length ? svd[rank - 1] : 0,
                stability.meanSilhouette(),
                stability.leastSilhouette(),
                Consensus.of(of.labels).copheneticCorrelation());
    }

    private Score[] scores(Gathered[] all, Function<Gathered, Held[]> parts) {
        Held[] held = Arrays.stream(all).map(g -> sum(parts.apply(g))).toArray(Held[]::new);
        Held best =
                Arrays.stream(held).min(Comparator.comparingDouble(Held::mean)).orElseThrow();
        return Arrays.stream(held).map(h -> Score.of(h, best)).toArray(Score[]::new);
    }

    private Held sum(Held[] parts) {
        Held sum = Held.none(problem.x().columns());
        for (Held part : parts) {
            sum.add(part);
        }
        return sum;
    }

    /** {@code |X - X_r| / |X|} for each rank from 1; on complete data from the singular values alone. */
    private double[] svdResiduals() {
        int most =
                Math.min(settings.to(), Math.min(problem.x().rows(), problem.x().columns()));
        TruncatedSvd svd = TruncatedSvd.of(Level.filled(problem), most);
        return problem.x() instanceof Sparse x ? Misfit.truncated(x, svd, most) : Misfit.truncated(problem, svd, most);
    }
}
