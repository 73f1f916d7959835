package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import org.unblend.model.Family;

/**
 * The prior of one factor: the same family for all entries, arguments per component.
 *
 * @param node name of the factor's node
 * @param family family of the entries
 * @param args one per argument of the family
 * @param size entries per component
 */
record PriorSide(String node, Family family, List<Argument> args, int size) {

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

    /** How many arguments of component k come from this column of θ. */
    long uses(int k, int column) {
        return args.stream().filter(a -> a.is(k, column)).count();
    }

    /** The arguments of component k. */
    double[] arguments(double[] theta, int k) {
        double[] at = new double[args.size()];
        Arrays.setAll(at, i -> args.get(i).at(theta, k));
        return at;
    }

    /** The form of component k. */
    Shape shape(double[] theta, int k) {
        return Shape.of(family, arguments(theta, k)).orElseThrow();
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

    /** The log prior of all entries of a component with these statistics, under these arguments. */
    double log(Statistics s, double[] arguments) {
        if (family.invalid(arguments).isPresent()) {
            return Double.NEGATIVE_INFINITY;
        }
        Shape f = Shape.of(family, arguments).orElseThrow();
        return size * logNorm(arguments)
                + (f.a() - 1) * s.logs()
                - f.b() * s.sum()
                - 0.5 * f.q() * s.squares()
                - 0.5 * f.t() * (s.logSquares() - 2 * f.nu() * s.logs() + size * f.nu() * f.nu());
    }

    /**
     * All that a prior needs to know of the entries of a component.
     *
     * @param sum of w
     * @param squares sum of w^2
     * @param logs sum of ln w
     * @param logSquares sum of (ln w)^2
     */
    record Statistics(double sum, double squares, double logs, double logSquares) {

        static Statistics of(double[] w) {
            double sum = 0;
            double squares = 0;
            double logs = 0;
            double logSquares = 0;
            for (double v : w) {
                double log = Math.log(v);
                sum += v;
                squares += v * v;
                logs += log;
                logSquares += log * log;
            }
            return new Statistics(sum, squares, logs, logSquares);
        }
    }
}
