package org.unblend.cli;

import java.util.Optional;
import org.unblend.math.Sparse;
import org.unblend.model.Nearest;
import org.unblend.nmf.rank.HoldOut;
import org.unblend.nmf.rank.RankSettings;
import org.unblend.nmf.start.StartRule;
import picocli.CommandLine.Option;

/** How the point fits of a comparison of ranks are made. */
final class RankFitOptions {
    /** From so many entries on, sparse counts are held out instead of entries. */
    private static final long MANY = HoldOut.MANY;

    @Option(
            names = "--init",
            paramLabel = "START",
            description = "where fits begin: random, nndsvd, nndsvda, nndsvdar or grow, as in 'factorise' (default:"
                    + " nndsvdar first, then random)")
    private String init;

    @Option(
            names = "--starts",
            paramLabel = "N",
            description = "starts of each fit, of which the best counts (default: 3)")
    private Integer starts;

    @Option(
            names = "--hold-out",
            paramLabel = "WHAT",
            description = "what fits do not see: entries, or of Poisson data some counts of every entry, which keeps a"
                    + " sparse matrix sparse (default: entries; counts of sparse Poisson data from 10 million entries)")
    private HoldOut holdOut;

    /** Refuses what no comparison can do. */
    void check(MatrixOptions options, FactorModel.Noise noise) {
        options.refuseBelowOne("--starts", starts == null ? 1 : starts);
        Optional<StartRule> rule = StartRule.named(init == null ? "" : init);
        if (init != null && rule.isEmpty()) {
            throw options.bad(
                    "C002",
                    init.indexOf(',') < 0
                            ? "no start is called '" + init + "'"
                            : "--init names tables, which have one rank, and ranks are compared",
                    Nearest.hint(init, StartRule.names()));
        }
        if (starts != null && starts > 1 && rule.isPresent() && !rule.get().random()) {
            throw options.bad(
                    "C002",
                    "--init " + init + " is one start, and --starts asks for " + starts,
                    "leave --starts out, or take a random start");
        }
        if (holdOut == HoldOut.COUNTS && noise != FactorModel.Noise.POISSON) {
            throw options.bad(
                    "C002", "--hold-out counts is for Poisson noise", "leave it out, or add --likelihood poisson");
        }
    }

    /** What is held out of these data. */
    HoldOut holdOut(MatrixData data, FactorModel.Noise noise) {
        boolean large = data.x().values() instanceof Sparse s && (long) s.rows() * s.columns() >= MANY;
        return holdOut != null
                ? holdOut
                : large && noise == FactorModel.Noise.POISSON ? HoldOut.COUNTS : HoldOut.ENTRIES;
    }

    RankSettings settings(int from, int to, boolean noiseKnown, HoldOut out) {
        RankSettings usual = RankSettings.of(from, to, noiseKnown).with(out);
        RankSettings many = starts == null ? usual : usual.withStarts(starts);
        return init == null ? many : many.with(StartRule.named(init).orElseThrow());
    }
}
