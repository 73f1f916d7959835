package org.unblend.cli;

import java.util.Locale;
import org.unblend.infer.Evidence;
import org.unblend.infer.Result;
import org.unblend.io.SummaryTable;

/** The summary of a result: the table of parameters, then the evidence and the effort. */
final class SummaryText {
    private SummaryText() {}

    /**
     * The text.
     *
     * @param table the lines to print
     * @param all lines of the whole table, which {@code summary.csv} holds
     */
    static String of(SummaryTable table, int all, Result result) {
        StringBuilder text = new StringBuilder(table.text()).append('\n');
        if (all > table.rows().size()) {
            text.append("and ").append(all - table.rows().size()).append(" more in summary.csv\n");
        }
        text.append('\n');
        result.evidence().ifPresent(e -> {
            text.append(String.format(
                    Locale.ROOT, "logZ %s   information %.1f nats   (%s)\n", value(e), e.information(), e.method()));
            e.other().ifPresent(o -> text.append("beside it: logZ " + value(o) + "   (" + o.method() + ")\n"));
        });
        text.append(String.format(
                Locale.ROOT,
                "evaluations %d in %d batches, %d failed%s\n",
                result.effort().evaluations(),
                result.effort().batches(),
                result.effort().failed(),
                result.effort().stopped().map(s -> "; stopped early: " + s).orElse("")));
        return text.append("verdict ").append(result.verdict()).append('\n').toString();
    }

    /** With two digits, three if the error is below 0.05. */
    private static String value(Evidence e) {
        return String.format(Locale.ROOT, e.error() < 0.05 ? "%.3f ± %.3f" : "%.2f ± %.2f", e.logZ(), e.error());
    }
}
