package org.unblend.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.unblend.infer.Quantity;

/**
 * One line of statistics per quantity, with the column names of ArviZ.
 *
 * @param rows the lines, in the order of the quantities
 */
public record SummaryTable(List<Row> rows) {
    private static final int BARS = 20;
    private static final double LOWER = 0.055;
    private static final double UPPER = 0.945;
    private static final List<String> HEADER =
            List.of("name", "unit", "mean", "sd", "eti89_lb", "eti89_ub", "ess", "mcse_mean", "bits");

    public SummaryTable {
        rows = List.copyOf(rows);
    }

    /**
     * Statistics of one marginal posterior.
     *
     * @param quantity what it is
     * @param mean posterior mean
     * @param sd posterior standard deviation
     * @param lower lower end of the equal-tailed 89 % interval
     * @param upper its upper end
     * @param ess effective draws (Kish)
     * @param mcse Monte Carlo standard error of the mean
     * @param lowerError Monte Carlo standard error of {@code lower}
     * @param upperError Monte Carlo standard error of {@code upper}
     * @param bits divergence of the posterior from the prior; NaN if the prior is unknown
     * @param from lower end of the histogram: the prior's bound, or its 0.5 % quantile if unbounded
     * @param to upper end of the histogram
     * @param histogram 20 block characters
     * @param dropped draws of positive weight left out because they are not finite
     */
    public record Row(
            Quantity quantity,
            double mean,
            double sd,
            double lower,
            double upper,
            double ess,
            double mcse,
            double lowerError,
            double upperError,
            double bits,
            double from,
            double to,
            String histogram,
            int dropped) {}

    /**
     * Computes the table.
     *
     * @param marginals the quantities
     * @param weights {@code [draws]}, common to all
     * @throws IllegalArgumentException if a quantity has no finite draw of positive weight
     */
    public static SummaryTable of(List<Marginal> marginals, double[] weights) {
        return new SummaryTable(marginals.stream().map(m -> row(m, weights)).toList());
    }

    private static Row row(Marginal marginal, double[] weights) {
        double[] x = marginal.values();
        Quantity quantity = marginal.quantity();
        double[] w = weights.clone();
        int dropped = 0;
        for (int i = 0; i < w.length; i++) {
            if (w[i] > 0 && !Double.isFinite(x[i])) {
                w[i] = 0;
                dropped++;
            }
        }
        double ess = Weighted.ess(w);
        if (ess == 0) {
            throw new IllegalArgumentException(
                    "'" + quantity.name() + "' has no finite draw of positive weight among " + x.length);
        }
        double[] prior =
                Arrays.stream(marginal.prior()).filter(Double::isFinite).toArray();
        // Three probabilities per end: the quantile, and one standard error of its rank to both sides.
        double rank = Math.sqrt(LOWER * UPPER / ess);
        double[] q = Weighted.quantiles(
                x,
                w,
                Math.max(0, LOWER - rank),
                LOWER,
                LOWER + rank,
                UPPER - rank,
                UPPER,
                Math.min(1, UPPER + rank),
                0,
                1);
        double[] ends = ends(quantity, prior, q[6], q[7]);
        boolean logarithmic = quantity.logarithmic() && ends[0] > 0 && q[6] > 0;
        boolean priorLogarithmic = logarithmic && Arrays.stream(prior).allMatch(v -> v > 0);
        return new Row(
                quantity,
                Weighted.mean(x, w),
                Weighted.sd(x, w),
                q[1],
                q[4],
                ess,
                Weighted.mcse(x, w),
                q[2] / 2 - q[0] / 2,
                q[5] / 2 - q[3] / 2,
                Information.bits(x, w, prior, priorLogarithmic),
                ends[0],
                ends[1],
                TextHistogram.of(x, w, ends[0], ends[1], logarithmic, BARS),
                dropped);
    }

