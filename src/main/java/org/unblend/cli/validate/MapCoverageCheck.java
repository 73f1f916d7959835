package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.stat.descriptive.rank.Median;
import org.unblend.density.CompiledModel;
import org.unblend.diagnose.Alignment;
import org.unblend.infer.Knob;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.RunContext;
import org.unblend.infer.Samples;
import org.unblend.infer.Task;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.factor.FactorEngine;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.start.ManyStarts;
import org.unblend.nmf.start.RandomStart;
import org.unblend.simulate.LineMaps;

/**
 * Error bars of a Bayesian factorisation of simulated maps, and its profiles beside those of point fits. Keys:
 * {@code coverage}, the fraction of the entries of W H whose true value lies inside the central 95 % interval, mean over
 * realisations; {@code lowest}, that of the worst realisation; {@code ratio}, mean absolute error of the posterior mean
 * profiles over that of the median point fit (profiles of unit mean), mean over realisations.
 *
 * @param observation what is simulated
 * @param realisations how many times, with new noise
 * @param starts point fits of each
 * @param sweeps of the warm-up, and again after it, of each of two chains
 */
record MapCoverageCheck(LineMaps.Observation observation, int realisations, int starts, int sweeps) implements Check {

    static final MapCoverageCheck STANDARD = new MapCoverageCheck(LineMaps.Observation.cloud(), 20, 12, 1000);

    private static final int CHAINS = 2;
    private static final int DRAWS = 200;

    /** Entries of W H that are looked at: every such one. */
    private static final int STEP = 17;

