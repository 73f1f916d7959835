package org.unblend.model.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.unblend.model.Family;

/** What every proper family must pass; a test of a family inherits it. */
abstract class DistributionContract {

    /** A value found by other means: of the log density and of the cdf at x; NaN where it is not known. */
    record Known(double x, double logDensity, double cdf, double... theta) {}

    abstract Family family();

    /** Ordinary, small and large arguments. */
    abstract List<double[]> allowed();

    /** Arguments that must be refused; NaN in each place is tried anyway. */
    abstract List<double[]> refused();

    abstract List<Known> known();

    static double[] args(double... theta) {
        return theta;
    }

    private void each(BiConsumer<Family, double[]> check) {
        allowed().forEach(theta -> {
            assertTrue(family().invalid(theta).isEmpty());
            check.accept(family(), theta);
        });
    }

    @Test
    void drawsMatchDensity() {
        each(DistributionChecks::drawsMatchDensity);
    }

    @Test
    void densityIntegratesToCdf() {
        each(DistributionChecks::densityIntegratesToCdf);
    }

    @Test
    void quantileInvertsCdf() {
        each(DistributionChecks::quantileInvertsCdf);
    }

    @Test
    void gradientMatchesDifferences() {
        each(DistributionChecks::gradientMatchesDifferences);
    }

    @Test
    void respectsSupport() {
        each(DistributionChecks::respectsSupport);
    }

    @Test
    void reportsInvalidArguments() {
        refused().forEach(theta -> DistributionChecks.reportsInvalid(family(), theta));
        double[] theta = allowed().get(0);
        for (int i = 0; i < theta.length; i++) {
            double[] broken = theta.clone();
            broken[i] = Double.NaN;
            DistributionChecks.reportsInvalid(family(), broken);
        }
    }

    @Test
    void knownValues() {
        for (Known k : known()) {
            if (!Double.isNaN(k.logDensity)) {
                double tolerance = 1e-12 * Math.max(1, Math.abs(k.logDensity));
                assertEquals(k.logDensity, family().logDensity(k.x, k.theta), tolerance, "log density at " + k.x);
            }
            if (!Double.isNaN(k.cdf)) {
                assertEquals(k.cdf, family().cdf(k.x, k.theta), 1e-11 * k.cdf, "cdf at " + k.x);
                if (!family().discrete()) {
                    double x = family().quantile(k.cdf, k.theta);
                    assertEquals(k.x, x, 1e-10 * Math.abs(k.x), "quantile at " + k.cdf);
                }
            }
        }
    }
}
