package org.unblend.chemistry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Abundances of the elements relative to hydrogen nuclei, in all forms that take part in the chemistry. Those that a network
 * lacks take no part in it.
 *
 * @param perHydrogen element to abundance; hydrogen itself is 1 and not listed
 */
public record Elements(Map<String, Double> perHydrogen) {
    /** Elements that start as ions: their ionisation potential lies below that of hydrogen. */
    static final Set<String> IONISED = Set.of("C", "S", "Si", "Cl", "Fe", "Na", "P");

    /**
     * Solar (Asplund et al. 2009, ARA&amp;A 47, 481) but He 0.085 and almost no silicon, which is what the published emulators
     * of de Mijolla et al. (2019) were trained on.
     */
    public static final Elements STANDARD = new Elements(Map.of(
            "He", 0.085, "C", 2.692e-4, "O", 4.898e-4, "N", 6.761e-5, "S", 1.318e-5, "Mg", 3.981e-5, "Si", 1e-12, "Cl",
            3.162e-7));

    public Elements {
        // In one order on every machine: the text of this is part of fingerprints.
        perHydrogen = Collections.unmodifiableMap(new TreeMap<>(perHydrogen));
        perHydrogen.forEach((e, x) -> {
            if (e.equals("H")
                    || Species.parse(e)
                            .filter(s -> s.atoms().equals(Map.of(e, 1)) && !s.ice() && s.charge() == 0)
                            .isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + e + "' is no element heavier than hydrogen; write C, O, Si and the like");
            }
            if (!(x >= 0) || x > 0.2) {
                throw new IllegalArgumentException(
                        "the abundance of " + e + " is " + x + "; give a number from 0 to 0.2 per hydrogen nucleus");
            }
        });
    }

    /** These with one element changed. */
    public Elements with(String element, double abundance) {
        Map<String, Double> all = new LinkedHashMap<>(perHydrogen);
        all.put(element, abundance);
        return new Elements(all);
    }

    /** Abundance of an element at a metallicity; helium does not scale. */
    double at(String element, double metallicity) {
        double x = perHydrogen.getOrDefault(element, 0.0);
        return element.equals("He") ? x : x * metallicity;
    }
}
