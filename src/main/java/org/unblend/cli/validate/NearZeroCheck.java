package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.NelderMeadSimplex;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.SimplexOptimizer;
import org.unblend.density.CompiledModel;
import org.unblend.math.BlockPivoting;
import org.unblend.math.Dense;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;
import org.unblend.mcmc.factor.CollapsedPixels;
import org.unblend.mcmc.factor.Estimate;
import org.unblend.mcmc.factor.FactorForm;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;
import org.unblend.nmf.PointFit;
import org.unblend.simulate.LineMaps;

/**
 * What the prior of maps near zero decides, on maps of which most pixels lack most components: the marginal likelihood
 * {@code p(X | W)} of the true profiles and of fitted ones, H integrated out pixel by pixel and the prior's arguments per
 * component at their maximum. Keys, each ln of the ratio of the true profiles over the best of the others: {@code gamma} under
 * Gamma priors, {@code log-normal} and {@code exponential} under such ones, and {@code profiled} with H at its best instead of integrated out;
 * {@code families} of log-normal over Gamma priors, both with the true profiles; {@code ratio} as in {@link MapCoverageCheck}.
 *
 * @param observation what is simulated
 * @param realisations of {@code ratio}
 * @param starts point fits
 * @param every of how many pixels the arguments of priors are fitted
 */
record NearZeroCheck(LineMaps.Observation observation, int realisations, int starts, int every) implements Check {

    static final NearZeroCheck STANDARD = new NearZeroCheck(LineMaps.Observation.clumps(), 10, 12, 9);

