package org.unblend.nested;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Erf;
import org.unblend.density.FunctionTarget;

/** Problems with known evidence, for tests and for the validation table. */
public final class Problems {

    private Problems() {}

    /**
     * A likelihood, its prior and its evidence.
     *
     * @param name as in tables of the literature, with the dimension
     * @param target the likelihood and its prior
     * @param logZ the true ln Z
     */
    public record Problem(String name, FunctionTarget target, double logZ) {
        /** Number of parameters. */
        public int dimension() {
            return target.dimension();
        }
    }

    /** Two Gaussian shells (Feroz and Hobson 2008, MNRAS 384, 449): radius 2, width 0.1, centres at +-3.5 on axis 1. */
    public static Problem shells(int d, double logZ) {
        return box("shells" + d, d, -6, 6, logZ, x -> {
            double rest = 0;
            for (int i = 1; i < d; i++) {
                rest += x[i] * x[i];
            }
            double near = Math.sqrt((x[0] - 3.5) * (x[0] - 3.5) + rest) - 2;
            double far = Math.sqrt((x[0] + 3.5) * (x[0] + 3.5) + rest) - 2;
            return addLogs(-50 * near * near, -50 * far * far) - Math.log(0.1 * Math.sqrt(2 * Math.PI));
        });
    }

    /** The egg box {@code (2 + cos(x/2) cos(y/2))^5}; ln Z by quadrature. */
    public static Problem eggbox() {
        return box(
                "eggbox",
                2,
                0,
                10 * Math.PI,
                235.855940,
                x -> Math.pow(2 + Math.cos(x[0] / 2) * Math.cos(x[1] / 2), 5));
    }

    /** A normal density with unit variances and equal correlations, far from the walls of the box of half-width 10. */
    public static Problem gauss(int d, double rho) {
        // The inverse of (1 - rho) I + rho J is (I - c J) / (1 - rho).
        double c = rho / (1 + (d - 1) * rho);
        double norm = -0.5 * (d * Math.log(2 * Math.PI) + (d - 1) * Math.log(1 - rho) + Math.log(1 + (d - 1) * rho));
        return box("gauss" + d + "_" + rho, d, -10, 10, -d * Math.log(20), x -> {
            double sum = 0;
            double squares = 0;
            for (double v : x) {
                sum += v;
                squares += v * v;
            }
            return norm - 0.5 * (squares - c * sum * sum) / (1 - rho);
        });
    }

    /** Rosenbrock's chain; ln Z by quadrature. */
    public static Problem rosenbrock(int d, double logZ) {
        return box("rosen" + d, d, -5, 5, logZ, x -> {
            double sum = 0;
            for (int i = 0; i + 1 < d; i++) {
                double bend = x[i + 1] - x[i] * x[i];
                sum -= 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
            }
            return sum;
        });
    }

    /** Log-gamma and normal factors, four modes (Beaujean and Caldwell 2013, arXiv:1304.7808); Z = 1 but for the walls. */
    public static Problem loggamma(int d) {
        double third = 1 / 3.0;
        return box("loggamma" + d, d, 0, 1, -2.27e-5, x -> {
            double l = addLogs(logGamma(x[0], third), logGamma(x[0], 2 * third)) - Math.log(2);
            l += addLogs(logNormal(x[1], third), logNormal(x[1], 2 * third)) - Math.log(2);
            for (int i = 3; i <= d; i++) {
                l += 2 * i <= d + 2 ? logGamma(x[i - 1], 2 * third) : logNormal(x[i - 1], 2 * third);
            }
            return l;
        });
    }

    /** A spike of mass 100 and sd 0.01 beside a slab of mass 1 and sd 0.1. */
    public static Problem spikeSlab(int d) {
        return box("spikeslab" + d, d, -0.5, 0.5, 4.615120, x -> {
            double spike = 0;
            double slab = 0;
            for (double v : x) {
                spike -= 0.5 * Math.pow((v - 0.031) / 0.01, 2);
                slab -= 0.5 * Math.pow(v / 0.1, 2);
            }
            double norm = 0.5 * d * Math.log(2 * Math.PI);
            return addLogs(Math.log(100) + spike - d * Math.log(0.01), slab - d * Math.log(0.1)) - norm;
        });
    }

