package org.unblend.cli.versus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.unblend.density.CompiledModel;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Normal;

/** Against closed forms: n numbers around an unknown mean. */
class PredictiveCheckTest {
    private static final int N = 200;
    private static final double SD = 2;

    private static CompiledModel model(double[] x) {
        return new CompiledModel(ModelGraph.named("mean")
                .parameter("mu", Normal.mean(0).sd(10))
                .observe("X", Dims.of(Axis.of("i", N)), Normal.mean("mu").sd(SD), x)
                .build());
    }

    private static double[] data(double sd) {
        RandomSource random = RandomStream.of(8).generator();
        double[] x = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = 3 + sd * random.nextGaussian();
        }
        return x;
    }

    private static PredictiveCheck check(double[] x, double mu) {
        return PredictiveCheck.of(model(x), new double[] {mu}, 1, RandomStream.of(4), Parallel.SERIAL)
                .orElseThrow();
    }

    @Test
    void deviancesAreThoseOfChiSquared() {
        double[] x = data(SD);
        PredictiveCheck check = check(x, 3.5);
        double chi2 = 0;
        for (double v : x) {
            chi2 += (v - 3.5) * (v - 3.5) / SD / SD;
        }
        double constant = N * Math.log(2 * Math.PI * SD * SD);
        assertEquals(chi2 + constant, check.observed(), 1e-9);
        // A chi-squared of N degrees of freedom, 400 times: its mean is within 4 standard errors (false alarm 6e-5).
        assertEquals(N + constant, check.replicated(), 4 * Math.sqrt(2.0 * N / 400));
        // The standard error of a standard deviation of 400 is 3.5 %.
        assertEquals(Math.sqrt(2.0 * N), check.spread(), 0.15 * Math.sqrt(2.0 * N));
    }

    @Test
    void noiseThatIsNotThatOfTheModelIsFound() {
        // Of data drawn from a model of twice the noise, all are further away, and of half the noise none.
        assertEquals(1, check(data(SD / 2), 3).above(), 0.01);
        assertEquals(0, check(data(SD * 2), 3).above(), 0.01);
        // Inside central 95 %: all but 190 +- 3 of 200.
        assertEquals(0.95, check(data(SD), 3).inside(), 4 * 0.0154);
        assertTrue(check(data(SD * 2), 3).inside() < 0.8);
    }

    @Test
    void missingEntriesCountForNothing() {
        double[] x = data(SD);
        double[] weights = new double[N];
        for (int i = 0; i < N / 2; i++) {
            weights[i] = 1;
        }
        x[N - 1] = 1e9;
        CompiledModel model = new CompiledModel(ModelGraph.named("mean")
                .parameter("mu", Normal.mean(0).sd(10))
                .observe("X", Dims.of(Axis.of("i", N)), "", Normal.mean("mu").sd(SD), x, weights)
                .build());
        PredictiveCheck check = PredictiveCheck.of(model, new double[] {3}, 1, RandomStream.of(4), Parallel.SERIAL)
                .orElseThrow();
        double constant = N / 2 * Math.log(2 * Math.PI * SD * SD);
        assertEquals(N / 2 + constant, check.replicated(), 4 * Math.sqrt(1.0 * N / 400));
    }
}
