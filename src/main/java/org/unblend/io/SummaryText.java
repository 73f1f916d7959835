package org.unblend.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A summary as aligned text. */
final class SummaryText {
    /** Columns of the lower range, the histogram and the upper range, which share a heading, counted from the last one. */
    private static final int FROM = 4;

    private static final int TO = 2;

    private SummaryText() {}

    static String of(List<SummaryTable.Row> rows, boolean chains) {
        List<String[]> lines = new ArrayList<>();
        String[] sizes = chains ? new String[] {"ess_bulk", "ess_tail", "r_hat"} : new String[] {"ess"};
        lines.add(line(new String[] {"", "unit", "mean", "sd", "eti89"}, sizes, new String[] {
            "prior -> posterior", "", "", "bits"
        }));
        for (SummaryTable.Row r : rows) {
            boolean scientific = Digits.scientific(Math.max(Math.abs(r.mean()), Math.abs(r.upper())));
            String[] effective = chains
                    ? new String[] {
                        whole(r.ess()),
                        whole(r.tail()),
                        Double.isNaN(r.rhat()) ? "-" : String.format(Locale.ROOT, "%.3f", r.rhat())
                    }
                    : new String[] {whole(r.ess())};
            lines.add(line(
                    new String[] {
                        r.quantity().name(),
                        r.quantity().unit(),
                        Digits.limited(r.mean(), r.mcse(), scientific),
                        Digits.limited(r.sd(), r.mcse(), scientific),
                        "[" + Digits.limited(r.lower(), r.lowerError(), scientific) + ", "
                                + Digits.limited(r.upper(), r.upperError(), scientific) + "]"
                    },
                    effective,
                    new String[] {
                        Digits.brief(r.from()), "│" + r.histogram() + "│", Digits.brief(r.to()), bits(r.bits())
                    }));
        }
        StringBuilder text = new StringBuilder(layout(lines));
        for (SummaryTable.Row r : rows) {
            if (r.dropped() > 0) {
                text.append('\n')
                        .append(r.quantity().name())
                        .append(": ")
                        .append(r.dropped())
                        .append(" draws with values that are not finite left out");
            }
        }
        return text.toString();
    }

    private static String whole(double x) {
        return Double.isNaN(x) ? "-" : Long.toString(Math.round(x));
    }

    private static String[] line(String[]... parts) {
        return Arrays.stream(parts).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private static String bits(double bits) {
        return bits >= Information.MOST_BITS - 1e-9
                ? ">" + Math.round(Information.MOST_BITS)
                : Double.isNaN(bits) ? "-" : String.format(Locale.ROOT, "%.1f", bits);
    }

    /** Columns padded to equal width: names, units, histogram and upper range to the left, numbers to the right. */
    private static String layout(List<String[]> lines) {
        int columns = lines.get(0).length;
        int from = columns - FROM;
        int to = columns - TO;
        boolean[] left = new boolean[columns];
        String[] gap = new String[columns];
        Arrays.fill(gap, "  ");
        gap[0] = "";
        gap[from] = "   ";
        gap[from + 1] = "";
        gap[to] = "";
        for (int c : new int[] {0, 1, from + 1, to}) {
            left[c] = true;
        }
        int[] width = IntStream.range(0, left.length)
                .map(c -> lines.stream()
                        .mapToInt(l -> length(l[c]))
                        .skip(c == from ? 1 : 0)
                        .max()
                        .orElse(0))
                .toArray();
        List<String> out = new ArrayList<>();
        for (String[] cells : lines) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < cells.length; c++) {
                line.append(gap[c]);
                boolean title = cells == lines.get(0) && c >= from && c <= to;
                if (title) {
                    // One heading over the three columns of the histogram.
                    line.append(c == from ? center(cells[from], width[from] + width[from + 1] + width[to]) : "");
                    continue;
                }
                String pad = " ".repeat(Math.max(0, width[c] - length(cells[c])));
                line.append(left[c] ? cells[c] + pad : pad + cells[c]);
            }
            out.add(line.toString().stripTrailing());
        }
        return String.join("\n", out);
    }

    private static String center(String text, int width) {
        int before = Math.max(0, width - text.length()) / 2;
        return " ".repeat(before) + text + " ".repeat(Math.max(0, width - text.length() - before));
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
