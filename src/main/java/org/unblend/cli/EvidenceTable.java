package org.unblend.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.unblend.diagnose.PredictiveScore;
import org.unblend.infer.Finding;
import org.unblend.io.DiagnosisText;
import org.unblend.mcmc.factor.EvidenceScan;
import org.unblend.mcmc.factor.EvidenceScan.Scored;
import org.unblend.mcmc.factor.FactorEngine;
import org.unblend.mcmc.factor.FittedEvidence;
import org.unblend.mcmc.factor.RankPosterior;
import org.unblend.nmf.rank.RankRow;
import org.unblend.nmf.rank.RankTable;

/**
 * Evidences of ranks as tables and sentences.
 *
 * @param scored the evidences, by prior and rank
 * @param main name of the prior that was asked for; the others show how much depends on it
 * @param sides features plus samples of the matrix
 * @param roads evidences by other roads; may be none
 */
record EvidenceTable(List<Scored> scored, String main, int sides, List<EvidenceRoads.Found> roads) {

    /** Ranks under the prior that was asked for, with the criteria of point fits; then the other priors. */
    String text(RankTable point) {
        List<Scored> rows = of(main);
        RankPosterior posterior = posterior(rows);
        double[] probability = posterior.probability();
        StringBuilder text = new StringBuilder(String.format(
                "%4s  %-18s %-17s %11s  %-22s %-22s %10s  %s\n",
                "rank",
                "ln Z",
                "ln B",
                "probability",
                "held-out deviance",
                "excess over best",
                "silhouette",
                isFitted(rows) ? "runs agree" : "both ways"));
        for (int t = 0; t < rows.size(); t++) {
            Scored s = rows.get(t);
            RankRow r = point.rows().get(t);
            text.append(String.format(
                            Locale.ROOT,
                            "%4d  %-18s %-17s %11s  %-22s %-22s %10.3f  %s",
                            s.rank(),
                            value(s.evidence().logZ(), s.evidence().error()),
                            t == posterior.best() ? "0" : value(posterior.logBayes(t), posterior.logBayesError(t)),
                            RankPosterior.percent(probability[t]),
                            RanksCommand.deviance(r),
                            RanksCommand.excess(r),
                            r.silhouette(),
                            verdict(s))
                    .stripTrailing());
            text.append('\n');
        }
        text.append("\nPrior: ")
                .append(main)
                .append(". ")
                .append(posterior.verdict())
                .append('\n');
        text.append(point.verdict()).append('\n');
        if (!roads.isEmpty()) {
            text.append(EvidenceRoads.text(rows, roads));
        }
        text.append(criteria(point));
        sensitivity().ifPresent(text::append);
        String unsure = rows.stream()
                .filter(s -> verdict(s) != Finding.Severity.OK)
                .map(s -> Integer.toString(s.rank()))
                .collect(Collectors.joining(", "));
        if (!unsure.isEmpty()) {
            text.append(
                            isFitted(rows)
                                    ? "Runs do not agree at rank "
                                    : "Forward and reverse estimates do not agree at rank ")
                    .append(unsure)
                    .append(
                            isFitted(rows)
                                    ? ": they ended in different modes; try more --runs.\n"
                                    : ": try more --particles.\n");
        }
        return text.toString();
    }

    /**
     * Predictions of single entries, and cheap stand-ins for the evidence; BIC as ln Z up to a constant that all ranks
     * share, {@code -objective - r (features + samples - 1) ln(n) / 2}, where the size of the noise is known.
     */
    private String criteria(RankTable point) {
        StringBuilder text = new StringBuilder(String.format(
                "\n%4s  %-20s %12s %14s %10s %14s %14s\n",
                "rank",
                "elpd, one left out",
                "worst k-hat",
                "k-hat > 0.7",
                "elpd WAIC",
                "ln Z by WBIC",
                "BIC, from best"));
        List<Scored> rows = of(main);
        double[] bic = new double[rows.size()];
        for (int t = 0; t < bic.length; t++) {
            double n = rows.get(t).criteria().orElseThrow().predictive().entries();
            bic[t] = -point.rows().get(t).objective() - 0.5 * rows.get(t).rank() * (sides - 1.0) * Math.log(n);
        }
        double best = Arrays.stream(bic).max().orElseThrow();
        for (int t = 0; t < bic.length; t++) {
            EvidenceScan.Criteria c = rows.get(t).criteria().orElseThrow();
            PredictiveScore p = c.predictive();
            text.append(String.format(
                    Locale.ROOT,
                    "%4d  %-20s %12.2f %14s %10.1f %14.1f %14s\n",
                    rows.get(t).rank(),
                    String.format(Locale.ROOT, "%.1f ± %.1f", p.loo(), p.looError()),
                    p.worst(),
                    p.bad() + " of " + p.entries(),
                    p.waic(),
                    c.wbic(),
                    point.noiseKnown() ? String.format(Locale.ROOT, "%.1f", bic[t] - best) : "noise unknown"));
        }
        return text.append(
                        "One left out is not to be trusted where many k-hat are above 0.7; held-out deviances are."
                                + " WBIC and BIC hold for a fixed number of unknowns and many data; here samples add unknowns.\n")
                .toString();
    }

