package org.unblend.emulator.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorCard;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.model.RowStatus;

/** What an emulator gets wrong on points where the truth is known. */
public final class TestErrors {
    private TestErrors() {}

    /** What the emulator says at the points, in natural units {@code [rows x outputs]}. */
    public static double[][] predictions(Emulator e, double[][] x) {
        int n = e.domain().size();
        int m = e.outputs().size();
        double[] in = new double[x.length * n];
        for (int r = 0; r < x.length; r++) {
            System.arraycopy(x[r], 0, in, r * n, n);
        }
        double[] out = new double[x.length * m];
        e.evaluate(in, out, new RowStatus[x.length], x.length);
        double[][] rows = new double[x.length][];
        for (int r = 0; r < x.length; r++) {
            rows[r] = Arrays.copyOfRange(out, r * m, (r + 1) * m);
        }
        return rows;
    }

    /** s(emulated) - s(true), {@code [rows x outputs]}. */
    public static double[][] residuals(Emulator e, Samples s) {
        double[][] given = predictions(e, s.x());
        for (int r = 0; r < given.length; r++) {
            for (int k = 0; k < given[r].length; k++) {
                EmulatorOutput o = e.outputs().get(k);
                given[r][k] = o.transform(given[r][k]) - o.transform(s.y()[r][k]);
            }
        }
        return given;
    }

    /**
     * Errors of each output: of a logarithm in dex, of a linear output in its unit, otherwise relative errors where the
     * output is at least {@code significant}.
     */
    public static List<EmulatorCard.OutputError> of(Emulator e, Samples s, double significant) {
        double[][] given = predictions(e, s.x());
        double[][] residuals = residuals(e, s);
        double[] in = Arrays.stream(s.x()).flatMapToDouble(Arrays::stream).toArray();
        double[] sd = new double[s.x().length * e.outputs().size()];
        if (e.errorNetwork().isPresent()) {
            e.errors(in, sd, s.x().length);
        } else {
            Arrays.fill(sd, Double.NaN);
        }
        List<EmulatorCard.OutputError> errors = new ArrayList<>();
        for (int k = 0; k < e.outputs().size(); k++) {
            errors.add(one(e.outputs().get(k), k, given, residuals, sd, s, significant));
        }
        return errors;
    }

    private static EmulatorCard.OutputError one(
            EmulatorOutput output,
            int k,
            double[][] given,
            double[][] residuals,
            double[] sd,
            Samples s,
            double significant) {
        double[] errors = new double[given.length];
        int n = 0;
        int one = 0;
        int two = 0;
        for (int r = 0; r < given.length; r++) {
            double truth = s.y()[r][k];
            if (output.scale() == EmulatorOutput.Scale.ASINH && Math.abs(truth) < significant) {
                continue;
            }
            double sigma = sd[r * residuals[r].length + k];
            one += Math.abs(residuals[r][k]) < sigma ? 1 : 0;
            two += Math.abs(residuals[r][k]) < 2 * sigma ? 1 : 0;
            errors[n++] = switch (output.scale()) {
                case LINEAR, LOG10 -> Math.abs(residuals[r][k]);
                case ASINH -> Math.abs(given[r][k] / truth - 1);
            };
        }
        double[] sorted = Arrays.copyOf(errors, n);
        Arrays.sort(sorted);
        String measure = switch (output.scale()) {
            case LINEAR -> output.unit();
            case LOG10 -> "dex";
            case ASINH -> "relative, from " + significant + " " + output.unit();
        };
        boolean known = n > 0 && !Double.isNaN(sd[k]);
        return new EmulatorCard.OutputError(
                output.name(),
                measure,
                n,
                quantile(sorted, 0.5),
                quantile(sorted, 0.95),
                quantile(sorted, 1),
                known ? one / (double) n : Double.NaN,
                known ? two / (double) n : Double.NaN);
    }

    /** The smallest entry that at least a fraction {@code p} of all do not exceed; NaN for none. */
    private static double quantile(double[] sorted, double p) {
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(p * sorted.length) - 1)];
    }
}
