package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;
import org.unblend.model.family.Beta;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.LogUniform;
import org.unblend.model.family.Normal;
import org.unblend.model.family.TruncatedNormal;

class LinkTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    /** One distribution per kind of link, in the order of the kinds. */
    private static final List<Independent> PRIORS = List.of(
            Normal.mean(0.5).sd(2),
            Exponential.rate(1.5),
            TruncatedNormal.mean(0).sd(2).between(-INF, 1),
            Beta.alpha(0.5).beta(1.5),
            LogUniform.between(1e-3, 1e5));

    private static Link link(Independent prior) {
        return Link.to(prior.family().support(prior.numbers().orElseThrow()));
    }

    @Test
    void theSupportChoosesTheKind() {
        for (int i = 0; i < PRIORS.size(); i++) {
            assertEquals(Link.Kind.values()[i], link(PRIORS.get(i)).kind());
        }
        assertEquals(Link.Kind.INTERVAL, Link.to(new Support(0, 1e9)).kind());
        assertEquals(Link.Kind.INTERVAL, Link.to(new Support(1, 1000)).kind());
        assertEquals(Link.Kind.LOG_INTERVAL, Link.to(new Support(1, 1001)).kind());
    }

    @Test
    void valuesStayStrictlyInside() {
        for (Independent prior : PRIORS) {
            Support support = prior.family().support(prior.numbers().orElseThrow());
            for (double z : new double[] {-800, -200, -40, -30, 0, 30, 40, 200, 800, -INF, INF}) {
                double x = link(prior).value(z);
                assertTrue(x > support.low() && x < support.high(), prior + " at " + z + ": " + x);
                double log = prior.family().logDensity(x, prior.numbers().orElseThrow());
                assertTrue(!Double.isNaN(log) && log < INF, prior + " at " + z);
            }
        }
    }

    @Test
    void theInverseLeadsBack() {
        for (Independent prior : PRIORS) {
            Link link = link(prior);
            for (double z = -30; z <= 30; z += 0.5) {
                double x = link.value(z);
                // What a double near the end of an interval can hold: one step of x, seen in z.
                double step = Math.ulp(x) / Math.exp(link.logSlope(z));
                assertEquals(z, link.inverse(x), 1e-9 + 8 * step, prior.toString());
            }
        }
    }

    @Test
    void slopesAreDerivatives() {
        double h = 1e-6;
        for (Independent prior : PRIORS) {
            Link link = link(prior);
            for (double z = -6; z <= 6; z += 0.25) {
                double slope = (link.value(z + h) - link.value(z - h)) / (2 * h);
                assertEquals(slope, link.slope(z), 1e-7 * (1 + Math.abs(slope)), prior.toString());
                assertEquals(Math.log(Math.abs(link.slope(z))), link.logSlope(z), 1e-12);
                double bend = (link.logSlope(z + h) - link.logSlope(z - h)) / (2 * h);
                assertEquals(bend, link.logSlopeDerivative(z), 1e-7);
            }
        }
    }

    @Test
    void theDensityOfTheFreeCoordinateIntegratesToOne() {
        for (Independent prior : PRIORS) {
            Family family = prior.family();
            double[] theta = prior.numbers().orElseThrow();
            double h = 0.01;
            double sum = 0;
            // The trapezoidal rule converges exponentially for smooth densities that vanish at both ends.
            for (double z = -60; z <= 60; z += h) {
                Link link = link(prior);
                sum += h * Math.exp(family.logDensity(link.value(z), theta) + link.logSlope(z));
            }
            assertEquals(1, sum, 1e-6, prior.toString());
        }
    }
}
