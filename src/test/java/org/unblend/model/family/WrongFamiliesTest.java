package org.unblend.model.family;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.model.Family;
import org.unblend.model.Support;

/** The checks of the contract catch families that are wrong, each in one way. */
class WrongFamiliesTest {
    private static final double[] THETA = {1, 2};

    /** A normal family; subclasses spoil one method. */
    private static class Copy implements Family {
        @Override
        public String name() {
            return "normal";
        }

        @Override
        public List<String> arguments() {
            return Normal.FAMILY.arguments();
        }

        @Override
        public Optional<String> invalid(double[] theta) {
            return Normal.FAMILY.invalid(theta);
        }

        @Override
        public Support support(double[] theta) {
            return Normal.FAMILY.support(theta);
        }

        @Override
        public double logDensity(double x, double[] theta) {
            return Normal.FAMILY.logDensity(x, theta);
        }

        @Override
        public double cdf(double x, double[] theta) {
            return Normal.FAMILY.cdf(x, theta);
        }

        @Override
        public double quantile(double p, double[] theta) {
            return Normal.FAMILY.quantile(p, theta);
        }

        @Override
        public void gradient(double x, double[] theta, double[] out) {
            Normal.FAMILY.gradient(x, theta, out);
        }
    }

    private static void caught(Runnable check) {
        assertThrows(AssertionError.class, check::run);
    }

    @Test
    void aRightCopyPasses() {
        Family right = new Copy();
        DistributionChecks.drawsMatchDensity(right, THETA);
        DistributionChecks.densityIntegratesToCdf(right, THETA);
        DistributionChecks.quantileInvertsCdf(right, THETA);
        DistributionChecks.gradientMatchesDifferences(right, THETA);
        DistributionChecks.respectsSupport(right, THETA);
        DistributionChecks.reportsInvalid(right, new double[] {0, -1});
    }

    @Test
    void densityOffByAFactor() {
        Family wrong = new Copy() {
            @Override
            public double logDensity(double x, double[] theta) {
                return super.logDensity(x, theta) + 1e-6;
            }
        };
        caught(() -> DistributionChecks.densityIntegratesToCdf(wrong, THETA));
    }

    @Test
    void quantileOfAnotherScale() {
        Family wrong = new Copy() {
            @Override
            public double quantile(double p, double[] theta) {
                return super.quantile(p, new double[] {theta[0], theta[1] * (1 + 1e-6)});
            }
        };
        caught(() -> DistributionChecks.quantileInvertsCdf(wrong, THETA));
    }

    @Test
    void quantileThatLosesItsTail() {
        Family wrong = new Copy() {
            @Override
            public double quantile(double p, double[] theta) {
                return super.quantile(1 - (1 - p), theta);
            }
        };
        caught(() -> DistributionChecks.quantileInvertsCdf(wrong, THETA));
    }

    @Test
    void drawsOfAnotherScale() {
        Family wrong = new Copy() {
            @Override
            public double draw(RandomSource random, double[] theta) {
                return super.draw(random, new double[] {theta[0], 1.2 * theta[1]});
            }
        };
        caught(() -> DistributionChecks.drawsMatchDensity(wrong, THETA));
    }

    @Test
    void gradientOffByAFactor() {
        Family wrong = new Copy() {
            @Override
            public void gradient(double x, double[] theta, double[] out) {
                super.gradient(x, theta, out);
                out[2] *= 1 + 1e-4;
            }
        };
        caught(() -> DistributionChecks.gradientMatchesDifferences(wrong, THETA));
    }

    @Test
    void densityOutsideItsSupport() {
        Family wrong = new Copy() {
            @Override
            public Support support(double[] theta) {
                return Support.POSITIVE;
            }
        };
        caught(() -> DistributionChecks.respectsSupport(wrong, THETA));
    }

    @Test
    void argumentsThatAreNotChecked() {
        Family wrong = new Copy() {
            @Override
            public Optional<String> invalid(double[] theta) {
                return Optional.empty();
            }
        };
        caught(() -> DistributionChecks.reportsInvalid(wrong, new double[] {0, -1}));
    }

    @Test
    void countsOfAnotherMean() {
        Family wrong = new Copy() {
            @Override
            public boolean discrete() {
                return true;
            }

            @Override
            public double logDensity(double x, double[] theta) {
                return Poisson.FAMILY.logDensity(x, theta);
            }

            @Override
            public double cdf(double x, double[] theta) {
                return Poisson.FAMILY.cdf(x, theta);
            }

            @Override
            public double quantile(double p, double[] theta) {
                return Poisson.FAMILY.quantile(p, theta);
            }

            @Override
            public double draw(RandomSource random, double[] theta) {
                return Poisson.FAMILY.draw(random, new double[] {1.1 * theta[0]});
            }
        };
        caught(() -> DistributionChecks.drawsMatchDensity(wrong, new double[] {20}));
    }
}
