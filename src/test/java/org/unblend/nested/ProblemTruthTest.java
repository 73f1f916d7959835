package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegrator;
import org.apache.commons.math3.analysis.integration.gauss.GaussIntegratorFactory;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.special.Erf;
import org.apache.commons.math3.special.Gamma;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The evidence of every problem of the catalogue, computed again by other means than those of the catalogue. */
class ProblemTruthTest {
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(16, -1, 1);

    @TestFactory
    Stream<DynamicTest> everyTruthIsComputedAgain() {
        return ProblemCatalogue.all().stream()
                .map(p -> DynamicTest.dynamicTest(
                        p.name(), () -> assertEquals(truth(p), p.logZ(), 2e-6 * Math.max(1, Math.abs(p.logZ())))));
    }

    @Test
    void namesAreUnique() {
        long names = ProblemCatalogue.all().stream()
                .map(Problems.Problem::name)
                .distinct()
                .count();
        assertEquals(ProblemCatalogue.all().size(), names);
        assertEquals("cake4", ProblemCatalogue.named("cake4").name());
    }

    private static double truth(Problems.Problem p) {
        int d = p.dimension();
        String family = p.name().replaceAll("\\d.*", "");
        return switch (family) {
            case "shells" -> shells(d);
            case "eggbox" -> eggbox();
            case "gauss" -> gauss(p);
            case "rosen" -> rosenbrock(d);
            case "loggamma" -> loggamma(d);
            case "spikeslab" -> spikeSlab(d);
            case "funnel" -> funnel();
            case "cake" -> cake(p);
            case "regression" -> regression(p);
            default -> throw new IllegalStateException("no truth for " + p.name());
        };
    }

    /** Twice the radial integral; the shells touch neither each other nor the walls. */
    private static double shells(int d) {
        double area = Math.log(2) + 0.5 * d * Math.log(Math.PI) - Gamma.logGamma(0.5 * d);
        double radial = integral(r -> Math.pow(r, d - 1) * normal((r - 2) / 0.1) / 0.1, 1, 3, 40);
        return Math.log(2) + area + Math.log(radial) - d * Math.log(12);
    }

    private static double eggbox() {
        double side = 10 * Math.PI;
        double z = integral(
                x -> integral(y -> Math.exp(Math.pow(2 + Math.cos(x / 2) * Math.cos(y / 2), 5) - 243), 0, side, 60),
                0,
                side,
                60);
        return Math.log(z) + 243 - 2 * Math.log(side);
    }

