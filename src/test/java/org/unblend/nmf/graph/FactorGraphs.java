package org.unblend.nmf.graph;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.unblend.density.CompiledModel;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.nmf.Factors;

/** Small factorisations as graphs: 5 lines, 7 pixels, 2 components. */
final class FactorGraphs {
    static final Axis LINE = Axis.of("line", 5);
    static final Axis PIXEL = Axis.of("pixel", 7);
    static final Axis COMPONENT = Axis.of("component", 2);
    static final Dims W = Dims.of(LINE, COMPONENT);
    static final Dims H = Dims.of(COMPONENT, PIXEL);
    static final Dims X = Dims.of(LINE, PIXEL);

    private FactorGraphs() {}

    static double[] values(int n, DoubleSupplier each) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> each.getAsDouble());
        return values;
    }

    static RandomSource random(long seed) {
        return RandomStream.of(seed).generator();
    }

    /** Positive data that every noise can give: whole numbers from 1 to 12. */
    static double[] counts(long seed) {
        RandomSource random = random(seed);
        return values(X.size(), () -> 1 + random.nextInt(12));
    }

    /** W, H and their product, without an observation. */
    static GraphBuilder product(Distribution w, Distribution h) {
        return ModelGraph.named("maps")
                .parameter("W", W, w)
                .parameter("H", H, h)
                .product("mean", "W", "H");
    }

    /** Counts observed with Normal noise of sd 1. */
    static CompiledModel normal(Distribution w, Distribution h) {
        return new CompiledModel(product(w, h)
                .observe("X", X, Normal.mean("mean").sd(1), counts(1))
                .build());
    }

    /** The same counts with Poisson noise. */
    static CompiledModel poisson(Distribution w, Distribution h) {
        return new CompiledModel(
                product(w, h).observe("X", X, Poisson.mean("mean"), counts(1)).build());
    }

    /** The same counts with Gamma noise of shape 4. */
    static CompiledModel gamma(Distribution w, Distribution h) {
        return new CompiledModel(product(w, h)
                .observe("X", X, Gamma.shape(4).mean("mean"), counts(1))
                .build());
    }

    static Factors factors(long seed) {
        RandomSource random = random(seed);
        Dense w = Dense.zeros(LINE.length(), COMPONENT.length());
        Dense h = Dense.zeros(COMPONENT.length(), PIXEL.length());
        for (Dense x : new Dense[] {w, h}) {
            for (double[] row : x.array()) {
                Arrays.setAll(row, j -> 0.2 + 2 * random.nextOpen());
            }
        }
        return new Factors(w, h);
    }

    /** ln prior + ln likelihood at these factors. */
    static double logPosterior(CompiledModel model, FactorPattern pattern, Factors factors) {
        double[] theta = pattern.theta(model.layout(), factors);
        double[] prior = new double[1];
        double[] likelihood = new double[1];
        model.logPrior(theta, prior, 1);
        model.logLikelihood(theta, likelihood, 1);
        return prior[0] + likelihood[0];
    }
}
