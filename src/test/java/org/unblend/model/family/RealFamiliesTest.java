package org.unblend.model.family;

import static java.lang.Double.NEGATIVE_INFINITY;
import static java.lang.Double.NaN;
import static java.lang.Double.POSITIVE_INFINITY;
import static java.lang.Math.PI;
import static java.lang.Math.log;
import static java.lang.Math.sqrt;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.unblend.model.Family;

/**
 * The families on intervals and on the real line keep the contract. Known values are closed forms and identities between families; numbers with many
 * digits were computed with mpmath 1.3 at 40 digits, from its incomplete gamma and beta functions, erfc and quadrature.
 */
class RealFamiliesTest {

    @Nested
    class OfUniform extends DistributionContract {
        @Override
        Family family() {
            return Uniform.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(10, 200), args(-1, 0), args(1e-200, 3e-200), args(-1e300, 1e300), args(1e6, 1e6 + 1));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(1, 1), args(2, 1), args(0, POSITIVE_INFINITY), args(-1.7e308, 1.7e308));
        }

        @Override
        List<Known> known() {
            return List.of(new Known(29, -log(190), 0.1, 10, 200), new Known(200, -log(190), 1 - 1e-16, 10, 200));
        }
    }

    @Nested
    class OfCircularUniform extends OfUniform {
        @Override
        Family family() {
            return CircularUniform.FAMILY;
        }
    }

    @Nested
    class OfLogUniform extends DistributionContract {
        @Override
        Family family() {
            return LogUniform.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(1e4, 1e7), args(0.1, 0.3), args(1e-300, 1e300), args(1e5, 1e5 + 0.01));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 1), args(-1, 1), args(2, 2), args(3, 2), args(1, POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(1e5, -log(1e5 * log(1e3)), 1 / 3.0, 1e4, 1e7),
                    new Known(1, -log(600 * log(10)), 0.5, 1e-300, 1e300));
        }
    }

    @Nested
    class OfNormal extends DistributionContract {
        @Override
        Family family() {
            return Normal.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(0, 1), args(-3, 0.01), args(1e5, 20), args(0, 1e-200), args(2, 1e200));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 0), args(0, -1), args(POSITIVE_INFINITY, 1), args(0, POSITIVE_INFINITY));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(1.9599639845400542355, NaN, 0.975, 0, 1),
                    new Known(-7.0344838253011319326, NaN, 1e-12, 0, 1),
                    new Known(-37.047096299361199237, NaN, 1e-300, 0, 1),
                    new Known(5, -0.5 - log(2 * sqrt(2 * PI)), NaN, 3, 2));
        }
    }

    @Nested
    class OfTruncatedNormal extends DistributionContract {
        @Override
        Family family() {
            return TruncatedNormal.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(
                    args(0, 1, -1, 2),
                    args(0, 1, 0, POSITIVE_INFINITY),
                    args(3, 2, NEGATIVE_INFINITY, 1),
                    args(3, 2, NEGATIVE_INFINITY, POSITIVE_INFINITY),
                    args(0, 1, 10, 10.5),
                    args(0, 1, -60, -40),
                    args(0, 1, 1e4, POSITIVE_INFINITY),
                    args(5, 100, 4.9, 5.2),
                    args(0, 1, -50, 50));
        }

        @Override
        List<double[]> refused() {
            return List.of(
                    args(0, 0, 0, 1),
                    args(0, 1, 1, 1),
                    args(0, 1, 2, 1),
                    args(0, 1, POSITIVE_INFINITY, POSITIVE_INFINITY),
                    args(NEGATIVE_INFINITY, 1, 0, 1));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(0.5, -0.84377223888021016183, 0.65088042133662712997, 0, 1, -1, 2),
                    new Known(10.1, 1.3130308385478324703, 0.64114552506980279694, 0, 1, 10, 10.5),
                    // Far out it is exponential: at 1e8 sd, one e-fold in 1e-8 sd, to 1e-16.
                    new Known(1e8, log(1e8), NaN, 0, 1, 1e8, POSITIVE_INFINITY));
        }
    }

    @Nested
    class OfStudentT extends DistributionContract {
        @Override
        Family family() {
            return StudentT.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(
                    args(4, 0, 1), args(0.5, 1, 3), args(1, 0, 1), args(30, -5, 0.1), args(1e6, 0, 1), args(1e9, 2, 1));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 0, 1), args(-1, 0, 1), args(1, 0, 0), args(1, POSITIVE_INFINITY, 1));
        }

        @Override
        List<Known> known() {
            // Closed forms: F = 1/2 + t / (2 sqrt(2 + t^2)) for two degrees of freedom; one is the Cauchy distribution;
            // with four, F = 1/2 + s (3 - s^2) / 4 with s = t / sqrt(4 + t^2).
            return List.of(
                    new Known(1.5, -2.1064565854657568563, NaN, 3.5, 0, 1),
                    new Known(-55306.174076515815912, NaN, 1e-12, 2.5, 0, 1),
                    new Known(-sqrt(2), -1.5 * log(2) - log(2 * sqrt(2)), 0.5 - 0.25 * sqrt(2), 2, 0, 1),
                    new Known(1, -log(2 * PI), 0.75, 1, 0, 1),
                    new Known(sqrt(4.0 / 3), NaN, 0.5 + 0.25 * 0.5 * 2.75, 4, 0, 1));
        }
    }

    @Nested
    class OfCauchy extends DistributionContract {
        @Override
        Family family() {
            return Cauchy.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(args(0, 1), args(-5, 0.01), args(1e3, 200));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 0), args(0, -1), args(POSITIVE_INFINITY, 1));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(5, -log(4 * PI), 0.75, 3, 2),
                    new Known(-1e12, NaN, 1e-12 / PI, 0, 1),
                    new Known(sqrt(3), -log(4 * PI), 5.0 / 6, 0, 1));
        }
    }

    @Nested
    class OfBeta extends DistributionContract {
        @Override
        Family family() {
            return Beta.FAMILY;
        }

        @Override
        List<double[]> allowed() {
            return List.of(
                    args(2, 3),
                    args(1, 1),
                    args(0.5, 0.5),
                    args(0.01, 500),
                    args(700, 500),
                    args(5e5, 1e6),
                    args(2, 1e5));
        }

        @Override
        List<double[]> refused() {
            return List.of(args(0, 1), args(1, -1), args(POSITIVE_INFINITY, 1));
        }

        @Override
        List<Known> known() {
            return List.of(
                    new Known(4.082484015750327146e-7, NaN, 1e-12, 2, 3),
                    new Known(0.010615542845861694375, NaN, 0.25, 0.5, 5),
                    new Known(0.4, NaN, 0.00012305476058402225553, 500, 600),
                    // Arcsine distribution: F = 2/π asin(sqrt(x)).
                    new Known(0.25, -log(PI * sqrt(0.1875)), 1 / 3.0, 0.5, 0.5),
                    new Known(0.3, log(12 * 0.3 * 0.49), 0.3483, 2, 3));
        }
    }
}