    /** Neal's funnel, cut by the box [-12, 12] x [-30, 30]^4; ln Z by quadrature over the first coordinate. */
    public static Problem funnel5() {
        int d = 5;
        double[] low = {-12, -30, -30, -30, -30};
        double[] high = {12, 30, 30, 30, 30};
        FunctionTarget target = FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, x -> {
                    double v = x[0];
                    double l = -v * v / 18 - Math.log(3) - 0.5 * d * Math.log(2 * Math.PI);
                    for (int i = 1; i < d; i++) {
                        l -= 0.5 * (x[i] * x[i] * Math.exp(-v) + v);
                    }
                    return l;
                }))
                .inBox(List.of("v", "y1", "y2", "y3", "y4"), low, high);
        return new Problem("funnel5", target, -19.578681);
    }

    /** A wedding cake: nested cubes, each step of which is a plateau; the step k has prior mass 0.3 0.7^k. */
    public static Problem cake4() {
        int d = 4;
        double z = 0;
        for (int k = 0; k < 200; k++) {
            z += 0.3 * Math.pow(0.7, k) * Math.exp(-Math.pow(0.7, 2.0 * k / d) / (8 * 0.04));
        }
        FunctionTarget target = FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, u -> {
            double r = 2 * farthest(u);
            return r == 0 ? 0 : -Math.pow(0.7, 2 * Math.floor(d * Math.log(r) / Math.log(0.7)) / d) / (8 * 0.04);
        }));
        return new Problem("cake4", target, Math.log(z));
    }

    /** {@code -(100 max |u - 1/2|)^(1/100)}: the volume above a likelihood is known (Buchner 2016, Stat. Comput. 26, 383). */
    public static FunctionTarget hyperPyramid(int d) {
        return FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, u -> -Math.pow(100 * farthest(u), 0.01)));
    }

    /** Ln of the prior volume above log likelihood {@code l} of the hyper-pyramid. */
    public static double hyperPyramidLogVolume(int d, double l) {
        return d * Math.log(2 * Math.pow(-l, 100) / 100);
    }

    /** Polynomial regression of degree p with normal priors of sd 2 and known noise of sd 1/4. */
    public static FunctionTarget regression(double[] x, double[] y, int p) {
        int d = p + 1;
        List<String> names = IntStream.range(0, d).mapToObj(i -> "b" + i).toList();
        return new FunctionTarget(
                d,
                names,
                (u, beta, rows) -> {
                    for (int i = 0; i < rows * d; i++) {
                        beta[i] = 2 * Math.sqrt(2) * Erf.erfInv(2 * u[i] - 1);
                    }
                },
                FunctionTarget.rowByRow(d, beta -> {
                    double l = 0;
                    for (int i = 0; i < x.length; i++) {
                        double mean = 0;
                        for (int j = p; j >= 0; j--) {
                            mean = mean * x[i] + beta[j];
                        }
                        double z = (y[i] - mean) / 0.25;
                        l -= 0.5 * z * z + Math.log(0.25 * Math.sqrt(2 * Math.PI));
                    }
                    return l;
                }),
                "");
    }

    static double farthest(double[] u) {
        return Arrays.stream(u).map(v -> Math.abs(v - 0.5)).max().orElse(0);
    }

    private static Problem box(
            String name, int d, double low, double high, double logZ, FunctionTarget.PointLogLikelihood one) {
        double[] from = new double[d];
        double[] to = new double[d];
        Arrays.fill(from, low);
        Arrays.fill(to, high);
        List<String> names = IntStream.range(0, d).mapToObj(i -> "x" + i).toList();
        FunctionTarget target =
                FunctionTarget.ofCube(d, FunctionTarget.rowByRow(d, one)).inBox(names, from, to);
        return new Problem(name, target, logZ);
    }

    private static double addLogs(double a, double b) {
        double high = Math.max(a, b);
        return high + Math.log(Math.exp(a - high) + Math.exp(b - high));
    }

    private static double logGamma(double x, double m) {
        double z = 30 * (x - m);
        return z - Math.exp(z) + Math.log(30);
    }

    private static double logNormal(double x, double m) {
        double z = 30 * (x - m);
        return -0.5 * z * z + Math.log(30 / Math.sqrt(2 * Math.PI));
    }
}
