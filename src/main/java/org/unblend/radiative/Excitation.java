package org.unblend.radiative;

/** What the populations of the levels follow from. */
public enum Excitation {
    /** Statistical equilibrium with trapped photons. */
    FULL,
    /** Boltzmann distribution at the kinetic temperature: the limit of high density. */
    LTE,
    /** Statistical equilibrium in which every photon escapes: the limit of low column density. */
    THIN;

    /** Name in files and on the command line, such as {@code lte}. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
