package org.unblend.cli.versus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.unblend.infer.ChainPath;
import org.unblend.infer.Quantity;
import org.unblend.io.Marginal;
import org.unblend.model.Support;
import org.unblend.plot.CornerPlot;
import org.unblend.plot.LinePlot;

/** Figures of the draws by quantities that no scale and no label enters: the log likelihood and shares of components. */
final class ComparisonFigures {
    private static final LinePlot.Style[] CHAINS = {
        LinePlot.Style.BLUE, LinePlot.Style.RED, LinePlot.Style.BLACK, LinePlot.Style.GREY
    };
    private static final int POINTS = 400;
    /** Components that are shown. */
    private static final int MOST = 5;

    private ComparisonFigures() {}

    /** The course of up to four chains; empty if the draws are no chains. */
    static Optional<String> trace(Comparison c) {
        return c.posterior().chains().map(path -> {
            List<LinePlot.Panel> panels = new ArrayList<>();
            double[] log = c.posterior().logLikelihood();
            panels.add(new LinePlot.Panel("log likelihood", series(path, log.length, i -> log[i])));
            int n = c.draws().factors().size();
            for (int k = 0; k < Math.min(MOST, c.nodes().components().size()); k++) {
                int component = k;
                double[] share = share(c, component);
                panels.add(new LinePlot.Panel(
                        "share of " + c.nodes().components().get(k), series(path, n, i -> share[i])));
            }
            return LinePlot.svg("course of the chains", "draw", panels);
        });
    }

    /** @param n number of values, the same from every chain */
    private static List<LinePlot.Series> series(ChainPath path, int n, IntToDoubleFunction value) {
        int each = n / path.chains();
        int step = Math.max(1, each / POINTS);
        List<LinePlot.Series> all = new ArrayList<>();
        for (int c = 0; c < Math.min(CHAINS.length, path.chains()); c++) {
            int from = c * each;
            double[] x = new double[(each + step - 1) / step];
            double[] y = new double[x.length];
            // Draws may have been thinned: places are those of all draws.
            Arrays.setAll(x, i -> (double) i * step * path.draws() / each);
            Arrays.setAll(y, i -> value.applyAsDouble(from + i * step));
            all.add(new LinePlot.Series("chain " + (c + 1), CHAINS[c], x, y));
        }
        return all;
    }

    /** Pairs of shares. */
    static String pairs(Comparison c) {
        List<Marginal> marginals = new ArrayList<>();
        int r = c.nodes().components().size();
        if (r == 1) {
            marginals.add(marginal("ln L", Support.REAL, c.posterior().logLikelihood()));
            return CornerPlot.svg(marginals, c.posterior().weights());
        }
        for (int k = 0; k < Math.min(MOST, r); k++) {
            marginals.add(marginal("share of " + c.nodes().components().get(k), new Support(0, 1), share(c, k)));
        }
        return CornerPlot.svg(marginals, c.draws().weights());
    }

    private static double[] share(Comparison c, int component) {
        return c.draws().values(d -> OneScale.shares(c.draws().factors().get(d))[component]);
    }

    private static Marginal marginal(String name, Support range, double[] values) {
        return new Marginal(new Quantity(name, "", "", range, false), values, new double[0]);
    }
}
