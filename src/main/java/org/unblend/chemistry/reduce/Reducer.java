package org.unblend.chemistry.reduce;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.unblend.chemistry.Budget;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Conditions;
import org.unblend.chemistry.Network;
import org.unblend.chemistry.Reaction;
import org.unblend.chemistry.Run;

/**
 * Leaves species and reactions out of a network while the abundances of chosen species stay within limits at chosen
 * conditions. Candidates come in the order of {@link Importance}; each omission is tried against the full network. What was
 * refused is not tried again in the same pass.
 */
public final class Reducer {

    /**
     * What must stay.
     *
     * @param target species and the largest error allowed [dex]
     * @param points conditions at which it must
     */
    public record Goal(Map<String, Double> target, List<Conditions> points) {
        public Goal {
            target = new LinkedHashMap<>(target);
            points = List.copyOf(points);
        }
    }

    private static final List<String> NEEDED = List.of("H", "H2", "e-", "He");

    private final ChemistryModel model;
    private final Network full;
    private final ChemistrySettings settings;
    private final Goal goal;
    private final Consumer<String> told;
    private final List<ChemistryResult> truth = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private Importance importance;
    private List<String> names;

    /** @param told is told how far the work has come */
    public Reducer(Network full, ChemistrySettings settings, Goal goal, Consumer<String> told) {
        model = new ChemistryModel(full, settings);
        this.full = model.network();
        this.settings = settings;
        this.goal = goal;
        this.told = told;
    }

    /**
     * The reduced network.
     *
     * @param most species at the start, ices included; the most important ones
     * @param share of the limits that leaving out species may use; reactions may use all of it
     * @param least gas-phase reactions that stay: a margin for conditions that were not tried
     */
    public Network reduce(int most, double share, int least) {
        sample();
        List<String> ranked = new ArrayList<>(names);
        ranked.sort(Comparator.comparingDouble((String s) -> importance.ofSpecies(names.indexOf(s)))
                .reversed());
        Set<String> start = new LinkedHashSet<>(ranked.subList(0, Math.min(most, ranked.size())));
        start.addAll(NEEDED);
        told.accept(String.format("%d species: worst error / limit %.2f", start.size(), worst(network(start), 99)));
        List<String> candidates = ranked.stream()
                .filter(s -> start.contains(s) && !goal.target().containsKey(s) && !NEEDED.contains(s))
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.reverse(candidates);
        Set<String> left = prune(
                candidates, 8, 0, gone -> worst(network(without(start, gone)), share) <= share, "species left out");
        return withoutReactions(network(without(start, left)), least);
    }

    private static Set<String> without(Set<String> all, Set<String> gone) {
        return all.stream()
                .filter(s -> !gone.contains(s) && !gone.contains(s.replace("#", "")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Network withoutReactions(Network start, int least) {
        List<Reaction> candidates = new ArrayList<>(start.reactions());
        candidates.sort(Comparator.comparingDouble(importance::ofReaction));
        Function<Set<Reaction>, Network> rest = gone -> start.with(
                start.reactions().stream().filter(r -> !gone.contains(r)).toList());
        Set<Reaction> left = prune(
                candidates,
                64,
                least,
                gone -> {
                    Network fewer = rest.apply(gone);
                    return covers(fewer) && worst(fewer, 1) <= 1;
                },
                "reactions left out of " + candidates.size());
        return rest.apply(left);
    }

    /** Leaves candidates out in their order, many at a time, and half as many where that is too much. */
    private <T> Set<T> prune(List<T> candidates, int most, int least, Predicate<Set<T>> good, String what) {
        Set<T> gone = new HashSet<>();
        int chunk = most;
        int at = 0;
        while (at < candidates.size() && candidates.size() - gone.size() > least) {
            int size = Math.min(Math.min(chunk, candidates.size() - at), candidates.size() - gone.size() - least);
            List<T> some = candidates.subList(at, at + size);
            Set<T> trial = new HashSet<>(gone);
            trial.addAll(some);
            if (good.test(trial)) {
                gone = trial;
                at += some.size();
                chunk = Math.min(most, chunk * 2);
                told.accept(gone.size() + " " + what);
            } else if (chunk > 1) {
                chunk = Math.max(1, chunk / 4);
            } else {
                at++;
            }
        }
        return gone;
    }

    private boolean covers(Network n) {
        return n.names().containsAll(goal.target().keySet());
    }

    private Network network(Set<String> kept) {
        Set<String> ices = kept.stream()
                .filter(s -> s.startsWith("#"))
                .map(s -> s.substring(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        return full.among(kept).freezing(ices);
    }

    /** Largest error in units of its limit over all points; stops at the first beyond {@code enough}. */
    double worst(Network reduced, double enough) {
        Run run = new ChemistryModel(reduced, settings).run();
        double worst = 0;
        for (int k = 0; k < order.size(); k++) {
            int i = order.get(k);
            ChemistryResult r = run.solve(goal.points().get(i));
            if (r.status() != ChemistryResult.Status.OK) {
                return Double.POSITIVE_INFINITY;
            }
            for (Map.Entry<String, Double> t : goal.target().entrySet()) {
                double off = Math.abs(r.log10(t.getKey()) - truth.get(i).log10(t.getKey()));
                worst = Math.max(worst, off / t.getValue());
            }
            if (worst > enough) {
                // What fails here is likely to fail here again.
                order.remove(k);
                order.add(0, i);
                return worst;
            }
        }
        return worst;
    }

    private void sample() {
        ChemistryModel cold = new ChemistryModel(full, settings.freezing(true));
        names = model.species();
        importance = new Importance(names.size());
        int[] targets = goal.target().keySet().stream().mapToInt(names::indexOf).toArray();
        Run run = model.run();
        for (Conditions c : goal.points()) {
            double[] next = {1};
            ChemistryResult end = run.solve(c, (phase, years, t, n, x) -> {
                if (years > next[0] || !phase.equals("collapse") && years >= settings.years()) {
                    next[0] = Math.max(years, 1) * 10;
                    boolean collapsing = phase.equals("collapse");
                    Conditions now = collapsing
                            ? new Conditions(c.av() * n / c.density(), n, 1, 1, t, 1)
                            : new Conditions(c.av(), c.density(), c.zeta(), c.habing(), t, 1);
                    importance.add(Budget.of(collapsing ? cold : model, now, x), targets);
                } else if (phase.equals("warming") && years < next[0] / 100) {
                    next[0] = 1;
                }
            });
            if (end.status() != ChemistryResult.Status.OK) {
                throw new IllegalStateException("the full network fails at " + c + ": " + end.message());
            }
            order.add(truth.size());
            truth.add(end);
        }
        told.accept(goal.points().size() + " points sampled");
    }
}
