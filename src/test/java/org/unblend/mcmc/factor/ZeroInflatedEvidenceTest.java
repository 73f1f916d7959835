package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.density.CompiledModel;
import org.unblend.infer.RunContext;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Beta;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;
import org.unblend.model.family.ZeroInflated;

/** Tempered evidences of factors with zeros against sums over all patterns of zeros of integrals by quadrature. */
class ZeroInflatedEvidenceTest {
    private static final int POINTS = 600;
    private static final double[] SLAB = {0.6, 1};
    private static final Distribution H =
            ZeroInflated.zero("q").otherwise(Gamma.shape(SLAB[0]).mean(SLAB[1]));

    private static Estimate tempered(GraphBuilder graph, Distribution likelihood, double... x) {
        FactorMoves moves = FactorMoves.of(FactorForm.of(new CompiledModel(graph.product("mean", "W", "H")
                .observe("X", Dims.of(Axis.of("feature", 1), Axis.of("sample", x.length)), likelihood, x)
                .build())));
        TemperedEvidence road = new TemperedEvidence(256, 3, 8);
        RunContext context = RunContext.of(3);
        return road.forward(moves, road.ladder(moves, context), context);
    }

    /** The midpoint rule in the quantiles of a gamma of the prior of entries that are not zero. */
    private static double overSlab(DoubleUnaryOperator f) {
        double sum = 0;
        for (int i = 0; i < POINTS; i++) {
            sum += f.applyAsDouble(GammaMean.FAMILY.quantile((i + 0.5) / POINTS, SLAB)) / POINTS;
        }
        return sum;
    }

    private static double normal(double x, double mean) {
        return Math.exp(-0.5 * Math.pow((x - mean) / 0.3, 2)) / (0.3 * Math.sqrt(2 * Math.PI));
    }

    private static double poisson(double x, double mean) {
        return Math.exp(Poisson.FAMILY.logDensity(x, new double[] {mean}));
    }

    /** One profile of one line, two samples: given w and q the samples are independent. */
    @ParameterizedTest
    @CsvSource({"normal", "poisson"})
    void oneComponent(String noise) {
        boolean normal = noise.equals("normal");
        double[] x = normal ? new double[] {0.9, 0.05} : new double[] {2, 0};
        DoubleBinaryOperator density = normal ? ZeroInflatedEvidenceTest::normal : ZeroInflatedEvidenceTest::poisson;
        double expected = 0;
        int n = 200;
        for (int i = 0; i < n; i++) {
            double w = -Math.log((i + 0.5) / n);
            double[] some = new double[2];
            double[] none = new double[2];
            for (int j = 0; j < 2; j++) {
                double datum = x[j];
                some[j] = overSlab(h -> density.applyAsDouble(datum, w * h));
                none[j] = density.applyAsDouble(datum, 0);
            }
            // Moments of Beta(1, 2): both zero, one zero, none zero.
            double both = 1.0 / 6;
            double one = 1.0 / 6;
            double neither = 1.0 / 2;
            expected += (both * none[0] * none[1]
                            + one * (none[0] * some[1] + some[0] * none[1])
                            + neither * some[0] * some[1])
                    / n;
        }
        Estimate found = tempered(
                ModelGraph.named("test")
                        .parameter(
                                "q",
                                Dims.of(Axis.of("component", 1)),
                                Beta.alpha(1).beta(2))
                        .parameter("W", Dims.of(Axis.of("feature", 1), Axis.of("component", 1)), Exponential.rate(1))
                        .parameter("H", Dims.of(Axis.of("component", 1), Axis.of("sample", 2)), H),
                normal ? Normal.mean("mean").sd(0.3) : Poisson.mean("mean"),
                x);
        // Fixed seed; a right estimate is off by more than 4 errors (7 degrees of freedom) once in 200 seeds.
        assertEquals(Math.log(expected), found.logZ(), 2e-3 + 4 * found.error());
        assertTrue(found.error() < 0.05, "error " + found.error());
    }

    /** Gamma noise, two components of fixed profiles and one sample: at least one of its two entries is not zero. */
    @Test
    void gammaNoiseWithoutAWayToBeAllZero() {
        double x = 1.2;
        DoubleUnaryOperator density = mean -> Math.exp(GammaMean.FAMILY.logDensity(x, new double[] {3, mean}));
        double first = overSlab(density);
        double second = overSlab(h -> density.applyAsDouble(0.4 * h));
        double both = overSlab(h -> overSlab(g -> density.applyAsDouble(h + 0.4 * g)));
        double expected = 0.3 * 0.7 * (first + second) + 0.7 * 0.7 * both;
        Estimate found = tempered(
                ModelGraph.named("test")
                        .constant("q", Dims.SCALAR, "", 0.3)
                        .constant("W", Dims.of(Axis.of("feature", 1), Axis.of("component", 2)), "", 1, 0.4)
                        .parameter("H", Dims.of(Axis.of("component", 2), Axis.of("sample", 1)), H),
                Gamma.shape(3).mean("mean"),
                x);
        assertEquals(Math.log(expected), found.logZ(), 2e-3 + 4 * found.error());
        assertTrue(found.error() < 0.05, "error " + found.error());
    }
}
