package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.model.Family;

/**
 * The prior of one factor: the same family for all entries, arguments per component.
 *
 * @param node name of the factor's node
 * @param family family of the entries that are not exactly zero
 * @param args one per argument of the family
 * @param size entries per component
 * @param zero probability that an entry is exactly zero; empty if none is
 */
record PriorSide(String node, Family family, List<Argument> args, int size, Optional<Argument> zero) {

    /**
     * Where an argument comes from.
     *
     * @param values {@code [r]}, the numbers where it is fixed; null where it is inferred
     * @param offset first column of θ where it is inferred
     * @param perComponent true if it has one value per component there, false if one for all
     */
    record Argument(double[] values, int offset, boolean perComponent) {

        boolean inferred() {
            return values == null;
        }

        double at(double[] theta, int k) {
            return values != null ? values[k] : theta[column(k)];
        }

        /** The column of θ of component k, where it is inferred. */
        int column(int k) {
            return offset + (perComponent ? k : 0);
        }

        /** True if component k has it from this column of θ. */
        boolean is(int k, int column) {
            return inferred() && column(k) == column;
        }
    }

    /** How many arguments of component k, the probability of zero among them, come from this column of θ. */
    long uses(int k, int column) {
        return Stream.concat(args.stream(), zero.stream())
                .filter(a -> a.is(k, column))
                .count();
    }

    /** The arguments of component k. */
    double[] arguments(double[] theta, int k) {
        double[] at = new double[args.size()];
        Arrays.setAll(at, i -> args.get(i).at(theta, k));
        return at;
    }

    /** The form of component k. */
    Shape shape(double[] theta, int k) {
        double[] arguments = arguments(theta, k);
        Shape shape = Shape.of(family, arguments).orElseThrow();
        if (zero.isEmpty()) {
            return shape;
        }
        double q = zero.get().at(theta, k);
        return shape.beside(Math.log1p(-q) - Math.log(q) + logNorm(arguments));
    }

    /** The forms of the first r components. */
    Shape[] shapes(double[] theta, int r) {
        Shape[] shapes = new Shape[r];
        Arrays.setAll(shapes, k -> shape(theta, k));
        return shapes;
    }

    /** ln of the density at w = 1 less the form there: the normalisation. */
    double logNorm(double[] arguments) {
        double one = family.logDensity(1, arguments);
        return one - Shape.of(family, arguments).orElseThrow().logOfLog(0);
    }

    /** ln of the probability that just those entries of a component are zero that are. */
    double logZeros(Statistics s, double[] theta, int k) {
        if (zero.isEmpty()) {
            return 0;
        }
        double q = zero.get().at(theta, k);
        if (!(q >= 0 && q < 1)) {
            return Double.NEGATIVE_INFINITY;
        }
        return s.count() * Math.log1p(-q) + (s.count() < size ? (size - s.count()) * Math.log(q) : 0);
    }

    /**
     * ln of the density of the components whose prior uses an inferred number.
     *
     * @param s of each component
     * @param offset the number's column of θ
     */
    double touched(Statistics[] s, int offset, double[] theta) {
        double log = 0;
        for (int k = 0; k < s.length; k++) {
            if (uses(k, offset) > 0) {
                log += log(s[k], arguments(theta, k)) + logZeros(s[k], theta, k);
            }
        }
        return log;
    }

    /** The log prior of all entries of a component that are not zero, with these statistics, under these arguments. */
    double log(Statistics s, double[] arguments) {
        if (family.invalid(arguments).isPresent()) {
            return Double.NEGATIVE_INFINITY;
        }
        Shape f = Shape.of(family, arguments).orElseThrow();
        return s.count() * logNorm(arguments)
                + (f.a() - 1) * s.logs()
                - f.b() * s.sum()
                - 0.5 * f.q() * s.squares()
                - 0.5 * f.t() * (s.logSquares() - 2 * f.nu() * s.logs() + s.count() * f.nu() * f.nu());
    }

    /**
     * All that a prior needs to know of the entries of a component. Sums are over those that are not zero.
     *
     * @param count how many these are
     * @param sum of w
     * @param squares sum of w^2
     * @param logs sum of ln w
     * @param logSquares sum of (ln w)^2
     */
    record Statistics(int count, double sum, double squares, double logs, double logSquares) {

        static Statistics of(double[] w) {
            int count = 0;
            double sum = 0;
            double squares = 0;
            double logs = 0;
            double logSquares = 0;
            for (double v : w) {
                if (v == 0) {
                    continue;
                }
                count++;
                double log = Math.log(v);
                sum += v;
                squares += v * v;
                logs += log;
                logSquares += log * log;
            }
            return new Statistics(count, sum, squares, logs, logSquares);
        }

        /** Those of each component. */
        static Statistics[] ofEach(double[][] a) {
            return Arrays.stream(a).map(Statistics::of).toArray(Statistics[]::new);
        }
    }
}
