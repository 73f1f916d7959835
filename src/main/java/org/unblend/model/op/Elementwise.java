package org.unblend.model.op;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import org.unblend.model.Dims;
import org.unblend.model.Kernel;
import org.unblend.model.Op;
import org.unblend.model.RowStatus;

/**
 * A function of each entry.
 *
 * @param function the function
 * @param input name of the node
 */
public record Elementwise(Function function, String input) implements Op {
    private static final double LN10 = Math.log(10);

    /** Functions of one number, angles in radians; outside their domain they give NaN, which fails the row's likelihood. */
    public enum Function {
        EXP,
        LOG,
        LOG10,
        POW10,
        SQRT,
        SQUARE,
        RECIPROCAL,
        NEGATE,
        SIN,
        COS;

        double value(double x) {
            return switch (this) {
                case EXP -> Math.exp(x);
                case LOG -> Math.log(x);
                case LOG10 -> Math.log10(x);
                case POW10 -> Math.pow(10, x);
                case SQRT -> Math.sqrt(x);
                case SQUARE -> x * x;
                case RECIPROCAL -> 1 / x;
                case NEGATE -> -x;
                case SIN -> Math.sin(x);
                case COS -> Math.cos(x);
            };
        }

        double derivative(double x, double value) {
            return switch (this) {
                case EXP -> value;
                case LOG -> 1 / x;
                case LOG10 -> 1 / (x * LN10);
                case POW10 -> LN10 * value;
                case SQRT -> 0.5 / value;
                case SQUARE -> 2 * x;
                case RECIPROCAL -> -value * value;
                case NEGATE -> -1;
                case SIN -> Math.cos(x);
                case COS -> -Math.sin(x);
            };
        }
    }

    @Override
    public List<String> inputs() {
        return List.of(input);
    }

    @Override
    public Kernel bind(List<Dims> dims) {
        return new Bound(function, dims.get(0));
    }

    @Override
    public String unit(List<String> units) {
        return function == Function.NEGATE || units.get(0).equals("1") ? units.get(0) : "";
    }

    @Override
    public String description() {
        return function.name().toLowerCase(Locale.ROOT) + "(" + input + ")";
    }

    private record Bound(Function function, Dims dims) implements Kernel {
        @Override
        public void apply(double[][] in, double[] out, RowStatus[] status, int rows) {
            int n = rows * dims.size();
            for (int i = 0; i < n; i++) {
                out[i] = function.value(in[0][i]);
            }
        }

        @Override
        public boolean byEntry() {
            return true;
        }

        @Override
        public BitSet touched(int input, BitSet changed) {
            return (BitSet) changed.clone();
        }

        @Override
        public void applyAt(double[][] in, double[] out, RowStatus[] status, int[] entries) {
            for (int e : entries) {
                out[e] = function.value(in[0][e]);
            }
        }

        @Override
        public void vjp(double[][] in, double[] out, double[] outBar, double[][] inBar, int rows) {
            int n = rows * dims.size();
            for (int i = 0; i < n; i++) {
                // A value that does not count, such as that of a missing datum, may have an infinite slope.
                if (outBar[i] != 0) {
                    inBar[0][i] += outBar[i] * function.derivative(in[0][i], out[i]);
                }
            }
        }
    }
}
