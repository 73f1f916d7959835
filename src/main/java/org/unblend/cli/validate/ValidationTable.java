package org.unblend.cli.validate;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A case with our values, as Markdown.
 *
 * @param item the case
 * @param ours our values by key
 */
record ValidationTable(ValidationCase item, Map<String, Measured> ours) {

    /** Rows that fail. */
    List<ValidationCase.Row> failures() {
        return item.rows().stream()
                .filter(r -> !r.passes(item.measured(r, ours)))
                .toList();
    }

    /** The table, with its source and command. */
    String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("# ").append(item.title()).append("\n\nSource: ").append(item.source());
        text.append("\n\nMade by `./unblend validate ").append(item.folder().getFileName()).append("`.\n\n");
        text.append("| quantity | published | ours | tolerance | | why this tolerance |\n|---|---|---|---|---|---|\n");
        for (ValidationCase.Row row : item.rows()) {
            Measured measured = item.measured(row, ours);
            text.append("| ").append(row.quantity()).append(" | ").append(published(row)).append(" | ");
            text.append(number(measured.value()));
            if (measured.error() > 0) {
                text.append(" ± ").append(number(measured.error()));
            }
            text.append(" | ").append(tolerance(row)).append(" | ");
            text.append(row.passes(measured) ? "ok" : "**fails**").append(" | ");
            text.append(row.why()).append(" |\n");
        }
        return text.toString();
    }

    private static String published(ValidationCase.Row row) {
        return switch (row.rule()) {
            case AT_LEAST -> "at least " + number(row.published());
            case AT_MOST -> "at most " + number(row.published());
            default -> number(row.published());
        };
    }

    private static String tolerance(ValidationCase.Row row) {
        return switch (row.rule()) {
            case ABSOLUTE -> "± " + number(row.tolerance());
            case RELATIVE -> "± " + number(100 * row.tolerance()) + " %";
            case ERRORS -> number(row.tolerance()) + " standard errors";
            case AT_LEAST, AT_MOST -> "bound";
        };
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.5g", value);
        if (!text.contains("e") && text.contains(".")) {
            text = text.replaceAll("0+$", "").replaceAll("\\.$", "");
        }
        return text;
    }
}
