package org.unblend.chemistry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A network with its grain processes as flat arrays: for each process the one or two species of its rate law, its net
 * stoichiometry, and where its derivatives lie in the sparse Jacobian. Immutable; rates live in {@link RateState}.
 *
 * <p>The state holds the species and, where there are ices, at its end their sum: rates of desorption are shared among the
 * ices in proportion (x / sum), and with the sum as a component of its own the Jacobian stays sparse and exact.
 */
final class ReactionSystem {

    /** What a process is; decides how its coefficient is computed. */
    enum Kind {
        GAS,
        H2_FORMATION,
        H2_DISSOCIATION,
        CO_DISSOCIATION,
        FREEZE,
        DESORB_H2,
        DESORB_COSMIC_RAY,
        DESORB_UV
    }

    /**
     * One process.
     *
     * @param kind what it is
     * @param reaction the network's reaction, or null for grain processes
     * @param a first species of the rate law
     * @param b second, or -1
     * @param net change of each species
     * @param factor mass [u], binding energy [K] or share, by kind
     * @param label for people
     */
    record Process(Kind kind, Reaction reaction, int a, int b, Map<Integer, Double> net, double factor, String label) {}

    final List<Species> species;
    final Map<String, Integer> index;
    final List<Process> processes;
    final int size;
    final int sumOfIces;
    final int hydrogen;
    final int molecular;
    final int monoxide;
    final int electron;
    final List<Grains.Ice> ices;
    /** Gas and ice index of each entry of {@link #ices}. */
    final int[] iceGas;

    final int[] iceSolid;
    final int[] netStart;
    final int[] netSpecies;
    final double[] netChange;
    final int[] rowStart;
    final int[] columns;
    /** For each process and each variable of its rate: the places of d(net)/d(variable), one after the other. */
    final int[] places;

