package org.unblend.chemistry;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A gas-phase reaction network.
 *
 * @param name where it comes from
 * @param species all species that react, in the order in which they appear first
 * @param reactions the reactions, balanced in elements and charge
 * @param ices gas names of the species that may form ices, or empty for all that are known to
 * @param zetaReference the cosmic-ray ionisation rate for which its cosmic-ray rates hold [1/s]
 * @param citations what to cite
 * @param skipped lines that were left out, each with its reason
 * @param hash digest of what the network was read from
 */
public record Network(
        String name,
        List<Species> species,
        List<Reaction> reactions,
        Optional<Set<String>> ices,
        double zetaReference,
        List<String> citations,
        List<String> skipped,
        String hash) {

    public Network {
        ices = ices.map(Set::copyOf);
        species = List.copyOf(species);
        reactions = List.copyOf(reactions);
        citations = List.copyOf(citations);
        skipped = List.copyOf(skipped);
    }

    /** The network of these reactions, species in order of appearance. */
    static Network of(
            String name,
            List<Reaction> reactions,
            Optional<Set<String>> ices,
            double zetaReference,
            List<String> citations,
            List<String> skipped,
            String hash) {
        Map<String, Species> seen = new LinkedHashMap<>();
        for (Reaction r : reactions) {
            for (List<String> side : List.of(r.reactants(), r.products())) {
                side.forEach(s -> seen.computeIfAbsent(
                        s, k -> Species.parse(k).orElseThrow(() -> new IllegalArgumentException(k))));
            }
        }
        return new Network(
                name, new ArrayList<>(seen.values()), reactions, ices, zetaReference, citations, skipped, hash);
    }

    /** The part of this network whose reactions run among the given species alone. */
    public Network among(Collection<String> names) {
        Set<String> kept = new HashSet<>(names);
        return with(reactions.stream()
                .filter(r -> kept.containsAll(r.reactants()) && kept.containsAll(r.products()))
                .toList());
    }

    /** The same network with other reactions. */
    public Network with(List<Reaction> others) {
        return of(name, others, ices, zetaReference, citations, skipped, digest(others, ices));
    }

    /** The same reactions with other ices. */
    public Network freezing(Set<String> names) {
        Optional<Set<String>> others = Optional.of(names);
        return of(name, reactions, others, zetaReference, citations, skipped, digest(reactions, others));
    }

    private String digest(List<Reaction> others, Optional<Set<String>> frozen) {
        String text = hash + others + frozen.map(TreeSet::new);
        return NetworkReader.digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Names of all species. */
    public List<String> names() {
        return species.stream().map(Species::name).toList();
    }
}
