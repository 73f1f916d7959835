package org.unblend.model.family;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static java.lang.Math.PI;
import static java.lang.Math.exp;
import static java.lang.Math.log;
import static java.lang.Math.sqrt;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.unblend.model.Family;

/**
 * The families of numbers that are never negative keep the contract. Known values are closed forms and identities between families; numbers with many
 * digits were computed with mpmath 1.3 at 40 digits, from its incomplete gamma and beta functions, erfc and quadrature.
 */
class PositiveFamiliesTest {

    @Nested
    class OfHalfNormal extends DistributionContract {
        @Override
        Family family() {
            return HalfNormal.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(1), args(1e-200), args(30), args(1e100));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0), args(-1), args(POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(2 * 1.9599639845400542355, NaN, 0.95, 2),
                    new Known(1e-12, 0.5 * log(2 / PI), 1e-12 * sqrt(2 / PI), 1));
        }
    }

    @Nested
    class OfLogNormal extends DistributionContract {
        @Override
        Family family() {
            return LogNormal.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(0, 1), args(-3, 0.1), args(10, 3), args(0, 20));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 0), args(0, -1), args(POSITIVE_INFINITY, 1));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(exp(2), -2 - log(0.5 * sqrt(2 * PI)), 0.5, 2, 0.5),
                    new Known(exp(1.9599639845400542355), NaN, 0.975, 0, 1));
        }
    }

    @Nested
    class OfLogNormalMean extends DistributionContract {
        @Override
        Family family() {
            return LogNormalMean.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(1, 1), args(1e-6, 0.1), args(1e4, 3));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(1, 0), args(-1, 1), args(0, 1), args(POSITIVE_INFINITY, 1));
        }

        @Override
        List<Known> known() {
            // The median is mean exp(-sigma^2 / 2).
            return List.of(new Known(3 * exp(-2), -log(6 * exp(-2)) - 0.5 * log(2 * PI), 0.5, 3, 2));
        }
    }

    @Nested
    class OfHalfCauchy extends DistributionContract {
        @Override
        Family family() {
            return HalfCauchy.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(1), args(1e-5), args(2500));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0), args(-2), args(POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(new Known(3, -log(3 * PI), 0.5, 3), new Known(sqrt(3), -log(2 * PI), 2.0 / 3, 1));
        }
    }

    @Nested
    class OfExponential extends DistributionContract {
        @Override
        Family family() {
            return Exponential.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(1), args(1e-100), args(1e100), args(7));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0), args(-1), args(POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(new Known(log(2) / 4, log(2), 0.5, 4), new Known(1e-13, 0, 1e-13, 1));
        }
    }

    @Nested
    class OfGamma extends DistributionContract {
        @Override
        Family family() {
            return Gamma.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(
                    args(2, 4), args(0.01, 1), args(0.3, 1e-3), args(1, 5), args(30, 1e5), args(500, 1), args(1e6, 10));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 1), args(-1, 1), args(1, 0), args(1, POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(6.0730483624079744856e-121, NaN, 1e-12, 0.1, 1),
                    new Known(0.00002562321748415267946, NaN, 1e-12, 2.5, 1),
                    new Known(2.1757300955477636586, NaN, 0.5, 2.5, 1),
                    new Known(99.666864919315488744, NaN, 0.5, 100, 1),
                    new Known(990000, NaN, 5.4466446930108086708e-24, 1e6, 1),
                    // Shape 3 at rate 2: P = 1 - e^-y (1 + y + y^2/2), p = 4 x^2 e^-y, with y = 2 x.
                    new Known(1.5, log(9) - 3, 1 - 8.5 * exp(-3), 3, 2));
        }
    }

    @Nested
    class OfGammaMean extends DistributionContract {
        @Override
        Family family() {
            return GammaMean.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(2, 1), args(0.5, 1e6), args(1e4, 3));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 1), args(-1, -1), args(1, 0), args(1, POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(1.5, log(9) - 3, 1 - 8.5 * exp(-3), 3, 1.5), new Known(5 * log(2), -log(10), 0.5, 1, 5));
        }
    }

    @Nested
    class OfInverseGamma extends DistributionContract {
        @Override
        Family family() {
            return InverseGamma.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(3, 2), args(0.5, 1), args(1e4, 1e-3), args(0.05, 10));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 1), args(1, -1), args(POSITIVE_INFINITY, 1));
        }

        @Override
        List<Known> known() {
            // Shape 1: F = exp(-scale / x). Shape 1/2 and scale 1/2: 1 / z^2 of a standard normal z.
            return List.of(
                    new Known(2, log(3) - 2 * log(2) - 1.5, exp(-1.5), 1, 3),
                    new Known(1 / (1.9599639845400542355 * 1.9599639845400542355), NaN, 0.05, 0.5, 0.5));
        }
    }

    @Nested
    class OfPoisson extends DistributionContract {
        @Override
        Family family() {
            return Poisson.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(3), args(0.001), args(60), args(5000));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(-1), args(POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(2, log(4.5) - 3, 8.5 * exp(-3), 3),
                    new Known(0, 0, 1, 0),
                    new Known(1, NEGATIVE_INFINITY, 1, 0),
                    new Known(2.5, NEGATIVE_INFINITY, 8.5 * exp(-3), 3));
        }
    }
}
