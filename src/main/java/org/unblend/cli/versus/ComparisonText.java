package org.unblend.cli.versus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Finding;
import org.unblend.nmf.Factors;

/** A comparison of point and posterior in words and numbers. */
final class ComparisonText {
    /** Objectives this close, relative to the best, count as the best. */
    private static final double SAME = 1e-4;
    /** Profiles less alike than this are of different components. */
    private static final double ALIKE = 0.9;

    private static final int NAME = 14;

    private final Comparison c;

    private final Finding.Severity verdict;

    private ComparisonText(Comparison comparison, Finding.Severity verdict) {
        c = comparison;
        this.verdict = verdict;
    }

    /** @param verdict on the posterior, on which all that is said of it depends */
    static String of(Comparison comparison, Finding.Severity verdict) {
        ComparisonText text = new ComparisonText(comparison, verdict);
        return Stream.of(text.head(), text.components(), text.fits(), text.truth(), text.words())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private String head() {
        double best = Arrays.stream(c.fitted().objective()).min().orElseThrow();
        long reached = Arrays.stream(c.fitted().objective())
                .filter(o -> o <= best + SAME * Math.abs(best))
                .count();
        String what = c.side().why().isEmpty()
                ? "the mode of the same density"
                : "a fit with flat priors, as the posterior has no mode to look for: "
                        + c.side().why().get();
        return "Point against posterior. The point is " + what + ". " + reached + " of "
                + c.starts().size() + " starts of " + c.side().plan().engine().name() + " reach it.\n"
                + (c.nodes().scaleIsFree() ? "Profiles (columns of W) have unit mean; intervals" : "Intervals")
                + " are central 95 %.\n";
    }

    private String components() {
        int r = c.nodes().components().size();
        double[] share = OneScale.shares(c.point());
        double[] cosine = cosines();
        StringBuilder text = new StringBuilder(String.format(
                "%-" + NAME + "s %7s %16s %9s %9s %14s %14s\n",
                "component",
                "share",
                "of posterior",
                "cosine",
                "starts",
                "W outside",
                "H outside"));
        for (int k = 0; k < r; k++) {
            int component = k;
            double[] shares =
                    c.draws().values(d -> OneScale.shares(c.draws().factors().get(d))[component]);
            double least = c.starts().stream()
                    .mapToDouble(f -> OneScale.cosines(f, c.point())[component])
                    .min()
                    .orElse(1);
            text.append(String.format(
                    Locale.ROOT,
                    "%-" + NAME + "s %5.1f %% %16s %9.3f %9.3f %14s %14s\n",
                    cut(c.nodes().components().get(k)),
                    100 * share[k],
                    String.format(
                            Locale.ROOT,
                            "%.1f ± %.1f %%",
                            100 * Weighted.mean(shares, c.draws().weights()),
                            100 * Weighted.sd(shares, c.draws().weights())),
                    cosine[k],
                    least,
                    outside(c.w(), false, k),
                    outside(c.h(), true, k)));
        }
        return text.append("share of the sum of W H; cosine of the point's profile and the posterior mean's; the least"
                        + " one between a start and the point; entries of the point outside the interval\n")
                .toString();
    }

    private double[] cosines() {
        Factors mean = new Factors(c.w().posterior().mean(), c.h().posterior().mean());
        return OneScale.cosines(c.point(), mean);
    }

    private static String outside(Comparison.Table table, boolean row, int k) {
        double[] places = row ? table.place().row(k) : table.place().transpose().row(k);
        long n = Arrays.stream(places).filter(p -> p < 0.025 || p > 0.975).count();
        return n + " of " + places.length;
    }

    private String fits() {
        double[] log = c.posterior().logLikelihood();
        double[] weights = c.posterior().weights();
        double point = c.fitted().result().samples().logLikelihood()[0];
        StringBuilder text = new StringBuilder(String.format("%-30s %14s  %s\n", "", "point", "posterior"));
        text.append(String.format(
                Locale.ROOT,
                "%-30s %14.2f  %.2f ± %.2f\n",
                "log likelihood",
                point,
                Weighted.mean(log, weights),
                Weighted.sd(log, weights)));
        line(text, "deviance of the data", p -> String.format(Locale.ROOT, "%.1f", p.observed()));
        line(
                text,
                "deviance of data drawn from it",
                p -> String.format(Locale.ROOT, "%.1f ± %.1f", p.replicated(), p.spread()));
        line(text, "of these above the data's", p -> String.format(Locale.ROOT, "%.0f %%", 100 * p.above()));
        line(text, "data inside what it predicts", p -> String.format(Locale.ROOT, "%.1f %%", 100 * p.inside()));
        c.product()
                .ifPresent(p -> text.append(String.format(
                        Locale.ROOT, "%-30s %14s\n", "W H outside the interval", p.outside() + " of " + p.entries())));
        return text.toString();
    }

    private void line(StringBuilder text, String name, Function<PredictiveCheck, String> value) {
        if (c.ofPoint().isPresent() && c.ofPosterior().isPresent()) {
            text.append(String.format(
                    "%-30s %14s  %s\n",
                    name,
                    value.apply(c.ofPoint().get()),
                    value.apply(c.ofPosterior().get())));
        }
    }

    /** How far both are from the truth; empty if that is unknown. */
    private String truth() {
        if (c.truth().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(String.format(
                "%-12s %16s %16s %18s\n", "against truth", "error of point", "of posterior", "inside intervals"));
        truth(text, "W", c.w());
        truth(text, "H", c.h());
        c.product().ifPresent(p -> truth(text, "W H", p));
        return text.append("error: mean absolute distance from the truth, of the posterior that of its mean\n")
                .toString();
    }

    private static void truth(StringBuilder text, String name, Comparison.Table table) {
        text.append(String.format(
                Locale.ROOT,
                "%-13s %16.4g %16.4g %16.1f %%\n",
                name,
                table.error(table.point()).orElseThrow(),
                table.error(table.posterior().mean()).orElseThrow(),
                100 * table.coverage().orElseThrow()));
    }

    /** What the numbers say, in sentences. */
    private String words() {
        List<String> words = new ArrayList<>();
        if (verdict == Finding.Severity.DO_NOT_USE) {
            words.add("The posterior is not to be used, as its diagnosis says, so neither is what is said of it here.");
        }
        double[] cosine = cosines();
        boolean reordered = isReordered(cosine);
        if (reordered) {
            words.add("The point has the components of the posterior in another order: there are several modes, and the"
                    + " draws, or the starts, may have met one of them alone.");
        }
        for (int k = 0; k < cosine.length; k++) {
            if (!reordered && !(cosine[k] >= ALIKE)) {
                words.add(
                        "The point's " + c.nodes().components().get(k) + " is another component than the posterior's.");
            }
        }
        c.ofPoint()
                .filter(p -> p.above() > 0.975)
                .ifPresent(p -> words.add(String.format(
                        Locale.ROOT,
                        "The point fit is nearer to the data than to %.0f %% of data drawn from it: it follows the noise.",
                        100 * p.above())));
        Optional<PredictiveCheck> posterior = c.ofPosterior();
        if (posterior.filter(p -> p.above() < 0.025).isPresent()) {
            words.add(
                    "The posterior is further from the data than from almost all data drawn from it: the model, or the"
                            + " size of its noise, does not describe them.");
        } else if (posterior.filter(p -> p.above() > 0.975).isPresent()) {
            words.add("The posterior is nearer to the data than to almost all data drawn from it: the noise is smaller"
                    + " than the model says.");
        } else if (posterior.isPresent()) {
            words.add("Data drawn from the posterior are like the data.");
        }
        int outside = c.w().outside() + c.h().outside();
        int all = c.w().entries() + c.h().entries();
        words.add(String.format(
                Locale.ROOT,
                "Of the entries of W and H, %.0f %% of the point's lie outside the posterior's 95 %% intervals.",
                100.0 * outside / all));
        return String.join(" ", words) + "\n";
    }

    /** True if the components are alike in another order than that in which they are compared. */
    private boolean isReordered(double[] cosine) {
        Factors mean = new Factors(c.w().posterior().mean(), c.h().posterior().mean());
        double[] best = OneScale.cosines(OneScale.ordered(c.point(), mean), mean);
        return Arrays.stream(best).allMatch(v -> v >= ALIKE)
                && Arrays.stream(cosine).anyMatch(v -> !(v >= ALIKE));
    }

    private static String cut(String name) {
        return name.length() > NAME ? name.substring(0, NAME - 1) + "…" : name;
    }
}
