package org.unblend.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.unblend.density.CompiledModel;
import org.unblend.density.Target;
import org.unblend.infer.Evidence;
import org.unblend.infer.Precision;
import org.unblend.infer.RunContext;
import org.unblend.mcmc.factor.Chib;
import org.unblend.mcmc.factor.CollapsedPixels;
import org.unblend.mcmc.factor.Estimate;
import org.unblend.mcmc.factor.EvidenceScan;
import org.unblend.mcmc.factor.FactorForm;
import org.unblend.mcmc.factor.FittedEvidence;
import org.unblend.nested.NestedSampler;
import org.unblend.nested.NestedSettings;

/**
 * Evidences of factorisations by roads other than tempering, to be set beside it.
 *
 * @param wanted in the order of the table
 */
record EvidenceRoads(List<Road> wanted) {
    private static final int MOST_OF_NESTED = 30;
    private static final int MOST_OF_COLLAPSED = 12;
    private static final Chib CHIB = new Chib(1000, 20_000);
    private static final FittedEvidence FITTED = new FittedEvidence(32, 4);
    private static final int POINTS = 64;
    private static final int SHIFTS = 4;

    /** Standard error that nested sampling goes on to. */
    private static final double WANTED = 0.08;

    /** Combined standard errors at which two roads contradict each other. */
    private static final double APART = 3.5;

    EvidenceRoads {
        wanted = List.copyOf(wanted);
    }

    /** How an evidence is found. */
    enum Road {
        /** The ordinate of the posterior at one point. */
        CHIB,
        /** Tempering from a density fitted to the posterior. */
        FITTED,
        /** Nested sampling of all unknowns. */
        NESTED,
        /** Nested sampling with H integrated out, sample by sample. */
        COLLAPSED;

        String told() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a road gave for a rank.
     *
     * @param estimate empty where the road does not apply
     * @param why reason for that
     */
    record Found(Road road, int rank, Optional<Estimate> estimate, String why) {}

    /** All roads for one rank. */
    List<Found> of(int rank, CompiledModel model, RunContext context) {
        List<Found> found = new ArrayList<>();
        FactorForm form = FactorForm.of(model);
        for (Road road : wanted) {
            Optional<String> refused = refusal(road, form);
            found.add(new Found(
                    road,
                    rank,
                    refused.isPresent() ? Optional.empty() : Optional.of(estimate(road, form, context)),
                    refused.orElse("")));
        }
        return found;
    }

    private static Optional<String> refusal(Road road, FactorForm form) {
        int all = form.model().dimension();
        int rest = all - form.rank() * form.samples();
        return switch (road) {
            case CHIB -> Chib.refusal(form);
            case FITTED -> FittedEvidence.refusal(form);
            case NESTED ->
                form.model()
                        .graph()
                        .mixed()
                        .map(p -> "the prior of " + p.name() + " has a point mass, on which the likelihood is level")
                        .or(() -> tooMany(all, MOST_OF_NESTED));
            case COLLAPSED -> CollapsedPixels.refusal(form).or(() -> tooMany(rest, MOST_OF_COLLAPSED));
        };
    }

    private static Optional<String> tooMany(int unknowns, int most) {
        return unknowns > most
                ? Optional.of("there are " + unknowns + " unknowns, and it is for at most " + most)
                : Optional.empty();
    }

    private static Estimate estimate(Road road, FactorForm form, RunContext context) {
        return switch (road) {
            case CHIB -> CHIB.of(form, context.random().split("chib"));
            case FITTED -> FITTED.of(form, context).estimate();
            case NESTED -> nested(form.model(), context);
            case COLLAPSED ->
                nested(
                        new CollapsedPixels(form.full(), POINTS, SHIFTS)
                                .target(context.random().split("points")),
                        context);
        };
    }

    private static Estimate nested(Target target, RunContext context) {
        Evidence evidence = new NestedSampler(NestedSettings.STANDARD)
                .run(target, Precision.STANDARD.withLogZError(WANTED), context)
                .evidence()
                .orElseThrow();
        return new Estimate(evidence.logZ(), evidence.error());
    }

    /** A line per rank, then reasons and contradictions. */
    static String text(List<EvidenceScan.Scored> tempered, List<Found> found) {
        List<Road> roads = found.stream().map(Found::road).distinct().toList();
        StringBuilder text = new StringBuilder(String.format(
                "\n%4s  %-18s", "rank", EvidenceTable.isFitted(tempered) ? "ln Z, from a fit" : "ln Z, tempered"));
        roads.forEach(r -> text.append(String.format("  %-18s", r.told())));
        text.append('\n');
        Set<String> notes = new LinkedHashSet<>();
        for (EvidenceScan.Scored s : tempered) {
            text.append(String.format(
                    "%4d  %-18s",
                    s.rank(),
                    EvidenceTable.value(s.evidence().logZ(), s.evidence().error())));
            for (Road road : roads) {
                Found f = found.stream()
                        .filter(o -> o.road() == road && o.rank() == s.rank())
                        .findFirst()
                        .orElseThrow();
                text.append(String.format(
                        "  %-18s",
                        f.estimate()
                                .map(e -> EvidenceTable.value(e.logZ(), e.error()))
                                .orElse("-")));
                if (f.estimate().isEmpty()) {
                    notes.add(road.told() + " does not apply: " + f.why());
                }
                f.estimate()
                        .filter(e -> Math.abs(e.logZ() - s.evidence().logZ())
                                > APART * Math.hypot(e.error(), s.evidence().error()))
                        .ifPresent(
                                e -> notes.add(
                                        "At rank " + s.rank() + " " + road.told()
                                                + " and tempering contradict each other: trust neither, and raise --particles and --runs"));
            }
            text.append('\n');
        }
        notes.forEach(n -> text.append(n).append(".\n"));
        return text.toString().replaceAll(" +\n", "\n");
    }
}
