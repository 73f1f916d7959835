package org.unblend.radiative;

import java.util.Arrays;
import java.util.Locale;

/** What the populations of the levels follow from. */
public enum Excitation {
    /** Statistical equilibrium with trapped photons. */
    FULL,
    /** Boltzmann distribution at the kinetic temperature: the limit of high density. */
    LTE,
    /** Statistical equilibrium in which every photon escapes: the limit of low column density. */
    THIN;

    /**
     * The one with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Excitation named(String name) {
        return Arrays.stream(values())
                .filter(e -> e.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + name + "' is no excitation; choose among " + Arrays.toString(values())));
    }

    /** Name in files and on the command line, such as {@code lte}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
