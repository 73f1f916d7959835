package org.unblend.chemistry;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Freezing (Rawlings et al. 1992, MNRAS 255, 471) and non-thermal desorption (Roberts et al. 2007, MNRAS 382, 733) as
 * processes. A species that freezes is hydrogenated at once (C becomes CH4). In the conserving form the hydrogen for it
 * comes from H2 of the gas and an ion takes an electron of the gas with it; in UCLCHEM 1.3's form neither is accounted for
 * and electrons freeze on their own.
 */
final class GrainProcesses {
    /** Highest binding energy [K] of ices that H2 formation or cosmic-ray heating can drive off. */
    private static final double WEAKLY_BOUND = 1210;
    /** The same for ultraviolet light. */
    private static final double UV_BOUND = 1e4;

    private final ReactionSystem system;
    private final Grains grains;
    private final boolean conserving;
    private final Set<String> kept;

    GrainProcesses(ReactionSystem system, Grains grains, boolean conserving) {
        this.system = system;
        this.grains = grains;
        this.conserving = conserving;
        kept = system.ices.stream().map(Grains.Ice::name).collect(Collectors.toCollection(HashSet::new));
    }

    void addTo(List<ReactionSystem.Process> list) {
        for (Species s : system.species) {
            if (!s.ice()) {
                grains.products(s, kept).forEach((ice, share) -> list.add(freeze(s, ice, share)));
            }
        }
        if (!conserving) {
            list.add(new ReactionSystem.Process(
                    ReactionSystem.Kind.FREEZE,
                    null,
                    system.electron,
                    -1,
                    Map.of(system.electron, -1.0),
                    1,
                    "e- -> grain"));
        }
        for (int i = 0; i < system.ices.size(); i++) {
            Grains.Ice ice = system.ices.get(i);
            if (ice.binding() <= WEAKLY_BOUND) {
                list.add(desorb(ReactionSystem.Kind.DESORB_H2, i, "H2 formation"));
                list.add(desorb(ReactionSystem.Kind.DESORB_COSMIC_RAY, i, "cosmic-ray heating"));
            }
            if (ice.binding() <= UV_BOUND) {
                list.add(desorb(ReactionSystem.Kind.DESORB_UV, i, "ultraviolet"));
            }
        }
    }

    private ReactionSystem.Process freeze(Species s, String ice, double share) {
        Map<Integer, Double> net = new LinkedHashMap<>();
        int solid = system.index.get("#" + ice);
        Species frozen = system.species.get(solid);
        net.put(system.index.get(s.name()), -1.0);
        net.put(solid, 1.0);
        net.put(system.sumOfIces, 1.0);
        Map<String, Integer> rest = new LinkedHashMap<>(s.atoms());
        frozen.atoms().forEach((e, k) -> rest.merge(e, -k, Integer::sum));
        rest.forEach((element, k) -> {
            if (!element.equals("H") && k != 0) {
                // An atom that the ice does not take stays in the gas, such as C of C3+ -> #C2 + C.
                if (k < 0 || !system.index.containsKey(element)) {
                    throw new IllegalStateException(s.name() + " cannot freeze as " + ice);
                }
                net.merge(system.index.get(element), (double) k, Double::sum);
            }
        });
        int hydrogen = rest.getOrDefault("H", 0);
        if (conserving) {
            if (hydrogen != 0) {
                net.merge(system.molecular, hydrogen / 2.0, Double::sum);
            }
            if (s.charge() != 0) {
                net.merge(system.electron, -(double) s.charge(), Double::sum);
            }
        } else if (hydrogen > 0) {
            net.merge(system.hydrogen, (double) hydrogen, Double::sum);
        }
        return new ReactionSystem.Process(
                ReactionSystem.Kind.FREEZE,
                null,
                system.index.get(s.name()),
                -1,
                net,
                share,
                s.name() + " -> #" + ice + " (freezing)");
    }

    private ReactionSystem.Process desorb(ReactionSystem.Kind kind, int i, String by) {
        String name = system.ices.get(i).name();
        Map<Integer, Double> net = new LinkedHashMap<>();
        net.put(system.iceSolid[i], -1.0);
        net.put(system.iceGas[i], 1.0);
        net.put(system.sumOfIces, -1.0);
        return new ReactionSystem.Process(
                kind, null, system.iceSolid[i], -1, net, 0, "#" + name + " -> " + name + " (" + by + ")");
    }
}
