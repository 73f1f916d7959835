package org.unblend.nmf.rank;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Ranks compared.
 *
 * @param rows one per rank, ascending
 * @param noiseKnown true if the column {@code error} may be held against 1
 * @param holdOut what was predicted
 */
public record RankTable(List<RankRow> rows, boolean noiseKnown, HoldOut holdOut) {

    public RankTable {
        rows = List.copyOf(rows);
    }

    /** The rank that predicts held-out entries best. */
    public int best() {
        return best(RankRow::speckles).getAsInt();
    }

    /** The ranks that held-out entries cannot tell from the best one, which is among them; ascending. */
    public List<Integer> alike() {
        return alike(RankRow::speckles);
    }

    /** The ranks that held-out quarters cannot tell from the best one; empty if none could be tried. */
    public List<Integer> alikeByQuarters() {
        return alike(RankRow::quarters);
    }

    /** The rank that predicts held-out quarters best, if any could be tried. */
    public OptionalInt bestByQuarters() {
        return best(RankRow::quarters);
    }

    /**
     * The largest rank whose components all come back, of those up to the largest one that held-out entries allow: the
     * runs share most of their samples, and with few samples (12, say) a component of the noise that they share comes
     * back as well.
     */
    public OptionalInt mostStable() {
        int allowed = alike().stream().mapToInt(Integer::intValue).max().orElse(Integer.MAX_VALUE);
        return rows.stream()
                .filter(RankRow::stable)
                .mapToInt(RankRow::rank)
                .filter(r -> r <= allowed)
                .max();
    }

    /** The smallest rank whose fit is as close to the data as the noise is; empty if the noise is not known. */
    public OptionalInt reachesNoise() {
        return noiseKnown
                ? rows.stream()
                        .filter(r -> r.error() <= 1)
                        .mapToInt(RankRow::rank)
                        .min()
                : OptionalInt.empty();
    }

    /** What the table says, as sentences. */
    public String verdict() {
        if (rows.size() == 1) {
            return "Only one rank was tried: there is nothing to compare it with.";
        }
        StringBuilder text = new StringBuilder(told(heldOut(), RankRow::speckles));
        if (bestByQuarters().isPresent()) {
            text.append(' ').append(told("quarters", RankRow::quarters));
        }
        if (best() == rows.get(rows.size() - 1).rank()) {
            text.append(" The best rank is the largest one tried: try larger ones.");
        }
        boolean beyond = rows.stream()
                .anyMatch(r -> r.stable() && r.rank() > mostStable().orElse(0));
        String ofThose = beyond ? ", of those that held-out " + heldOut() + " allow," : "";
        text.append(
                mostStable().isPresent()
                        ? " The largest rank at which all components come back" + ofThose + " is "
                                + mostStable().getAsInt() + "."
                        : beyond
                                ? " Components come back only at ranks that held-out " + heldOut() + " do not allow."
                                : " At no rank do all components come back.");
        if (noiseKnown) {
            text.append(
                    reachesNoise().isPresent()
                            ? " The error reaches the noise level at rank "
                                    + reachesNoise().getAsInt()
                                    + ", the number of components that the noise lets one see."
                            : " The error stays above the noise level: try larger ranks, or check the given noise.");
        }
        return text.toString();
    }

    private String heldOut() {
        return holdOut == HoldOut.COUNTS ? "counts" : "entries";
    }

    private String told(String what, Function<RankRow, Score> score) {
        List<Integer> alike = alike(score);
        int best = best(score).orElseThrow();
        return alike.size() == 1
                ? "Held-out " + what + " are predicted best at rank " + best
                        + "; every other rank is worse by more than two standard errors."
                : "Held-out " + what + " cannot tell ranks " + list(alike)
                        + " apart, by the mean or by signed ranks of the"
                        + " samples, at two standard errors; the smallest is " + alike.get(0)
                        + ", the lowest mean is at rank " + best + ".";
    }

    private OptionalInt best(Function<RankRow, Score> score) {
        return rows.stream()
                .filter(r -> !Double.isNaN(score.apply(r).mean()))
                .min(Comparator.comparingDouble(r -> score.apply(r).mean()))
                .map(r -> OptionalInt.of(r.rank()))
                .orElse(OptionalInt.empty());
    }

    private List<Integer> alike(Function<RankRow, Score> score) {
        return rows.stream()
                .filter(r -> score.apply(r).likeTheBest())
                .map(RankRow::rank)
                .toList();
    }

    /** The table as CSV with a header. */
    public String csv() {
        return "rank," + header("speckles") + header("quarters")
                + "error_by_noise,reduced,objective,worst_objective,residual,svd_residual,"
                + "silhouette,least_silhouette,cophenetic\n"
                + rows.stream().map(RankTable::line).collect(Collectors.joining());
    }

    private static String header(String name) {
        return String.format("%1$s,%1$s_se,%1$s_excess,%1$s_excess_se,%1$s_signed_rank,%1$s_alike,", name);
    }

    private static String line(RankRow r) {
        return r.rank() + "," + cells(r.speckles()) + cells(r.quarters())
                + String.format(
                        Locale.ROOT,
                        "%.6g,%.6g,%.9g,%.9g,%.6g,%.6g,%.4f,%.4f,%.4f\n",
                        r.error(),
                        r.reduced(),
                        r.objective(),
                        r.worst(),
                        r.residual(),
                        r.svdResidual(),
                        r.silhouette(),
                        r.leastSilhouette(),
                        r.cophenetic());
    }

    private static String cells(Score s) {
        return String.format(
                Locale.ROOT,
                "%.6g,%.3g,%.4g,%.3g,%.3g,%b,",
                s.mean(),
                s.error(),
                s.excess(),
                s.excessError(),
                s.signedRank(),
                s.likeTheBest());
    }

    private static String list(List<Integer> ranks) {
        String head =
                ranks.subList(0, ranks.size() - 1).stream().map(String::valueOf).collect(Collectors.joining(", "));
        return head + " and " + ranks.get(ranks.size() - 1);
    }
}
