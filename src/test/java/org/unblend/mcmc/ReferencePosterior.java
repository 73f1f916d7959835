package org.unblend.mcmc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/**
 * A posterior of data/posteriordb, from its description in words there: free coordinates to parameters and log density, the
 * Jacobian included.
 */
interface ReferencePosterior {

    /** Number of free coordinates. */
    int dimension();

    /** The log density; what the reference reports is put into {@code parameters}. */
    Dual density(Dual[] z, Dual[] parameters);

    /** How many numbers the reference reports. */
    int parameters();

    record Words(int dimension, int parameters, Body body) implements ReferencePosterior {
        @Override
        public Dual density(Dual[] z, Dual[] parameters) {
            return body.density(z, parameters);
        }
    }

    interface Body {
        Dual density(Dual[] z, Dual[] parameters);
    }

    static double[] numbers(JsonNode node) {
        double[] x = new double[node.size()];
        Arrays.setAll(x, i -> node.get(i).asDouble());
        return x;
    }

    static ReferencePosterior of(String name, JsonNode data) {
        return switch (name) {
            case "eight_schools_noncentered" -> eightSchools(numbers(data.get("y")), numbers(data.get("sigma")));
            case "kidscore_momiq" ->
                regression(numbers(data.get("kid_score")), List.of(numbers(data.get("mom_iq"))), true);
            case "kidscore_momhsiq" ->
                regression(
                        numbers(data.get("kid_score")),
                        List.of(numbers(data.get("mom_hs")), numbers(data.get("mom_iq"))),
                        true);
            case "blr" -> blr(data);
            case "arK" -> autoregression(numbers(data.get("y")), data.get("K").asInt());
            case "garch11" -> garch(numbers(data.get("y")), data.get("sigma1").asDouble());
            case "gp_regr" -> gpRegression(numbers(data.get("x")), numbers(data.get("y")));
            case "gp_pois_regr" -> gpCounts(numbers(data.get("x")), numbers(data.get("k")));
            case "low_dim_gauss_mix" -> mixture(numbers(data.get("y")));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static ReferencePosterior eightSchools(double[] y, double[] sigma) {
        return new Words(10, 10, (z, p) -> {
            Dual tau = z[9].exp();
            Dual log = z[8].logNormal(0, 5).plus(tau.logCauchy(5)).plus(z[9]);
            for (int j = 0; j < 8; j++) {
                p[j] = z[8].plus(tau.times(z[j]));
                log = log.plus(z[j].logNormal(0, 1)).plus(p[j].logNormal(y[j], sigma[j]));
            }
            p[8] = z[8];
            p[9] = tau;
            return log;
        });
    }

    /** With an intercept: flat coefficients. */
    private static ReferencePosterior regression(double[] y, List<double[]> x, boolean intercept) {
        int k = x.size() + (intercept ? 1 : 0);
        return new Words(k + 1, k + 1, (z, p) -> {
            Dual s = z[k].exp();
            Dual log = s.logCauchy(2.5).plus(z[k]);
            for (int i = 0; i < y.length; i++) {
                Dual mean = z[0];
                for (int j = 0; j < x.size(); j++) {
                    mean = mean.plus(z[j + 1].times(x.get(j)[i]));
                }
                log = log.plus(Dual.constant(y[i], k + 1).logNormal(mean, s));
            }
            System.arraycopy(z, 0, p, 0, k);
            p[k] = s;
            return log;
        });
    }

    private static ReferencePosterior blr(JsonNode data) {
        double[] y = numbers(data.get("y"));
        int k = data.get("D").asInt();
        return new Words(k + 1, k + 1, (z, p) -> {
            Dual s = z[k].exp();
            Dual log = s.logNormal(0, 10).plus(z[k]);
            for (int j = 0; j < k; j++) {
                log = log.plus(z[j].logNormal(0, 10));
                p[j] = z[j];
            }
            for (int i = 0; i < y.length; i++) {
                Dual mean = Dual.constant(0, k + 1);
                for (int j = 0; j < k; j++) {
                    mean = mean.plus(z[j].times(data.get("X").get(i).get(j).asDouble()));
                }
                log = log.plus(Dual.constant(y[i], k + 1).logNormal(mean, s));
            }
            p[k] = s;
            return log;
        });
    }

    private static ReferencePosterior autoregression(double[] y, int order) {
        int d = order + 2;
        return new Words(d, d, (z, p) -> {
            Dual s = z[d - 1].exp();
            Dual log = s.logCauchy(2.5).plus(z[d - 1]);
            for (int j = 0; j <= order; j++) {
                log = log.plus(z[j].logNormal(0, 10));
                p[j] = z[j];
            }
            for (int t = order; t < y.length; t++) {
                Dual mean = z[0];
                for (int k = 1; k <= order; k++) {
                    mean = mean.plus(z[k].times(y[t - k]));
                }
                log = log.plus(Dual.constant(y[t], d).logNormal(mean, s));
            }
            p[d - 1] = s;
            return log;
        });
    }

    private static ReferencePosterior garch(double[] y, double first) {
        return new Words(4, 4, (z, p) -> {
            Dual a0 = z[1].exp();
            Dual a1 = z[2].logistic();
            Dual part = z[3].logistic();
            Dual room = a1.times(-1).plus(1);
            Dual b1 = part.times(room);
            Dual log = z[1].plus(a1.log())
                    .plus(room.log())
                    .plus(part.log())
                    .plus(part.times(-1).plus(1).log())
                    .plus(room.log());
            Dual variance = Dual.constant(first * first, 4);
            for (int t = 0; t < y.length; t++) {
                if (t > 0) {
                    Dual before = z[0].plus(-y[t - 1]).square();
                    variance = a0.plus(a1.times(before)).plus(b1.times(variance));
                }
                log = log.plus(Dual.constant(y[t], 4).logNormal(z[0], variance.sqrt()));
            }
            p[0] = z[0];
            p[1] = a0;
            p[2] = a1;
            p[3] = b1;
            return log;
        });
    }

    private static Dual[][] rootOfKernel(double[] x, Dual rho, Dual alpha, Dual nugget) {
        int n = x.length;
        Dual[][] l = new Dual[n][n];
        Dual half = Dual.constant(-0.5, rho.gradient().length).over(rho.square());
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                Dual sum = alpha.square()
                        .times(half.times((x[i] - x[j]) * (x[i] - x[j])).exp());
                sum = i == j ? sum.plus(nugget) : sum;
                for (int k = 0; k < j; k++) {
                    sum = sum.minus(l[i][k].times(l[j][k]));
                }
                l[i][j] = i == j ? sum.sqrt() : sum.over(l[j][j]);
            }
        }
        return l;
    }