    /**
     * @param network gas-phase reactions; must contain H, H2 and e-
     * @param grains ices, or null for gas alone
     * @param conserving true to take hydrogen and electrons that freezing needs from the gas, so that elements and charge are
     *     kept; false for the bookkeeping of UCLCHEM 1.3
     */
    ReactionSystem(Network network, Grains grains, boolean conserving) {
        List<Species> all = new ArrayList<>(network.species());
        for (String needed : List.of("H", "H2", Species.ELECTRON)) {
            if (all.stream().noneMatch(s -> s.name().equals(needed))) {
                all.add(Species.parse(needed).orElseThrow());
            }
        }
        Map<String, Integer> at = new HashMap<>();
        all.forEach(s -> at.put(s.name(), at.size()));
        ices = grains == null
                ? List.of()
                : grains.among(at.keySet()).stream()
                        .filter(i -> network.ices()
                                .map(kept -> kept.contains(i.name()))
                                .orElse(true))
                        .toList();
        iceGas = ices.stream().mapToInt(i -> at.get(i.name())).toArray();
        for (Grains.Ice i : ices) {
            at.put("#" + i.name(), all.size());
            all.add(Species.parse("#" + i.name()).orElseThrow());
        }
        iceSolid = ices.stream().mapToInt(i -> at.get("#" + i.name())).toArray();
        species = List.copyOf(all);
        index = Map.copyOf(at);
        hydrogen = at.get("H");
        molecular = at.get("H2");
        electron = at.get(Species.ELECTRON);
        monoxide = at.getOrDefault("CO", -1);
        sumOfIces = ices.isEmpty() ? -1 : species.size();
        size = species.size() + (ices.isEmpty() ? 0 : 1);
        List<Process> list = new ArrayList<>();
        network.reactions().stream().filter(r -> !dissociatesH2(r)).forEach(r -> list.add(gas(r)));
        list.add(new Process(
                Kind.H2_FORMATION,
                null,
                hydrogen,
                -1,
                Map.of(hydrogen, -2.0, molecular, 1.0),
                0,
                "H + H + grain -> H2"));
        list.add(new Process(
                Kind.H2_DISSOCIATION,
                null,
                molecular,
                -1,
                Map.of(hydrogen, 2.0, molecular, -1.0),
                0,
                "H2 + photon -> H + H"));
        if (grains != null) {
            new GrainProcesses(this, grains, conserving).addTo(list);
        }
        // Two-body laws first, then linear ones, then shared desorption: the loops of the rates run without branches.
        list.sort((p, q) -> Integer.compare(group(p), group(q)));
        processes = List.copyOf(list);
        netStart = new int[processes.size() + 1];
        int entries = 0;
        for (int r = 0; r < processes.size(); r++) {
            entries += processes.get(r).net().size();
            netStart[r + 1] = entries;
        }
        netSpecies = new int[entries];
        netChange = new double[entries];
        for (int r = 0; r < processes.size(); r++) {
            int p = netStart[r];
            for (Map.Entry<Integer, Double> e : new TreeMap<>(processes.get(r).net()).entrySet()) {
                netSpecies[p] = e.getKey();
                netChange[p++] = e.getValue();
            }
        }
        TreeMap<Integer, Integer>[] rows = rows();
        rowStart = new int[size + 1];
        int place = 0;
        for (int i = 0; i < size; i++) {
            for (Map.Entry<Integer, Integer> e : rows[i].entrySet()) {
                e.setValue(place++);
            }
            rowStart[i + 1] = place;
        }
        columns = new int[place];
        for (TreeMap<Integer, Integer> row : rows) {
            row.forEach((column, p) -> columns[p] = column);
        }
        List<Integer> order = new ArrayList<>();
        for (int r = 0; r < processes.size(); r++) {
            for (int variable : variables(processes.get(r))) {
                for (int p = netStart[r]; p < netStart[r + 1]; p++) {
                    order.add(rows[netSpecies[p]].get(variable));
                }
            }
        }
        places = order.stream().mapToInt(Integer::intValue).toArray();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private TreeMap<Integer, Integer>[] rows() {
        TreeMap<Integer, Integer>[] rows = new TreeMap[size];
        Arrays.setAll(rows, i -> new TreeMap<>());
        for (int r = 0; r < processes.size(); r++) {
            for (int variable : variables(processes.get(r))) {
                for (int p = netStart[r]; p < netStart[r + 1]; p++) {
                    rows[netSpecies[p]].put(variable, 0);
                }
            }
        }
        return rows;
    }

    /** The components on which a process's rate depends, in the order in which {@link RateState} differentiates. */
    int[] variables(Process p) {
        return switch (p.kind()) {
            case GAS -> p.b() < 0 ? new int[] {p.a()} : new int[] {p.a(), p.b()};
            case CO_DISSOCIATION -> new int[] {p.a(), molecular};
            case DESORB_COSMIC_RAY, DESORB_UV -> new int[] {p.a(), sumOfIces};
            case DESORB_H2 -> new int[] {p.a(), sumOfIces, hydrogen};
            default -> new int[] {p.a()};
        };
    }

    private static int group(Process p) {
        return switch (p.kind()) {
            case GAS -> p.b() >= 0 ? 0 : 1;
            case H2_FORMATION, FREEZE -> 1;
            case H2_DISSOCIATION -> 2;
            case CO_DISSOCIATION -> 3;
            case DESORB_COSMIC_RAY, DESORB_UV -> 4;
            case DESORB_H2 -> 5;
        };
    }

    /** Index of the first process of a group, or of those behind it. */
    int first(int group) {
        int r = 0;
        while (r < processes.size() && group(processes.get(r)) < group) {
            r++;
        }
        return r;
    }

    /** Self-shielded dissociation of H2 is a process of its own. */
    private static boolean dissociatesH2(Reaction r) {
        return r.kind() == Reaction.Kind.PHOTON
                && r.reactants().get(0).equals("H2")
                && r.products().equals(List.of("H", "H"));
    }

    private Process gas(Reaction r) {
        Map<Integer, Double> net = new LinkedHashMap<>();
        r.reactants().forEach(s -> net.merge(index.get(s), -1.0, Double::sum));
        r.products().forEach(s -> net.merge(index.get(s), 1.0, Double::sum));
        net.values().removeIf(v -> v == 0);
        int a = index.get(r.reactants().get(0));
        int b = r.reactants().size() == 2 ? index.get(r.reactants().get(1)) : -1;
        boolean dissociatesCo = r.kind() == Reaction.Kind.PHOTON
                && r.reactants().get(0).equals("CO")
                && r.products().contains("C");
        return new Process(dissociatesCo ? Kind.CO_DISSOCIATION : Kind.GAS, r, a, b, net, 0, r.equation());
    }
}