    /** Five low, two middle and three high lines, of warm, hot and dense gas; made up. */
    private static final Dense PROFILES = Dense.of(new double[][] {
        {50, 30, 20},
        {60, 60, 45},
        {45, 70, 65},
        {20, 50, 60},
        {3, 25, 55},
        {6, 8, 18},
        {0.4, 4, 22},
        {8, 11, 20},
        {0.5, 3, 25},
        {3, 3, 14},
    });

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        double[] coverage = new double[realisations];
        double[] ratio = new double[realisations];
        for (int s = 0; s < realisations; s++) {
            LineMaps maps = LineMaps.simulate(
                    observation, PROFILES, RandomStream.of(20261126).split(s));
            Samples draws = posterior(maps, s, parallel);
            coverage[s] = coverage(maps, draws);
            ratio[s] = error(maps.w(), meanProfiles(maps, draws)) / median(point(maps, s, parallel));
            told.accept("realisation " + (s + 1) + " of " + realisations + ": coverage " + coverage[s]
                    + ", errors of profiles " + ratio[s]);
        }
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("coverage", Measured.mean(coverage));
        ours.put("lowest", Measured.exact(DoubleStream.of(coverage).min().orElseThrow()));
        ours.put("ratio", Measured.mean(ratio));
        return ours;
    }

    /** Sparse maps of inferred shape and scale, profiles of a scale that is about that of the truth. */
    private static ModelGraph graph(LineMaps maps) {
        Axis line = Axis.of("line", maps.maps().rows());
        Axis component = Axis.of("component", maps.w().columns());
        Axis pixel = Axis.of("pixel", maps.maps().columns());
        double[] x = new double[line.length() * pixel.length()];
        for (int i = 0; i < line.length(); i++) {
            System.arraycopy(maps.maps().row(i), 0, x, i * pixel.length(), pixel.length());
        }
        return ModelGraph.named("maps")
                .constant("noise", Dims.of(line), "", maps.sd())
                .parameter("shape", Dims.of(component), Gamma.shape(2).rate(4))
                .parameter("rate", Dims.of(component), Gamma.shape(2).rate(0.5))
                .parameter("W", Dims.of(line, component), Exponential.rate(0.04))
                .parameter("H", Dims.of(component, pixel), Gamma.shape("shape").rate("rate"))
                .product("mean", "W", "H")
                .observe("X", Dims.of(line, pixel), Normal.mean("mean").sd("noise"), x)
                .build();
    }

    private Samples posterior(LineMaps maps, int realisation, Parallel parallel) {
        CompiledModel model = new CompiledModel(graph(maps));
        FactorEngine engine = new FactorEngine();
        Map<String, Double> knobs = engine.knobs().stream().collect(Collectors.toMap(Knob::name, Knob::standard));
        knobs.put("chains", (double) CHAINS);
        knobs.put("warmup", (double) sweeps);
        knobs.put("draws", (double) DRAWS);
        knobs.put("thin", (double) Math.max(1, sweeps / DRAWS));
        return engine.run(
                        new Problem(model, Set.of(Task.POSTERIOR), Precision.STANDARD, knobs),
                        RunContext.of(realisation).with(parallel))
                .samples();
    }

    private static double coverage(LineMaps maps, Samples draws) {
        int inside = 0;
        int all = 0;
        int n = maps.h().columns();
        for (int e = 0; e < maps.w().rows() * n; e += STEP) {
            double[] values = product(maps, draws, e / n, e % n);
            Arrays.sort(values);
            double truth = 0;
            for (int k = 0; k < maps.w().columns(); k++) {
                truth += maps.w().get(e / n, k) * maps.h().get(k, e % n);
            }
            // Of n draws the order statistics 2.5 % of n from either end.
            int tail = (int) Math.round(0.025 * (values.length + 1)) - 1;
            inside += truth >= values[tail] && truth <= values[values.length - 1 - tail] ? 1 : 0;
            all++;
        }
        return (double) inside / all;
    }

    private static double[] product(LineMaps maps, Samples draws, int line, int pixel) {
        double[] values = new double[draws.size()];
        for (int k = 0; k < maps.w().columns(); k++) {
            double[] w = column(draws, "W", maps, line, k);
            double[] h = column(draws, "H", maps, k, pixel);
            for (int i = 0; i < values.length; i++) {
                values[i] += w[i] * h[i];
            }
        }
        return values;
    }

    private static double[] column(Samples draws, String node, LineMaps maps, int row, int column) {
        int rank = maps.w().columns();
        int first = 2 * rank; // after shape and rate
        int at = node.equals("W")
                ? first + row * rank + column
                : first + maps.w().rows() * rank + row * maps.h().columns() + column;
        return draws.column(at);
    }

    /** Mean over the draws of profiles scaled to unit mean, {@code [lines x components]}. */
    private static Dense meanProfiles(LineMaps maps, Samples draws) {
        Dense mean = Dense.zeros(maps.w().rows(), maps.w().columns());
        for (int k = 0; k < mean.columns(); k++) {
            double[][] rows = new double[mean.rows()][];
            for (int i = 0; i < mean.rows(); i++) {
                rows[i] = column(draws, "W", maps, i, k);
            }
            for (int d = 0; d < draws.size(); d++) {
                double sum = 0;
                for (double[] row : rows) {
                    sum += row[d];
                }
                for (int i = 0; i < rows.length; i++) {
                    mean.row(i)[k] += rows[i][d] * rows.length / sum / draws.size();
                }
            }
        }
        return mean;
    }

    private double[] point(LineMaps maps, int realisation, Parallel parallel) {
        Dense weights = Dense.zeros(maps.maps().rows(), maps.maps().columns());
        for (int i = 0; i < weights.rows(); i++) {
            Arrays.fill(weights.row(i), 1 / (maps.sd()[i] * maps.sd()[i]));
        }
        FactorProblem problem = FactorProblem.of(
                        maps.maps(), Loss.NORMAL, maps.w().columns(), Penalty.NONE, Penalty.NONE)
                .weighted(weights);
        Solver solver = Solvers.best(problem).orElseThrow();
        RandomStream random = RandomStream.of(realisation).split("point");
        return ManyStarts.fit(
                        problem,
                        solver,
                        starts,
                        t -> RandomStart.of(problem, random.split(t)),
                        new StopRule(2000, 1e-8, 1e-5, 10),
                        parallel)
                .fits()
                .stream()
                .mapToDouble(fit -> error(maps.w(), fit.factors().w()))
                .toArray();
    }

    /** Mean absolute difference of profiles of unit mean, over the best matching. */
    private static double error(Dense truth, Dense fitted) {
        Dense a = unitMean(truth);
        Dense b = unitMean(fitted);
        int[] match = Alignment.of(a, b).match();
        double sum = 0;
        for (int k = 0; k < match.length; k++) {
            for (int i = 0; i < a.rows(); i++) {
                sum += Math.abs(a.get(i, match[k]) - b.get(i, k));
            }
        }
        return sum / (a.rows() * a.columns());
    }

    private static Dense unitMean(Dense w) {
        Dense scaled = w.copy();
        for (int k = 0; k < w.columns(); k++) {
            double sum = 0;
            for (int i = 0; i < w.rows(); i++) {
                sum += w.get(i, k);
            }
            for (int i = 0; i < w.rows(); i++) {
                scaled.row(i)[k] = w.get(i, k) * w.rows() / sum;
            }
        }
        return scaled;
    }

    private static double median(double[] values) {
        return new Median().evaluate(values);
    }
}