    /** {@code ln Gamma(x | 25, 4)} without the constant. */
    private static Dual gamma25(Dual x) {
        return x.log().times(24).minus(x.times(4));
    }

    private static ReferencePosterior gpRegression(double[] x, double[] y) {
        return new Words(3, 3, (z, p) -> {
            for (int i = 0; i < 3; i++) {
                p[i] = z[i].exp();
            }
            Dual log = gamma25(p[0])
                    .plus(p[1].logNormal(0, 2))
                    .plus(p[2].logNormal(0, 1))
                    .plus(z[0])
                    .plus(z[1])
                    .plus(z[2]);
            Dual[][] l = rootOfKernel(x, p[0], p[1], p[2]);
            Dual[] white = new Dual[y.length];
            for (int i = 0; i < y.length; i++) {
                Dual sum = Dual.constant(y[i], 3);
                for (int k = 0; k < i; k++) {
                    sum = sum.minus(l[i][k].times(white[k]));
                }
                white[i] = sum.over(l[i][i]);
                log = log.plus(white[i].logNormal(0, 1)).minus(l[i][i].log());
            }
            return log;
        });
    }

    private static ReferencePosterior gpCounts(double[] x, double[] counts) {
        int n = x.length;
        return new Words(n + 2, n + 2, (z, p) -> {
            p[0] = z[0].exp();
            p[1] = z[1].exp();
            Dual log = gamma25(p[0]).plus(p[1].logNormal(0, 2)).plus(z[0]).plus(z[1]);
            Dual[][] l = rootOfKernel(x, p[0], p[1], Dual.constant(1e-10, n + 2));
            for (int i = 0; i < n; i++) {
                Dual f = Dual.constant(0, n + 2);
                for (int k = 0; k <= i; k++) {
                    f = f.plus(l[i][k].times(z[2 + k]));
                }
                p[2 + i] = f;
                log = log.plus(z[2 + i].logNormal(0, 1))
                        .plus(f.times(counts[i]))
                        .minus(f.exp());
            }
            return log;
        });
    }

    private static ReferencePosterior mixture(double[] y) {
        return new Words(5, 5, (z, p) -> {
            p[0] = z[0];
            p[1] = z[0].plus(z[1].exp());
            p[2] = z[2].exp();
            p[3] = z[3].exp();
            p[4] = z[4].logistic();
            Dual rest = p[4].times(-1).plus(1);
            Dual log = p[0].logNormal(0, 2)
                    .plus(p[1].logNormal(0, 2))
                    .plus(p[2].logNormal(0, 2))
                    .plus(p[3].logNormal(0, 2))
                    .plus(z[1])
                    .plus(z[2])
                    .plus(z[3])
                    .plus(p[4].log().times(5))
                    .plus(rest.log().times(5));
            for (double v : y) {
                Dual datum = Dual.constant(v, 5);
                Dual a = p[4].log().plus(datum.logNormal(p[0], p[2]));
                Dual b = rest.log().plus(datum.logNormal(p[1], p[3]));
                Dual high = a.value() > b.value() ? a : b;
                Dual low = a.value() > b.value() ? b : a;
                log = log.plus(high).plus(low.minus(high).exp().plus(1).log());
            }
            return log;
        });
    }
}
