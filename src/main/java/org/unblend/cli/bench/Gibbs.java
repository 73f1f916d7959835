package org.unblend.cli.bench;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Chains;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Sparse;
import org.unblend.mcmc.factor.FactorChain;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/**
 * Sweeps of Gibbs sampling per second of CPU time of one thread, the log likelihood of each draw included, and effective
 * draws of the slowest of some quantities that do not depend on labels: the log likelihood and entries of W H.
 */
final class Gibbs {
    private static final int INVARIANTS = 50;
    private static final int[] FACTORS = {1, 2, 4};

    private Gibbs() {}

    /** What is sampled, and how many sweeps a second it ought to do. */
    private record Case(String name, Matrix x, int rank, boolean counts, double aim) {}

    /** @param seconds CPU time for each case, about */
    static String table(double scale, double seconds) {
        StringBuilder text = new StringBuilder(
                "| case | sweeps/s | aim | effective draws/s of the slowest invariant |\n|---|---|---|---|\n");
        int cells = (int) Math.max(40, scale * 2780);
        int side = (int) Math.max(40, scale * 2000);
        List<Case> cases = List.of(
                new Case(
                        "Poisson, 96 x " + cells + ", rank 20, 2e6 counts",
                        counts(96, cells, 20, 2e6 * scale),
                        20,
                        true,
                        10),
                new Case(
                        "Poisson, 96 x " + cells + ", rank 20, 2.5e7 counts",
                        counts(96, cells, 20, 2.5e7 * scale),
                        20,
                        true,
                        2),
                new Case(
                        "Normal, 10 x " + (int) (2500 * scale) + ", rank 3",
                        Inputs.dense(10, (int) (2500 * scale), 3).x(),
                        3,
                        false,
                        500),
                new Case(
                        "Normal, " + side + " x " + side + ", rank 20",
                        Inputs.dense(side, side, 20).x(),
                        20,
                        false,
                        15));
        for (Case c : cases) {
            text.append(row(c, seconds));
        }
        return text.toString();
    }

    /** Cost of a sweep against the entries above 0 of sparse counts, at one size of the factors. */
    static String growth(double scale, double seconds) {
        int rows = (int) Math.max(200, scale * 4000);
        int columns = (int) Math.max(100, scale * 1000);
        StringBuilder text = new StringBuilder("| sparse counts, " + rows + " x " + columns
                + ", rank 20: entries above 0 | ms of a sweep |\n|---|---|\n");
        double[] entries = new double[FACTORS.length];
        double[] cost = new double[FACTORS.length];
        for (int f = 0; f < FACTORS.length; f++) {
            Sparse x = Sparse.of(counts(rows, columns, 20, FACTORS[f] * 0.05 * rows * columns));
            Run run = run(new Case("", x, 20, true, 0), seconds);
            entries[f] = x.entries();
            cost[f] = run.cpu / run.sweeps;
            text.append(String.format(Locale.ROOT, "| %d | %.3g |%n", x.entries(), 1e3 * cost[f]));
        }
        PowerLaw law = PowerLaw.fit(entries, cost);
        return text.append(String.format(
                        Locale.ROOT,
                        "%nFitted exponent %.2f ± %.2f; factors cost their part too.%n",
                        law.exponent(),
                        law.error()))
                .toString();
    }

    private static String row(Case c, double seconds) {
        Run run = run(c, seconds);
        double speed = run.sweeps / run.cpu;
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f, %s | %.3g (%d sweeps) |%n",
                c.name,
                speed,
                c.aim,
                speed >= c.aim ? "met" : "missed",
                run.effective / run.cpu,
                run.sweeps);
    }

    private record Run(int sweeps, double cpu, double effective) {}

    private static Run run(Case c, double seconds) {
        CompiledModel model = model(c);
        RandomSource random = RandomStream.of(5).generator();
        // No warm-up of its own: it begins at draws of the prior scaled to the data and first comes to rest.
        FactorChain chain = FactorChain.of(model, model.priorDraws(1, random), 0);
        double[] out = new double[chain.width()];
        int sweeps = 0;
        double rest = cpu();
        while (cpu() - rest < seconds || sweeps < 3) {
            chain.step(random, sweeps++, out, 0);
        }
        int most = Math.max(8, sweeps);
        double[][] series = new double[INVARIANTS + 1][most];
        double begin = cpu();
        for (int s = 0; s < most; s++) {
            chain.step(random, sweeps + s, out, 0);
            look(c, out, series, s);
        }
        double spent = cpu() - begin;
        double least = Arrays.stream(series)
                .mapToDouble(x -> Chains.essBulk(new double[][] {x}))
                .filter(e -> !Double.isNaN(e))
                .min()
                .orElse(Double.NaN);
        return new Run(most, spent, least);
    }

    private static void look(Case c, double[] draw, double[][] series, int s) {
        int m = c.x.rows();
        int n = c.x.columns();
        series[INVARIANTS][s] = draw[draw.length - 1];
        for (int q = 0; q < INVARIANTS; q++) {
            int i = (int) ((long) q * 7919 % m);
            int j = (int) ((long) q * 104729 % n);
            double mean = 0;
            for (int k = 0; k < c.rank; k++) {
                mean += draw[i * c.rank + k] * draw[m * c.rank + k * n + j];
            }
            series[q][s] = mean;
        }
    }

    private static CompiledModel model(Case c) {
        double mean = mean(c.x);
        Axis feature = Axis.of("feature", c.x.rows());
        Axis component = Axis.of("component", c.rank);
        Axis sample = Axis.of("sample", c.x.columns());
        double rate = Math.sqrt(c.rank / mean);
        Distribution noise =
                c.counts ? Poisson.mean("mean") : Normal.mean("mean").sd(Math.sqrt(mean));
        return new CompiledModel(ModelGraph.named("gibbs")
                .parameter("W", Dims.of(feature, component), Exponential.rate(rate))
                .parameter("H", Dims.of(component, sample), Exponential.rate(rate))
                .product("mean", "W", "H")
                .observe(
                        "X",
                        Dims.of(feature, sample),
                        "",
                        noise,
                        new Entries.Stored(c.x instanceof Sparse s ? s : Sparse.of(c.x.dense())))
                .build());
    }

    private static double mean(Matrix x) {
        Sparse s = x instanceof Sparse stored ? stored : Sparse.of(x.dense());
        return Arrays.stream(s.value()).sum() / ((double) s.rows() * s.columns());
    }

    /** Counts around a product of exponential factors, so many in all on average. */
    private static Dense counts(int rows, int columns, int rank, double total) {
        RandomStream random = RandomStream.of(23);
        Dense mean = Inputs.product(
                Inputs.exponential(random.split("W").generator(), rows, rank, 0.3),
                Inputs.exponential(random.split("H").generator(), rank, columns, 0.3));
        double sum = 0;
        for (double[] row : mean.array()) {
            sum += Arrays.stream(row).sum();
        }
        RandomSource draws = random.split("X").generator();
        for (double[] row : mean.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] = PoissonDraw.next(draws, row[j] * total / sum);
            }
        }
        return mean;
    }

    private static double cpu() {
        return 1e-9 * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
