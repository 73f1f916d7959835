package org.unblend.model.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.InvalidModel;

class FamiliesTest {

    @Test
    void everyFamilyIsFoundByNameAndArguments() {
        for (Family family : Families.ALL) {
            assertSame(family, Families.find(family.name(), new TreeSet<>(family.arguments())));
        }
        assertEquals(19, Families.ALL.size());
        assertEquals(17, Families.names().size());
    }

    @Test
    void gammaIsToldApartByItsArguments() {
        assertSame(Gamma.FAMILY, Families.find("gamma", Set.of("shape", "rate")));
        assertSame(GammaMean.FAMILY, Families.find("gamma", Set.of("mean", "shape")));
        InvalidModel e = assertThrows(InvalidModel.class, () -> Families.find("gamma", Set.of("shape", "scale")));
        assertTrue(e.getMessage().contains("give [shape, rate] or [shape, mean]"), e.getMessage());
    }

    @Test
    void logNormalIsToldApartByItsArguments() {
        assertSame(LogNormal.FAMILY, Families.find("log_normal", Set.of("mu", "sigma")));
        assertSame(LogNormalMean.FAMILY, Families.find("log_normal", Set.of("mean", "sigma")));
    }

    @Test
    void unknownNamesListTheAlternatives() {
        InvalidModel e = assertThrows(InvalidModel.class, () -> Families.find("gaussian", Set.of("mean", "sd")));
        assertEquals("M014", e.flaws().get(0).code());
        assertTrue(e.getMessage().contains("normal, half_normal"), e.getMessage());
    }

    @Test
    void openEndsMayBeLeftOut() {
        Independent d = Families.distribution(
                "truncated_normal", Map.of("mean", Arg.of(0), "sd", Arg.of("s"), "low", Arg.of(0)));
        assertEquals(TruncatedNormal.mean(0).sd("s").between(0, Double.POSITIVE_INFINITY), d);
        assertEquals(Flat.real(), Families.distribution("flat", Map.of()));
        assertEquals(Flat.nonNegative(), Families.distribution("flat", Map.of("low", Arg.of(0))));
        assertThrows(InvalidModel.class, () -> Families.find("uniform", Set.of("low")));
    }

    @Test
    void numbersThatAreNotAllowedAreRefused() {
        Map<String, Arg> arguments = Map.of("mean", Arg.of(0), "sd", Arg.of(-1));
        InvalidModel e = assertThrows(InvalidModel.class, () -> Families.distribution("normal", arguments));
        assertEquals("M011", e.flaws().get(0).code());
    }

    @Test
    void buildersPutArgumentsInTheirPlaces() {
        assertEquals(
                Independent.of(Gamma.FAMILY, Arg.of(2), Arg.of(4)),
                Gamma.shape(2).rate(4));
        assertEquals(
                Independent.of(GammaMean.FAMILY, Arg.of("a"), Arg.of(1)),
                Gamma.shape("a").mean(1));
        assertEquals(
                List.of(Arg.of(4), Arg.of("m"), Arg.of(1)),
                StudentT.df(4).location("m").scale(1).args());
        assertEquals(
                List.of(Arg.of(0), Arg.of(1), Arg.of(0), Arg.of(5)),
                TruncatedNormal.mean(0).sd(1).between(0, 5).args());
        assertEquals(List.of(Arg.of(2), Arg.of(3)), Beta.alpha(2).beta(3).args());
        assertEquals(List.of(Arg.of(0), Arg.of("s")), LogNormal.mu(0).sigma("s").args());
        assertEquals(
                Independent.of(LogNormalMean.FAMILY, Arg.of("m"), Arg.of(1)),
                LogNormal.mean("m").sigma(1));
        assertEquals(
                List.of(Arg.of(3), Arg.of(2)), InverseGamma.shape(3).scale(2).args());
        assertEquals(List.of(Arg.of(0), Arg.of(2)), Cauchy.location(0).scale(2).args());
    }

    @Test
    void flatIsImproper() {
        double[] theta = {0, Double.POSITIVE_INFINITY};
        assertTrue(Flat.FAMILY.improper());
        assertEquals(0, Flat.FAMILY.logDensity(1e300, theta));
        assertEquals(0, Flat.FAMILY.logDensity(0, theta));
        assertEquals(Double.NEGATIVE_INFINITY, Flat.FAMILY.logDensity(-1e-300, theta));
        assertEquals(Double.NaN, Flat.FAMILY.logDensity(Double.NaN, theta));
        assertEquals(Double.NaN, Flat.FAMILY.cdf(1, theta));
        assertEquals(Double.NaN, Flat.FAMILY.quantile(0.5, theta));
        double inf = Double.POSITIVE_INFINITY;
        for (double[] refused : List.of(
                new double[] {0, 1},
                new double[] {inf, inf},
                new double[] {0, -inf},
                new double[] {Double.NaN, inf},
                new double[] {-1.7e308, 1.7e308})) {
            assertTrue(Flat.FAMILY.invalid(refused).isPresent());
            assertEquals(Double.NaN, Flat.FAMILY.logDensity(0, refused));
        }
    }

    @Test
    void upperLimitsAreProbabilities() {
        double[] theta = {2, 0.5};
        UpperLimit limit = UpperLimit.FAMILY;
        // ln Phi at 0, 2 and far below: Phi(-40) = 3.66e-350 underflows, its logarithm does not.
        assertEquals(Math.log(0.5), limit.logDensity(2, theta), 1e-14);
        assertEquals(Math.log(0.9772498680518208), limit.logDensity(3, theta), 1e-14);
        assertEquals(-804.608442, limit.logDensity(-18, theta), 1e-6);
        assertEquals(0, limit.logDensity(1e300, theta), 0);
        assertEquals(Double.NaN, limit.logDensity(1, new double[] {0, -1}));
        assertTrue(limit.improper());
        for (double x : new double[] {-18, 1.5, 2, 3, 9}) {
            double[] out = new double[3];
            limit.gradient(x, theta, out);
            double h = 1e-5;
            double dx = (limit.logDensity(x + h, theta) - limit.logDensity(x - h, theta)) / (2 * h);
            double dm =
                    (limit.logDensity(x, new double[] {2 + h, 0.5}) - limit.logDensity(x, new double[] {2 - h, 0.5}))
                            / (2 * h);
            double ds =
                    (limit.logDensity(x, new double[] {2, 0.5 + h}) - limit.logDensity(x, new double[] {2, 0.5 - h}))
                            / (2 * h);
            assertEquals(dx, out[0], 1e-6 * Math.max(1, Math.abs(dx)));
            assertEquals(dm, out[1], 1e-6 * Math.max(1, Math.abs(dm)));
            assertEquals(ds, out[2], 1e-6 * Math.max(1, Math.abs(ds)));
        }
    }
}
