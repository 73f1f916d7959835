package org.unblend.cli;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.unblend.diagnose.PredictiveScore;

/**
 * Results compared by how well each posterior predicts data left out one at a time. The difference of two is a sum over the
 * data, so its standard error is {@code sqrt(n var)} of the terms (Vehtari, Gelman and Gabry 2017, Statistics and Computing
 * 27, 1413, eq. 24).
 *
 * @param rows one per result, best first
 */
record PredictionComparison(List<Row> rows) {
    /** Differences below so many standard errors tell nothing, and neither do those of a few nats. */
    private static final double ERRORS = 2;

    private static final double FEW = 4;

    /** A result and the terms of its score. */
    record Row(Path directory, PredictiveScore score) {}

    PredictionComparison {
        rows = rows.stream()
                .sorted(Comparator.comparingDouble((Row r) -> -r.score().loo()))
                .toList();
    }

    /** The table, and what may be said. */
    String text() {
        int width = Math.max(
                6,
                rows.stream()
                        .mapToInt(r -> r.directory().normalize().toString().length())
                        .max()
                        .orElse(0));
        Row best = rows.get(0);
        StringBuilder text = new StringBuilder(String.format(
                "%-" + width + "s  %-18s %-18s %10s %14s\n",
                "result",
                "elpd, left out",
                "from best",
                "elpd WAIC",
                "k-hat > 0.7"));
        StringBuilder words = new StringBuilder();
        for (Row r : rows) {
            double[] difference = difference(best, r);
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + width + "s  %-18s %-18s %10.1f %14s\n",
                    r.directory().normalize(),
                    value(r.score().loo(), r.score().looError()),
                    r == best ? "0" : value(-difference[0], difference[1]),
                    r.score().waic(),
                    r.score().bad() + " of " + r.score().entries()));
            if (r != best) {
                boolean apart = difference[0] > ERRORS * difference[1] && difference[0] > FEW;
                words.append(best.directory().normalize())
                        .append(apart ? " predicts data left out better than " : " and ")
                        .append(r.directory().normalize())
                        .append(apart ? ".\n" : " cannot be told apart by predictions of data left out.\n");
            }
        }
        if (rows.stream().anyMatch(r -> r.score().bad() > 0)) {
            words.append(
                    "Where k-hat is above 0.7, what is left out sways the posterior, and the value is only about right.\n");
        }
        return text.append('\n').append(words).toString();
    }

    /** Advantage of one over another with its standard error. */
    private static double[] difference(Row a, Row b) {
        double[] x = a.score().each();
        double[] y = b.score().each();
        double sum = 0;
        for (int e = 0; e < x.length; e++) {
            sum += x[e] - y[e];
        }
        double squares = 0;
        for (int e = 0; e < x.length; e++) {
            squares += Math.pow(x[e] - y[e] - sum / x.length, 2);
        }
        return new double[] {sum, Math.sqrt(squares * x.length / Math.max(1, x.length - 1))};
    }

    private static String value(double value, double error) {
        return String.format(Locale.ROOT, "%.1f ± %.1f", value, error);
    }
}
