package org.unblend.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Quantity;
import org.unblend.infer.Samples;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Support;

/**
 * A nested-sampling run of a two-dimensional standard normal likelihood in the prior square [-5, 5]^2, with exact draws
 * from the constrained prior. Z = 1/100 times the normal mass of the square, so ln Z = -4.6052. On a share of the square's
 * right side the likelihood can be made zero.
 *
 * @param draws the draws, with the radius as a derived quantity
 * @param evidence from expected volumes
 */
public record ToyRun(Draws draws, Evidence evidence) {
    public static final double LOG_Z = -2 * Math.log(10);

    private record Point(double x, double y, double birth, double logL) {}

    /**
     * Runs it.
     *
     * @param wall likelihood is zero where x is above this; 5 for nowhere
     */
    public static ToyRun of(int live, long seed, double wall) {
        RandomSource random = RandomStream.of(seed).generator();
        List<Point> alive = new ArrayList<>();
        for (int i = 0; i < live; i++) {
            alive.add(draw(Double.NEGATIVE_INFINITY, wall, random));
        }
        List<Point> points = new ArrayList<>();
        List<Integer> counts = new ArrayList<>();
        Comparator<Point> byLikelihood = Comparator.comparingDouble(Point::logL);
        for (int k = 0; k < 8 * live; k++) {
            Point worst = alive.stream().min(byLikelihood).orElseThrow();
            points.add(worst);
            counts.add(alive.size());
            alive.remove(worst);
            // A plateau is emptied without refilling.
            if (worst.logL > Double.NEGATIVE_INFINITY) {
                alive.add(draw(worst.logL, wall, random));
            }
        }
        int remaining = alive.size();
        alive.sort(byLikelihood);
        for (int k = 0; k < remaining; k++) {
            points.add(alive.get(k));
            counts.add(remaining - k);
        }
        return assemble(points, counts, remaining);
    }

    private static Point draw(double above, double wall, RandomSource random) {
        double reach =
                above == Double.NEGATIVE_INFINITY ? 5 : Math.min(5, Math.sqrt(-2 * (above + Math.log(2 * Math.PI))));
        while (true) {
            double x = reach * (2 * random.nextDouble() - 1);
            double y = reach * (2 * random.nextDouble() - 1);
            double logL = x > wall ? Double.NEGATIVE_INFINITY : -(x * x + y * y) / 2 - Math.log(2 * Math.PI);
            if (above == Double.NEGATIVE_INFINITY || logL > above) {
                return new Point(x, y, above, logL);
            }
        }
    }

    private static ToyRun assemble(List<Point> points, List<Integer> counts, int remaining) {
        int n = points.size();
        double[] theta = new double[2 * n];
        double[] radius = new double[n];
        double[] logL = new double[n];
        double[] logWeight = new double[n];
        double[] birth = new double[n];
        double[] volume = new double[n];
        double[] logPrior = new double[n];
        double before = 0;
        double z = 0;
        for (int i = 0; i < n; i++) {
            Point p = points.get(i);
            theta[2 * i] = p.x;
            theta[2 * i + 1] = p.y;
            radius[i] = Math.hypot(p.x, p.y);
            logL[i] = p.logL;
            birth[i] = p.birth;
            volume[i] = before + Math.log(counts.get(i) / (counts.get(i) + 1.0));
            logWeight[i] = logL[i] + Math.log(Math.exp(before) - Math.exp(volume[i]));
            z += Math.exp(logWeight[i]);
            before = volume[i];
            logPrior[i] = LOG_Z;
        }
        double information = 0;
        for (int i = 0; i < n; i++) {
            logWeight[i] -= Math.log(z);
            information += logWeight[i] > -700 ? Math.exp(logWeight[i]) * (logL[i] - Math.log(z)) : 0;
        }
        NestedPath path = new NestedPath(
                birth, counts.stream().mapToInt(Integer::intValue).toArray(), volume, remaining);
        Samples samples = new Samples(List.of("x", "y 1"), theta, logL, logWeight, Optional.of(path));
        Support square = new Support(-5, 5);
        List<Quantity> quantities = List.of(
                new Quantity("x", "K", "x", square, false),
                new Quantity("y 1", "1", "$y_1$", square, false),
                new Quantity("radius", "", "", Support.POSITIVE, false));
        double error = Math.sqrt(information / counts.get(0));
        return new ToyRun(
                new Draws(samples, quantities, logPrior, radius), new Evidence(Math.log(z), error, information, "toy"));
    }
}
