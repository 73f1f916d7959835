package org.unblend.chemistry;

import java.util.List;
import java.util.Map;

/**
 * What a model arrived at.
 *
 * @param status how it ended
 * @param message one line about it, empty if all is well
 * @param species names, gas first, then ices
 * @param abundances of each, relative to hydrogen nuclei
 * @param drift relative change of each element from start to end, and the change of charge per hydrogen nucleus
 * @param steps of the integrator, rejected ones included
 * @param fallbacks pieces that had to be tried again with other tolerances
 */
public record ChemistryResult(
        Status status,
        String message,
        List<String> species,
        double[] abundances,
        Map<String, Double> drift,
        long steps,
        int fallbacks) {

    /** How a model ended. */
    public enum Status {
        /** The abundances are valid. */
        OK,
        /** An input lies outside the domain. */
        OUT_OF_DOMAIN,
        /** The integration stalled. */
        FAILED,
        /** A steady state was asked for, and the abundances still changed when the longest time was over. */
        UNSETTLED
    }

    /** Abundance of a species by name; 0 if the network does not have it. */
    public double abundance(String name) {
        int i = species.indexOf(name);
        return i < 0 ? 0 : abundances[i];
    }

    /** log10 of the abundance, at least -30. */
    public double log10(String name) {
        return Math.log10(Math.max(1e-30, abundance(name)));
    }
}