    /** Range of the histogram. */
    private static double[] ends(Quantity quantity, double[] prior, double smallest, double largest) {
        double[] equal = new double[prior.length];
        Arrays.fill(equal, 1);
        double[] tails = Weighted.quantiles(prior, equal, 0.005, 0.995);
        double low = quantity.range().low();
        double high = quantity.range().high();
        boolean openLow = !Double.isFinite(low) || quantity.logarithmic() && low <= 0;
        return new double[] {
            openLow ? prior.length > 0 ? tails[0] : smallest : low,
            Double.isFinite(high) ? high : prior.length > 0 ? tails[1] : largest
        };
    }

    /** Writes {@code summary.csv}, unrounded. */
    public void writeCsv(Path directory) throws IOException {
        AtomicFile.write(directory.resolve("summary.csv"), out -> {
            CsvWriter csv = DrawTables.csv(out);
            csv.writeRecord(HEADER);
            for (Row r : rows) {
                List<String> cells = new ArrayList<>(List.of(r.quantity.name(), r.quantity.unit()));
                for (double v : new double[] {r.mean, r.sd, r.lower, r.upper, r.ess, r.mcse, r.bits}) {
                    cells.add(ChainNames.number(v));
                }
                csv.writeRecord(cells);
            }
            csv.flush();
        });
    }

    /** The table for people: digits limited by the Monte Carlo error, histogram over the prior's range, no final LF. */
    public String text() {
        List<String[]> lines = new ArrayList<>();
        lines.add(new String[] {"", "unit", "mean", "sd", "eti89", "ess", "prior -> posterior", "", "", "bits"});
        for (Row r : rows) {
            boolean scientific = Digits.scientific(Math.max(Math.abs(r.mean), Math.abs(r.upper)));
            lines.add(new String[] {
                r.quantity.name(),
                r.quantity.unit(),
                Digits.limited(r.mean, r.mcse, scientific),
                Digits.limited(r.sd, r.mcse, scientific),
                "[" + Digits.limited(r.lower, r.lowerError, scientific) + ", "
                        + Digits.limited(r.upper, r.upperError, scientific) + "]",
                Long.toString(Math.round(r.ess)),
                Digits.brief(r.from),
                "│" + r.histogram + "│",
                Digits.brief(r.to),
                bits(r.bits)
            });
        }
        StringBuilder text = new StringBuilder(layout(lines));
        for (Row r : rows) {
            if (r.dropped > 0) {
                text.append('\n')
                        .append(r.quantity.name())
                        .append(": ")
                        .append(r.dropped)
                        .append(" draws with values that are not finite left out");
            }
        }
        return text.toString();
    }

    private static String bits(double bits) {
        return bits >= Information.MOST_BITS - 1e-9
                ? ">" + Math.round(Information.MOST_BITS)
                : Double.isNaN(bits) ? "-" : String.format(Locale.ROOT, "%.1f", bits);
    }

    /** Columns padded to equal width: names, units, histogram and upper range to the left, numbers to the right. */
    private static String layout(List<String[]> lines) {
        boolean[] left = {true, true, false, false, false, false, false, true, true, false};
        String[] gap = {"", "  ", "  ", "  ", "  ", "  ", "   ", "", "", "  "};
        int[] width = IntStream.range(0, left.length)
                .map(c -> lines.stream()
                        .mapToInt(l -> length(l[c]))
                        .skip(c == 6 ? 1 : 0)
                        .max()
                        .orElse(0))
                .toArray();
        List<String> out = new ArrayList<>();
        for (String[] cells : lines) {
            StringBuilder line = new StringBuilder();
            for (int c = 0; c < cells.length; c++) {
                line.append(gap[c]);
                boolean title = cells == lines.get(0) && c >= 6 && c <= 8;
                if (title) {
                    // One heading over the three columns of the histogram.
                    line.append(c == 6 ? center(cells[6], width[6] + width[7] + width[8]) : "");
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
