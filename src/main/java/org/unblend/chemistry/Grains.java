package org.unblend.chemistry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which species form ices, how they are bound, and what a species becomes when it freezes; the facts stand in {@code
 * grains.json}. Immutable.
 */
final class Grains {
    private static final String RESOURCE = "grains.json";

    /**
     * An ice.
     *
     * @param name the gas-phase name
     * @param binding energy of binding [K]
     * @param solid fraction that leaves in the first event of warming
     * @param mono fraction that leaves when the ice's own rate of evaporation reaches 1/s
     * @param volcano fraction that leaves when water ice crystallises
     */
    record Ice(String name, double binding, double solid, double mono, double volcano) {}

    private final Map<String, Ice> ices = new LinkedHashMap<>();
    private final Map<String, String> freezesAs = new LinkedHashMap<>();
    private final Map<String, Map<String, Double>> shared = new LinkedHashMap<>();
    private final Set<String> never = new HashSet<>();
    private final List<String> sources = new ArrayList<>();

    Grains() {
        try (InputStream in = Grains.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + RESOURCE);
            }
            JsonNode root = new ObjectMapper().readTree(in);
            for (JsonNode i : root.required("ices")) {
                String name = i.required("name").asText();
                ices.put(
                        name,
                        new Ice(
                                name,
                                i.required("binding_K").doubleValue(),
                                i.required("solid").doubleValue(),
                                i.required("mono").doubleValue(),
                                i.required("volcano").doubleValue()));
            }
            root.required("freezes_as")
                    .properties()
                    .forEach(e -> freezesAs.put(e.getKey(), e.getValue().asText()));
            root.required("also").properties().forEach(e -> {
                Map<String, Double> parts = new LinkedHashMap<>();
                e.getValue()
                        .properties()
                        .forEach(p -> parts.put(p.getKey(), p.getValue().doubleValue()));
                shared.put(e.getKey(), parts);
            });
            root.required("never").forEach(n -> never.add(n.asText()));
            root.required("sources").forEach(n -> sources.add(n.asText()));
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " in the program cannot be read", e);
        }
    }

    /** Gas species of which is known what they freeze to, or that they do not freeze. */
    Set<String> known() {
        Set<String> known = new HashSet<>(never);
        known.addAll(ices.keySet());
        known.addAll(freezesAs.keySet());
        known.add(Species.ELECTRON);
        return known;
    }

    /** The ices whose gas is among the given species, in the order of the resource. */
    List<Ice> among(Set<String> gas) {
        return ices.values().stream().filter(i -> gas.contains(i.name())).toList();
    }

    /**
     * The ices that a species becomes and their shares (sum 1); empty if it does not freeze. An ice that is not among those
     * given is replaced by the species' own, where that is one.
     */
    Map<String, Double> products(Species s, Set<String> icesKept) {
        if (never.contains(s.name()) || s.name().equals(Species.ELECTRON)) {
            return Map.of();
        }
        Map<String, Double> parts = shared.get(s.name());
        if (parts != null && icesKept.containsAll(parts.keySet())) {
            return parts;
        }
        return Optional.ofNullable(freezesAs.getOrDefault(s.name(), ices.containsKey(s.name()) ? s.name() : null))
                .filter(icesKept::contains)
                .map(ice -> Map.of(ice, 1.0))
                .orElse(Map.of());
    }

    /** What to cite. */
    List<String> sources() {
        return List.copyOf(sources);
    }
}
