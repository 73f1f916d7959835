package org.unblend.model.family;

import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.special.Beta;
import org.unblend.math.Digamma;
import org.unblend.math.GammaDraw;
import org.unblend.math.IncompleteBeta;
import org.unblend.math.Probit;
import org.unblend.math.RandomSource;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;

/**
 * Student's t distribution with df degrees of freedom, with {@code z = (x - location) / scale}:
 * {@code ln p = -(df + 1)/2 ln(1 + z^2/df) - ln B(df/2, 1/2) - ln(df)/2 - ln scale}; df and scale above 0.
 */
public record StudentT() implements Family {
    /** The family itself. */
    public static final StudentT FAMILY = new StudentT();

    /** Above this the second-order normal approximation has a relative error below 1e-9, in the centre below 1e-15. */
    private static final double LARGE_DF = 1e8;

    /** First third of {@code StudentT.df(d).location(m).scale(s)}. */
    public static Steps.Location<Steps.Scale<Independent>> df(Arg df) {
        return location -> scale -> Independent.of(FAMILY, df, location, scale);
    }

    public static Steps.Location<Steps.Scale<Independent>> df(double df) {
        return df(Arg.of(df));
    }

    public static Steps.Location<Steps.Scale<Independent>> df(String node) {
        return df(Arg.of(node));
    }

    @Override
    public String name() {
        return "student_t";
    }

    @Override
    public List<String> arguments() {
        return List.of("df", "location", "scale");
    }

    @Override
    public Optional<String> invalid(double[] theta) {
        return Arguments.unless(allowed(theta), "df and scale must be above 0 and finite, location finite", theta);
    }

    private static boolean allowed(double[] theta) {
        return Arguments.positive(theta[0]) && Double.isFinite(theta[1]) && Arguments.positive(theta[2]);
    }

    @Override
    public Support support(double[] theta) {
        return Support.REAL;
    }

    @Override
    public double logDensity(double x, double[] theta) {
        if (!allowed(theta)) {
            return Double.NaN;
        }
        double df = theta[0];
        double z = (x - theta[1]) / theta[2];
        return -0.5 * (df + 1) * Arguments.logOnePlusSquare(z, df)
                - Beta.logBeta(0.5 * df, 0.5)
                - 0.5 * Math.log(df)
                - Math.log(theta[2]);
    }

    @Override
    public double cdf(double x, double[] theta) {
        double df = theta[0];
        double z = (x - theta[1]) / theta[2];
        if (df > LARGE_DF) {
            // Abramowitz and Stegun 1964, 26.7.8; z bounded so that its square is finite.
            double t = Math.max(-1e100, Math.min(z, 1e100));
            return Probit.cdf(t * (1 - 0.25 / df) / Math.sqrt(1 + t * t / (2 * df)));
        }
        // The two tails beyond z hold I_y(df/2, 1/2) with y = df / (df + z^2).
        double tail = 0.5 * IncompleteBeta.lower(0.5 * df, 0.5, Math.log(df) - 2 * Math.log(Math.abs(z)));
        return z < 0 ? tail : 1 - tail;
    }

    @Override
    public double quantile(double p, double[] theta) {
        return Arguments.toFinite(theta[1] + theta[2] * standardQuantile(p, theta[0]));
    }

    private static double standardQuantile(double p, double df) {
        if (p == 0.5) {
            return 0;
        }
        if (df > LARGE_DF) {
            // Abramowitz and Stegun 1964, 26.7.5.
            double z = Probit.quantile(p);
            return z + z * (z * z + 1) / (4 * df);
        }
        double logit = IncompleteBeta.logitQuantile(0.5 * df, 0.5, 2 * Math.min(p, 1 - p), 2 * Math.abs(p - 0.5));
        return Math.copySign(Math.exp(0.5 * (Math.log(df) - logit)), p - 0.5);
    }

    @Override
    public double draw(RandomSource random, double[] theta) {
        double logChiSquare = GammaDraw.log(random, 0.5 * theta[0]) + Math.log(2);
        double z = random.nextGaussian() * Math.exp(0.5 * (Math.log(theta[0]) - logChiSquare));
        return Arguments.toFinite(theta[1] + theta[2] * z);
    }

    @Override
    public void gradient(double x, double[] theta, double[] out) {
        double df = theta[0];
        double z = (x - theta[1]) / theta[2];
        // (df + 1) z^2 / (df + z^2), without squares that overflow.
        double pull = z == 0 ? 0 : (df + 1) / (1 + df / z / z);
        out[0] = z == 0 ? 0 : -pull / z / theta[2];
        out[1] = 0.5
                * (Digamma.of(0.5 * (df + 1))
                        - Digamma.of(0.5 * df)
                        - 1 / df
                        - Arguments.logOnePlusSquare(z, df)
                        + pull / df);
        out[2] = -out[0];
        out[3] = (pull - 1) / theta[2];
    }
}
