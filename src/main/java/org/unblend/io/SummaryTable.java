package org.unblend.io;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.diagnose.Chains;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.ChainPath;
import org.unblend.infer.Quantity;
import org.unblend.math.Parallel;

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
    private static final List<String> HEADER_OF_CHAINS = List.of(
            "name", "unit", "mean", "sd", "eti89_lb", "eti89_ub", "ess_bulk", "ess_tail", "r_hat", "mcse_mean", "bits");

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
     * @param ess effective draws: Kish's of weighted draws, those of the centre (bulk) of Markov chains
     * @param tail effective draws of the tails of Markov chains; NaN for weighted draws
     * @param rhat rank-normalised R-hat of Markov chains; NaN for weighted draws
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
            double tail,
            double rhat,
            double mcse,
            double lowerError,
            double upperError,
            double bits,
            double from,
            double to,
            String histogram,
            int dropped) {

        private Row with(double bulk, double tails, double r, double error, double ofLower, double ofUpper) {
            return new Row(
                    quantity, mean, sd, lower, upper, bulk, tails, r, error, ofLower, ofUpper, bits, from, to,
                    histogram, dropped);
        }
    }

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

    /**
     * Computes the table of Markov chains, whose draws have equal weights; effective sizes and errors know that they follow
     * each other (Vehtari et al. 2021).
     *
     * @param chains how the draws are cut into chains
     * @param parallel where quantities are looked at
     */
    public static SummaryTable ofChains(List<Marginal> marginals, ChainPath chains, Parallel parallel) {
        double[] weights = new double[chains.chains() * chains.draws()];
        Arrays.fill(weights, 1.0 / weights.length);
        Row[] rows = new Row[marginals.size()];
        parallel.forRanges(rows.length, 4, (from, to) -> {
            for (int i = from; i < to; i++) {
                double[][] x = chains.split(marginals.get(i).values());
                Row row = row(marginals.get(i), weights);
                rows[i] = row.with(
                        Chains.essBulk(x),
                        Chains.essTail(x),
                        Chains.rhat(x),
                        Chains.mcseMean(x),
                        Chains.mcseQuantile(x, LOWER),
                        Chains.mcseQuantile(x, UPPER));
            }
        });
        return new SummaryTable(List.of(rows));
    }

    /** True if the draws are those of Markov chains. */
    boolean ofChains() {
        return rows.stream().anyMatch(r -> !Double.isNaN(r.rhat));
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
        double ess = Weighted.effectiveSampleSize(w);
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
                Double.NaN,
                Double.NaN,
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
            csv.writeRecord(ofChains() ? HEADER_OF_CHAINS : HEADER);
            for (Row r : rows) {
                List<String> cells = new ArrayList<>(List.of(r.quantity.name(), r.quantity.unit()));
                double[] ofWeights = {r.mean, r.sd, r.lower, r.upper, r.ess, r.mcse, r.bits};
                double[] ofChains = {r.mean, r.sd, r.lower, r.upper, r.ess, r.tail, r.rhat, r.mcse, r.bits};
                for (double v : ofChains() ? ofChains : ofWeights) {
                    cells.add(ChainNames.number(v));
                }
                csv.writeRecord(cells);
            }
            csv.flush();
        });
    }

    /** The table for people: digits limited by the Monte Carlo error, histogram over the prior's range, no final LF. */
    public String text() {
        return SummaryText.of(rows, ofChains());
    }

    /** The first rows only. */
    public SummaryTable first(int n) {
        return new SummaryTable(rows.subList(0, Math.min(n, rows.size())));
    }
}