    private static final int POINTS = 32;
    private static final int SHIFTS = 4;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        LineMaps maps = LineMaps.simulate(
                observation, MapFits.PROFILES, RandomStream.of(20261126).split(0));
        List<PointFit> fits = MapFits.of(maps, starts, 0, parallel);
        PointFit lowest = least(fits, PointFit::objective);
        PointFit nearest = least(fits, f -> MapFits.error(maps.w(), f.factors().w()));
        List<Dense> rivals = List.of(lowest.factors().w(), nearest.factors().w());
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("profiled", Measured.exact(lowest.objective() - profiled(maps)));
        Map<Prior, Measured> truths = new EnumMap<>(Prior.class);
        for (Prior prior : Prior.values()) {
            Measured truth = marginal(maps, maps.w(), prior, parallel, told);
            truths.put(prior, truth);
            Measured best = rivals.stream()
                    .map(w -> marginal(maps, w, prior, parallel, told))
                    .max(Comparator.comparingDouble(Measured::value))
                    .orElseThrow();
            ours.put(prior.label(), truth.less(best));
        }
        ours.put("families", truths.get(Prior.LOG_NORMAL).less(truths.get(Prior.GAMMA)));
        ours.put(
                "ratio",
                new MapCoverageCheck(observation, realisations, starts, 1000)
                        .compute(folder, data, parallel, told)
                        .get("ratio"));
        return ours;
    }

    /** Families of priors of H, with the arguments of each component: the first of them per component first. */
    private enum Prior {
        GAMMA,
        LOG_NORMAL,
        EXPONENTIAL;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** Where the search begins, given the mean of the entries: mu, or the logarithms of the other arguments. */
        double[] guess(double mean) {
            return switch (this) {
                case GAMMA -> new double[] {Math.log(0.5), Math.log(0.5 / mean)};
                case LOG_NORMAL -> new double[] {Math.log(1.5), Math.log(mean) - 1};
                case EXPONENTIAL -> new double[] {-Math.log(mean)};
            };
        }

        /** Whether an argument is searched for as it is. */
        boolean plain(int argument) {
            return this == LOG_NORMAL && argument == 1;
        }
    }

    private static PointFit least(List<PointFit> fits, ToDoubleFunction<PointFit> of) {
        return fits.stream().min(Comparator.comparingDouble(of)).orElseThrow();
    }

    /** Half of chi2 with the true profiles and the best H that is not negative. */
    private static double profiled(LineMaps maps) {
        int r = maps.w().columns();
        double[][] a = new double[r][maps.w().rows()];
        for (int i = 0; i < maps.w().rows(); i++) {
            for (int k = 0; k < r; k++) {
                a[k][i] = maps.w().get(i, k) / maps.sd()[i];
            }
        }
        BlockPivoting pivoting = new BlockPivoting(Rows.gram(a));
        double sum = 0;
        for (int j = 0; j < maps.maps().columns(); j++) {
            double[] x = new double[maps.w().rows()];
            for (int i = 0; i < x.length; i++) {
                x[i] = maps.maps().get(i, j) / maps.sd()[i];
            }
            double[] pull = new double[r];
            Arrays.setAll(pull, k -> Rows.dot(a[k], x));
            double[] h = new double[r];
            pivoting.solve(pull, h);
            for (int i = 0; i < x.length; i++) {
                double mean = 0;
                for (int k = 0; k < r; k++) {
                    mean += a[k][i] * h[k];
                }
                sum += 0.5 * (x[i] - mean) * (x[i] - mean);
            }
        }
        return sum;
    }

    /** ln p(X | W) at the best arguments of the prior. */
    private Measured marginal(LineMaps maps, Dense profiles, Prior prior, Parallel parallel, Consumer<String> told) {
        double[][] w = profiles.transpose().array();
        CollapsedPixels some = new CollapsedPixels(form(maps, prior, every), POINTS, 2);
        RandomStream random = RandomStream.of(1).split("points");
        double[] guess = new double[prior.guess(1).length * w.length];
        for (int k = 0; k < w.length; k++) {
            // The mean of H: an equal share of the data for each component.
            double mean = Arrays.stream(maps.maps().array())
                            .mapToDouble(row -> Rows.sum(row, 0, row.length))
                            .sum()
                    / maps.maps().columns()
                    / Rows.sum(w[k], 0, w[k].length)
                    / w.length;
            double[] of = prior.guess(mean);
            for (int i = 0; i < of.length; i++) {
                guess[i * w.length + k] = of[i];
            }
        }
        double[] best = new SimplexOptimizer(1e-6, 0.02)
                .optimize(
                        new MaxEval(5000),
                        new ObjectiveFunction(q -> some.log(w, theta(some, prior, q), random, parallel)
                                .logZ()),
                        GoalType.MAXIMIZE,
                        new NelderMeadSimplex(guess.length, 0.7),
                        new InitialGuess(guess))
                .getPoint();
        CollapsedPixels all = new CollapsedPixels(form(maps, prior, 1), POINTS, SHIFTS);
        Estimate found = all.log(w, theta(all, prior, best), random, parallel);
        told.accept(String.format(
                Locale.ROOT,
                "  %s prior, profiles %.3f from the truth: ln p(X | W) %.1f ± %.1f, logarithms of the arguments, or mu, %s",
                prior.label(),
                MapFits.error(maps.w(), profiles),
                found.logZ(),
                found.error(),
                Arrays.toString(Arrays.stream(best)
                        .map(v -> Math.round(100 * v) / 100.0)
                        .toArray())));
        return new Measured(found.logZ(), found.error());
    }

    /** The arguments come first in θ; W and H of θ are not looked at. */
    private static double[] theta(CollapsedPixels pixels, Prior prior, double[] found) {
        int r = pixels.form().rank();
        double[] theta = new double[pixels.form().model().dimension()];
        for (int i = 0; i < found.length; i++) {
            theta[i] = prior.plain(i / r) ? found[i] : Math.exp(found[i]);
        }
        return theta;
    }

    private static FactorForm form(LineMaps maps, Prior prior, int every) {
        Axis line = Axis.of("line", maps.maps().rows());
        Axis component = Axis.of("component", maps.w().columns());
        int pixels = (maps.maps().columns() + every - 1) / every;
        Axis pixel = Axis.of("pixel", pixels);
        double[] x = new double[line.length() * pixels];
        Arrays.setAll(x, e -> maps.maps().get(e / pixels, e % pixels * every));
        GraphBuilder graph = ModelGraph.named("maps").constant("noise", Dims.of(line), "", maps.sd());
        for (int i = 0; i < prior.guess(1).length; i++) {
            Distribution wide =
                    prior.plain(i) ? Normal.mean(0).sd(10) : Gamma.shape(1).rate(0.01);
            graph = graph.parameter("argument" + i, Dims.of(component), wide);
        }
        Distribution ofH = switch (prior) {
            case GAMMA -> Gamma.shape("argument0").rate("argument1");
            case LOG_NORMAL -> LogNormal.mu("argument1").sigma("argument0");
            case EXPONENTIAL -> Exponential.rate("argument0");
        };
        return FactorForm.of(new CompiledModel(graph.parameter("W", Dims.of(line, component), Exponential.rate(0.04))
                .parameter("H", Dims.of(component, pixel), ofH)
                .product("mean", "W", "H")
                .observe("X", Dims.of(line, pixel), Normal.mean("mean").sd("noise"), x)
                .build()));
    }
}