    /** The value at the peak, with the determinant by elimination, says that the density is normalised. */
    private static double gauss(Problems.Problem p) {
        int d = p.dimension();
        double rho = Double.parseDouble(p.name().substring(p.name().indexOf('_') + 1));
        RealMatrix c = new Array2DRowRealMatrix(d, d);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < d; j++) {
                c.setEntry(i, j, i == j ? 1 : rho);
            }
        }
        double[] centre = IntStream.range(0, d).mapToDouble(i -> 0.5).toArray();
        double peak = ProblemsTest.logLikelihood(p.target(), centre);
        double expected = -0.5 * (d * Math.log(2 * Math.PI) + Math.log(new LUDecomposition(c).getDeterminant()));
        return peak - expected + d * (Math.log(Erf.erf(10 / Math.sqrt(2))) - Math.log(20));
    }

    /** The chain is integrated from one end to the other: a function of one variable is handed on. */
    private static double rosenbrock(int d) {
        int panels = 150;
        double[] x = new double[16 * panels];
        double[] w = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double half = 5.0 / panels;
            x[i] = -5 + half * (2 * (i / 16) + 1 + RULE.getPoint(i % 16));
            w[i] = half * RULE.getWeight(i % 16);
        }
        double[] message = IntStream.range(0, x.length).mapToDouble(i -> 1).toArray();
        for (int step = 1; step < d; step++) {
            double[] next = new double[x.length];
            for (int i = 0; i < x.length; i++) {
                double from = w[i] * message[i] * Math.exp(-(1 - x[i]) * (1 - x[i]));
                for (int j = 0; j < x.length; j++) {
                    double bend = x[j] - x[i] * x[i];
                    next[j] += Math.abs(bend) < 1 ? from * Math.exp(-100 * bend * bend) : 0;
                }
            }
            message = next;
        }
        double z = 0;
        for (int i = 0; i < x.length; i++) {
            z += w[i] * message[i];
        }
        return Math.log(z) - d * Math.log(10);
    }

    private static double loggamma(int d) {
        double third = 1 / 3.0;
        double gammas = Math.log(0.5 * (gammaMass(third) + gammaMass(2 * third)));
        double normals = Math.log(0.5 * (normalMass(third) + normalMass(2 * third)));
        long more = IntStream.rangeClosed(3, d).filter(i -> 2 * i <= d + 2).count();
        return gammas
                + normals
                + more * Math.log(gammaMass(2 * third))
                + (d - 2 - more) * Math.log(normalMass(2 * third));
    }

    private static double gammaMass(double m) {
        return integral(x -> 30 * Math.exp(30 * (x - m) - Math.exp(30 * (x - m))), 0, 1, 100);
    }

    private static double normalMass(double m) {
        return integral(x -> 30 * normal(30 * (x - m)), 0, 1, 100);
    }

    private static double spikeSlab(int d) {
        double spike = integral(x -> 100 * normal(100 * (x - 0.031)), -0.5, 0.5, 200);
        double slab = integral(x -> 10 * normal(10 * x), -0.5, 0.5, 200);
        return Math.log(100 * Math.pow(spike, d) + Math.pow(slab, d));
    }

    private static double funnel() {
        double z = integral(
                v -> normal(v / 3) / 3 * Math.pow(Erf.erf(30 * Math.exp(-v / 2) / Math.sqrt(2)), 4), -12, 12, 100);
        return Math.log(z) - Math.log(24) - 4 * Math.log(60);
    }

    /** The mean likelihood over the cube, step by step in the prior volume. */
    private static double cake(Problems.Problem p) {
        double z = 0;
        for (int k = 0; k < 150; k++) {
            double middle = Math.pow(0.7, k + 0.5);
            double u = 0.5 + 0.5 * Math.pow(middle, 0.25);
            z += 0.3 * Math.pow(0.7, k) * Math.exp(ProblemsTest.logLikelihood(p.target(), u, 0.5, 0.5, 0.5));
        }
        return Math.log(z);
    }

    /** {@code L(b) pi(b) / p(b | y)} at the posterior mean b, where the posterior is normal. */
    private static double regression(Problems.Problem p) {
        int terms = p.dimension();
        RealMatrix phi = new Array2DRowRealMatrix(24, terms);
        RealVector y = new ArrayRealVector(24);
        for (int i = 0; i < 24; i++) {
            double x = -1 + i / 11.5;
            y.setEntry(i, 0.4 - 0.9 * x + 0.3 * x * x + 1.7 * x * x * x + 0.2 * Math.sin(9 * x));
            for (int j = 0; j < terms; j++) {
                phi.setEntry(i, j, Math.pow(x, j));
            }
        }
        RealMatrix precision = phi.transpose()
                .multiply(phi)
                .scalarMultiply(16)
                .add(MatrixUtils.createRealIdentityMatrix(terms).scalarMultiply(0.25));
        RealVector mean = MatrixUtils.inverse(precision)
                .operate(phi.transpose().operate(y))
                .mapMultiply(16);
        double[] u = mean.map(b -> 0.5 + 0.5 * Erf.erf(b / (2 * Math.sqrt(2)))).toArray();
        double prior = -0.125 * mean.dotProduct(mean) - terms * Math.log(2 * Math.sqrt(2 * Math.PI));
        double posterior =
                0.5 * Math.log(new LUDecomposition(precision).getDeterminant()) - 0.5 * terms * Math.log(2 * Math.PI);
        return ProblemsTest.logLikelihood(p.target(), u) + prior - posterior;
    }

    private static double normal(double z) {
        return Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
    }

    private static double integral(DoubleUnaryOperator f, double low, double high, int panels) {
        double half = 0.5 * (high - low) / panels;
        double sum = 0;
        for (int k = 0; k < panels; k++) {
            double middle = low + half * (2 * k + 1);
            sum += half * RULE.integrate(t -> f.applyAsDouble(middle + half * t));
        }
        return sum;
    }
}
