package org.unblend.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.unblend.infer.Plan;
import org.unblend.infer.Result;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;

/** The summary of a factorisation: a line per component, then how well it converged. */
final class FactorSummary {
    private static final int WIDEST = 24;
    private static final int NAME = 12;

    private FactorSummary() {}

    static String of(
            Factors factors,
            List<String> components,
            List<String> features,
            List<String> samples,
            Plan plan,
            Result result,
            List<String> remarks) {
        Dense w = factors.w().transpose();
        Dense h = factors.h();
        double total =
                IntStream.range(0, h.rows()).mapToDouble(k -> share(w, h, k)).sum();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%-12s %7s %6s  %-" + WIDEST + "s %s\n",
                "component",
                "share",
                "zeros",
                "largest in feature",
                "largest in sample"));
        for (int k = 0; k < h.rows(); k++) {
            text.append(String.format(
                            Locale.ROOT,
                            "%-12s %5.1f %% %4.0f %%  %-" + WIDEST + "s %s",
                            name(components.get(k), k),
                            total > 0 ? 100 * share(w, h, k) / total : 0,
                            100 * zeros(w.row(k), h.row(k)),
                            cut(features.get(largest(w.row(k)))),
                            cut(samples.get(largest(h.row(k)))))
                    .stripTrailing());
            text.append('\n');
        }
        text.append('\n');
        result.info().forEach(i -> text.append(String.format("%-14s %s\n", i.name(), i.value())));
        text.append(String.format(
                Locale.ROOT, "%-14s %s\n", "log_likelihood", result.samples().logLikelihood()[0]));
        text.append(String.format("%-14s %s: %s\n", "engine", result.engine(), plan.reason()));
        remarks.forEach(r -> text.append("note: ").append(r).append('\n'));
        return text.append("verdict ").append(result.verdict()).append('\n').toString();
    }

    private static double share(Dense w, Dense h, int k) {
        return IntStream.range(0, w.columns()).mapToDouble(i -> w.get(k, i)).sum()
                * IntStream.range(0, h.columns()).mapToDouble(j -> h.get(k, j)).sum();
    }

    private static double zeros(double[] w, double[] h) {
        double zeros = 0;
        for (double[] row : new double[][] {w, h}) {
            for (double v : row) {
                zeros += v == 0 ? 1 : 0;
            }
        }
        return zeros / (w.length + h.length);
    }

    private static int largest(double[] row) {
        return IntStream.range(0, row.length)
                .reduce((i, j) -> row[j] > row[i] ? j : i)
                .orElseThrow();
    }

    /** The number of a component that has no other name. */
    private static String name(String component, int k) {
        return component.equals("component" + (k + 1)) ? Integer.toString(k + 1) : cut(component, NAME);
    }

    private static String cut(String label) {
        return cut(label, WIDEST);
    }

    private static String cut(String label, int widest) {
        return label.length() > widest ? label.substring(0, widest - 1) + "…" : label;
    }
}
