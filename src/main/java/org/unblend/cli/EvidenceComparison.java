package org.unblend.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.unblend.io.EvidenceRecord;

/**
 * Results of the same data, best evidence first, and what may be said about them.
 *
 * <p>The grades are those of Kass and Raftery (1995, J. Am. Stat. Assoc. 90, 773, section 3.2), by the natural logarithm
 * of the Bayes factor: up to 1 not worth more than a bare mention, up to 3 positive, up to 5 strong, above very strong.
 * A difference within twice its own numerical error is no difference, whatever its grade.
 *
 * @param results at least two, by falling ln Z
 */
record EvidenceComparison(List<EvidenceRecord> results) {
    private static final double ERRORS = 2;
    private static final double MENTION = 1;
    private static final double POSITIVE = 3;
    private static final double STRONG = 5;
    /** Odds are written out up to this ln B. */
    private static final double WRITTEN_OUT = 14;

    EvidenceComparison {
        results = results.stream()
                .sorted(Comparator.comparingDouble(EvidenceRecord::logZ).reversed())
                .toList();
    }

    /** The table: one line per result. */
    String table() {
        int width = Math.max(
                6, results.stream().mapToInt(r -> name(r).length()).max().orElse(0));
        int model = Math.max(
                5, results.stream().mapToInt(r -> r.model().length()).max().orElse(0));
        String columns = "%-" + width + "s  %-" + model + "s  %16s  %15s  %11s  %11s  %8s  %s\n";
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                columns,
                "result",
                "model",
                "ln Z",
                "ln B",
                "information",
                "evaluations",
                "time",
                "verdict"));
        EvidenceRecord best = results.get(0);
        for (EvidenceRecord r : results) {
            text.append(String.format(
                    Locale.ROOT,
                    columns,
                    name(r),
                    r.model(),
                    value(r.logZ(), r.error()),
                    r == best ? "0" : value(r.logZ() - best.logZ(), error(best, r)),
                    String.format(Locale.ROOT, "%.1f nats", r.information()),
                    r.evaluations(),
                    StatusLine.duration(r.seconds()),
                    r.verdict() + r.stopped().map(why -> ", stopped early").orElse("")));
        }
        return text.toString();
    }

    /** What may be said: about the best against each other one, then what limits it. */
    List<String> sentences() {
        EvidenceRecord best = results.get(0);
        List<String> all = new ArrayList<>();
        results.stream().skip(1).forEach(r -> all.add(sentence(best, r)));
        String unsure = results.stream()
                .filter(r -> !r.verdict().equals("OK") || r.stopped().isPresent())
                .map(EvidenceComparison::name)
                .collect(Collectors.joining(", "));
        if (!unsure.isEmpty()) {
            all.add("Not to be relied on before the diagnosis is read: " + unsure + ".");
        }
        return all;
    }

    /** True if one of the results must not be used. */
    boolean unusable() {
        return results.stream().anyMatch(r -> r.verdict().equals("DO NOT USE"));
    }

    private static String sentence(EvidenceRecord best, EvidenceRecord other) {
        double lnB = best.logZ() - other.logZ();
        double error = error(best, other);
        String both = name(best) + " and " + name(other);
        if (best.modelHash().equals(other.modelHash())) {
            return String.format(
                    Locale.ROOT,
                    "%s are runs of one model with the same priors and data; their ln Z differ by %s, %.1f standard errors%s",
                    both,
                    value(lnB, error),
                    error > 0 ? lnB / error : lnB > 0 ? Double.POSITIVE_INFINITY : 0,
                    lnB > 3 * error ? ": at least one error is too small." : ".");
        }
        if (lnB <= ERRORS * error) {
            return String.format(
                    Locale.ROOT,
                    "%s cannot be told apart: ln B = %s lies within %.0f numerical errors of 0.%s",
                    both,
                    value(lnB, error),
                    ERRORS,
                    error > MENTION / ERRORS ? " Smaller errors (\"logz_error\" in \"precision\") may decide." : "");
        }
        if (lnB <= MENTION) {
            return String.format(
                    Locale.ROOT,
                    "%s cannot be told apart by these data: ln B = %s, odds of %s at equal prior odds.",
                    both,
                    value(lnB, error),
                    odds(lnB));
        }
        String grade = lnB <= POSITIVE ? "positive" : lnB <= STRONG ? "strong" : "very strong";
        return String.format(
                Locale.ROOT,
                "The data favour %s over %s: ln B = %s, odds of %s at equal prior odds (%s evidence).",
                name(best),
                name(other),
                value(lnB, error),
                odds(lnB),
                grade);
    }

    private static double error(EvidenceRecord a, EvidenceRecord b) {
        return Math.hypot(a.error(), b.error());
    }

    private static String odds(double lnB) {
        return lnB < WRITTEN_OUT
                ? String.format(Locale.ROOT, lnB < Math.log(10) ? "%.1f : 1" : "%.0f : 1", Math.exp(lnB))
                : String.format(Locale.ROOT, "10^%.0f : 1", lnB / Math.log(10));
    }

    private static String value(double value, double error) {
        return String.format(Locale.ROOT, error < 0.05 ? "%.3f ± %.3f" : "%.2f ± %.2f", value, error);
    }

    private static String name(EvidenceRecord r) {
        return r.directory().normalize().toString();
    }
}
