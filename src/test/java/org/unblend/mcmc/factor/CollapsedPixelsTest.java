package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Evidence;
import org.unblend.infer.Precision;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;

/** Factorisations with H integrated out, against quadrature. */
class CollapsedPixelsTest {

    @ParameterizedTest
    @CsvSource({
        "1, -3, 2, 0, 0",
        "1, 5, 0.1, 0, 0",
        "0.3, -40, 100, 0, 0",
        "0.3, 4, 100, 0, 0",
        "0.1, -200, 50, 0, 0",
        "3, -2, 0.5, 0, 0",
        "0, 1, 3, 1, 0.5",
        "0, -300, 100, 0.25, -2",
        "0, -30, 4, 1, -1"
    })
    void integralsOfEntriesAgreeWithTheMidpointRule(double a, double b, double q, double t, double nu) {
        // In ln w, far below and above all that counts; below the grid a power law is left.
        double low = -200;
        double top = Shape.logOfLog(Math.log(Math.max(1e-3, -b / q)), a, b, q, t, nu);
        int n = 4_000_000;
        double step = 210.0 / n;
        double sum = t == 0 ? Math.exp(a * low - top) / a : 0;
        for (int i = 0; i < n; i++) {
            sum += step * Math.exp(Shape.logOfLog(low + (i + 0.5) * step, a, b, q, t, nu) - top);
        }
        double expected = top + Math.log(sum);
        EntryTable table = new EntryTable(a, b, q, t, nu);
        // The table is linear in ln: each step of 0.3 widths of the mode overestimates a bend by up to 1 %.
        assertEquals(expected, table.logIntegral(), 0.03);
        // The mean of the ratios is unbiased: a regular grid of draws leaves little error.
        int draws = 4000;
        double[] out = new double[2];
        double mean = 0;
        for (int i = 0; i < draws; i++) {
            table.draw((i + 0.5) / draws, out);
            mean += Math.exp(out[1] - expected) / draws;
        }
        assertEquals(1, mean, 2e-3);
    }

    private static FactorForm form(Distribution h, int rank, double... x) {
        Axis feature = Axis.of("feature", 3);
        Axis component = Axis.of("component", rank);
        Axis sample = Axis.of("sample", x.length / 3);
        return FactorForm.of(new CompiledModel(ModelGraph.named("test")
                .parameter("W", Dims.of(feature, component), Exponential.rate(1))
                .parameter("H", Dims.of(component, sample), h)
                .product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), Normal.mean("mean").sd(0.3), x)
                .build()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void twoComponentsOfASampleAgreeWithQuadrature(int which) {
        Distribution h = new Distribution[] {
                    Exponential.rate(1.5),
                    Gamma.shape(0.4).mean(0.8),
                    HalfNormal.scale(1.2),
                    LogNormal.mu(-1).sigma(1)
                }
                [which];
        double[] x = {1.4, 0.1, 2.2};
        double[][] w = {{1, 0.2, 0.3}, {0.4, 0.1, 2}};
        FactorForm form = form(h, 2, x);
        // By the midpoint rule in the quantiles of the prior, which absorb its pole at 0.
        int n = 1500;
        double[] quantiles = new double[n];
        PriorSide side = form.h().orElseThrow();
        double[] arguments = side.arguments(new double[0], 0);
        for (int i = 0; i < n; i++) {
            quantiles[i] = side.family().quantile((i + 0.5) / n, arguments);
        }
        double sum = 0;
        for (double h0 : quantiles) {
            for (double h1 : quantiles) {
                double chi2 = 0;
                for (int i = 0; i < 3; i++) {
                    chi2 += Math.pow((x[i] - w[0][i] * h0 - w[1][i] * h1) / 0.3, 2);
                }
                sum += Math.exp(-0.5 * chi2);
            }
        }
        double expected = Math.log(sum / n / n) - 3 * Math.log(0.3 * Math.sqrt(2 * Math.PI));
        Estimate log = new CollapsedPixels(form, 128, 8).log(w, new double[0], RandomStream.of(1), Parallel.SERIAL);
        // The midpoint rule is good to about 1e-3 here.
        assertEquals(expected, log.logZ(), 3e-3 + 5 * log.error());
        assertTrue(log.error() < 5e-3, "error " + log.error());
    }

    @Test
    void whatIsLeftIsAProblemForNestedSampling() {
        double[] x = {1.3, 0.4, 0.9};
        FactorForm form = form(Exponential.rate(1), 1, x);
        // W by the midpoint rule in the quantiles of its prior, h exactly.
        int n = 60;
        double sum = 0;
        for (int i = 0; i < n * n * n; i++) {
            double p = 0;
            double b = 1;
            double chi2 = 0;
            for (int f = 0, rest = i; f < 3; f++, rest /= n) {
                double w = -Math.log((rest % n + 0.5) / n);
                p += w * w / 0.09;
                b -= w * x[f] / 0.09;
                chi2 += x[f] * x[f] / 0.09;
            }
            sum += Math.exp(EntryTable.logIntegral(b, p) - 0.5 * chi2) / n / n / n;
        }
        double expected = Math.log(sum) - 3 * Math.log(0.3 * Math.sqrt(2 * Math.PI));
        CollapsedPixels pixels = new CollapsedPixels(form, 1, 2);
        Evidence z = new NestedSampler(NestedSettings.from(Map.of("live", 200.0)))
                .run(pixels.target(RandomStream.of(1)), Precision.STANDARD, RunContext.of(3))
                .evidence()
                .orElseThrow();
        // A right estimate is off by more than 4 errors once in 16000 seeds; the rule errs by about 0.01.
        assertEquals(expected, z.logZ(), 0.02 + 4 * z.error());
        assertTrue(z.error() < 0.2, "error " + z.error());
    }
}