    /** A line per other prior with ln Z of every rank, and what it would conclude. */
    private Optional<String> sensitivity() {
        List<String> priors = scored.stream().map(Scored::variant).distinct().toList();
        if (priors.size() == 1) {
            return Optional.empty();
        }
        int width = priors.stream().mapToInt(String::length).max().orElseThrow();
        StringBuilder text = new StringBuilder("\n" + String.format("%-" + width + "s", "ln Z by prior"));
        of(main).forEach(s -> text.append(String.format("  %18s", "rank " + s.rank())));
        text.append("  ranks\n");
        List<String> otherwise = new ArrayList<>();
        List<Integer> alike = posterior(of(main)).alike();
        for (String prior : priors) {
            List<Scored> rows = of(prior);
            RankPosterior posterior = posterior(rows);
            text.append(String.format("%-" + width + "s", prior));
            rows.forEach(s -> text.append(String.format(
                    "  %18s", value(s.evidence().logZ(), s.evidence().error()))));
            text.append("  ")
                    .append(posterior.alike().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                    .append('\n');
            if (posterior.alike().stream().noneMatch(alike::contains)) {
                otherwise.add(prior);
            }
        }
        Scored best = scored.stream()
                .reduce((a, b) -> b.evidence().logZ() > a.evidence().logZ() ? b : a)
                .orElseThrow();
        text.append(
                String.format("The highest evidence of all is that of rank %d under %s.", best.rank(), best.variant()));
        text.append(
                otherwise.isEmpty()
                        ? " No other prior excludes all ranks that are favoured.\n"
                        : " The rank depends on the prior: another is favoured under " + String.join("; ", otherwise)
                                + ".\n");
        return Optional.of(text.toString());
    }

    /**
     * The verdict on the evidence: whether forward and reverse runs agree, or those from fitted densities. Chains of a rank that is too large wander between
     * many ways to split a component, which the diagnosis tells and the evidence need not mind.
     */
    private static Finding.Severity verdict(Scored s) {
        return s.result().orElseThrow().findings().stream()
                .filter(f ->
                        f.check().equals(FactorEngine.BOTH_WAYS) || f.check().equals(FittedEvidence.CHECK))
                .map(Finding::severity)
                .findFirst()
                .orElseThrow();
    }

    /** One line per prior and rank. */
    String csv() {
        StringBuilder text = new StringBuilder("prior,rank,log_z,log_z_se,probability,information,method\n");
        for (String prior : scored.stream().map(Scored::variant).distinct().toList()) {
            List<Scored> rows = of(prior);
            double[] probability = posterior(rows).probability();
            for (int t = 0; t < rows.size(); t++) {
                Scored s = rows.get(t);
                text.append(String.format(
                        Locale.ROOT,
                        "\"%s\",%d,%.6f,%.4f,%.6g,%s,\"%s\"\n",
                        s.variant(),
                        s.rank(),
                        s.evidence().logZ(),
                        s.evidence().error(),
                        probability[t],
                        Double.isNaN(s.evidence().information())
                                ? ""
                                : String.format(
                                        Locale.ROOT, "%.3f", s.evidence().information()),
                        s.evidence().method()));
            }
        }
        for (EvidenceRoads.Found f : roads) {
            f.estimate()
                    .ifPresent(e -> text.append(String.format(
                            Locale.ROOT,
                            "\"%s\",%d,%.6f,%.4f,,,\"%s\"\n",
                            main,
                            f.rank(),
                            e.logZ(),
                            e.error(),
                            f.road().told())));
        }
        return text.toString();
    }

    /** The worst verdict on an evidence, then the checks of every rank. */
    String diagnosis() {
        Map<Integer, String> each = new LinkedHashMap<>();
        Finding.Severity worst = Finding.Severity.OK;
        for (Scored s : of(main)) {
            each.put(s.rank(), DiagnosisText.of(s.result().orElseThrow()));
            Finding.Severity verdict = verdict(s);
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        StringBuilder text = new StringBuilder(worst + "\n");
        each.forEach((rank, checks) ->
                text.append("\nrank ").append(rank).append(": ").append(checks));
        return text.toString();
    }

    private List<Scored> of(String variant) {
        return scored.stream().filter(s -> s.variant().equals(variant)).toList();
    }

    private static RankPosterior posterior(List<Scored> rows) {
        return new RankPosterior(
                rows.stream().mapToInt(Scored::rank).toArray(),
                rows.stream().mapToDouble(s -> s.evidence().logZ()).toArray(),
                rows.stream().mapToDouble(s -> s.evidence().error()).toArray());
    }

    /** True if the evidences come from densities that were fitted to the posterior. */
    static boolean isFitted(List<Scored> rows) {
        return rows.stream().anyMatch(s -> s.evidence().method().startsWith(FittedEvidence.METHOD));
    }

    static String value(double value, double error) {
        return String.format(Locale.ROOT, error < 0.05 ? "%.3f ± %.3f" : "%.2f ± %.2f", value, error);
    }
}
