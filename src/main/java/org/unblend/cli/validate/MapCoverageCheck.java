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

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        double[] coverage = new double[realisations];
        double[] ratio = new double[realisations];
        for (int s = 0; s < realisations; s++) {
            LineMaps maps = LineMaps.simulate(
                    observation, MapFits.PROFILES, RandomStream.of(20261126).split(s));
            Samples draws = posterior(maps, s, parallel);
            coverage[s] = coverage(maps, draws);
            ratio[s] = MapFits.error(maps.w(), meanProfiles(maps, draws))
                    / median(MapFits.of(maps, starts, s, parallel).stream()
                            .mapToDouble(
                                    fit -> MapFits.error(maps.w(), fit.factors().w()))
                            .toArray());
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

    private static double median(double[] values) {
        return new Median().evaluate(values);
    }
}
