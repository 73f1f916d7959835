package org.unblend.chemistry;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One gas-phase reaction as a network file gives it.
 *
 * @param id its number in the file
 * @param kind rate law
 * @param reactants one or two species; pseudo-species (photons, cosmic rays) are left out
 * @param products species; emitted photons are left out
 * @param fits rate coefficients, one for each range of temperature, ascending
 * @param source reference as the file gives it, may be empty
 */
public record Reaction(
        String id, Kind kind, List<String> reactants, List<String> products, List<Fit> fits, String source) {

    /** How alpha, beta, gamma make a rate. T in K, k in cm3/s for two bodies, 1/s otherwise. */
    public enum Kind {
        /** k = alpha (T/300)^beta exp(-gamma/T). */
        TWO_BODY,
        /** k = alpha beta (0.62 + 0.4767 gamma (300/T)^0.5): ion with a polar molecule (KIDA formula 4). */
        ION_POLAR_1,
        /** k = alpha beta (1 + 0.0967 gamma (300/T)^0.5 + gamma^2 300/(10.526 T)) (KIDA formula 5). */
        ION_POLAR_2,
        /** k = alpha zeta: ionisation by cosmic rays. */
        COSMIC_RAY,
        /** k = alpha (T/300)^beta gamma zeta/(1 - albedo): photons that cosmic rays induce. */
        COSMIC_RAY_PHOTON,
        /** k = alpha F exp(-gamma A_V), F in units of Draine's field. */
        PHOTON
    }

    /**
     * Coefficients within a range of temperature [K].
     *
     * @param alpha pre-exponential factor
     * @param beta power of temperature
     * @param gamma barrier [K], slope with A_V, or what the kind says
     * @param low lowest temperature
     * @param high highest temperature
     */
    public record Fit(double alpha, double beta, double gamma, double low, double high) {}

    public Reaction {
        reactants = List.copyOf(reactants);
        products = List.copyOf(products);
        fits = List.copyOf(fits);
        if (fits.isEmpty() || reactants.isEmpty() || reactants.size() > 2) {
            throw new IllegalArgumentException("a reaction has one or two reactants and at least one fit");
        }
    }

    /** The fit whose range contains T; outside of all, the nearest one, extrapolated. */
    public Fit fit(double temperature) {
        Fit best = fits.get(0);
        double distance = Double.POSITIVE_INFINITY;
        for (Fit f : fits) {
            double off = Math.max(0, Math.max(f.low() - temperature, temperature - f.high()));
            if (off < distance) {
                distance = off;
                best = f;
            }
        }
        return best;
    }

    /** Such as {@code C + OH -> CO + H}. */
    public String equation() {
        String with = switch (kind) {
            case PHOTON -> " + photon";
            case COSMIC_RAY -> " + cosmic ray";
            case COSMIC_RAY_PHOTON -> " + cosmic-ray photon";
            default -> "";
        };
        return String.join(" + ", reactants) + with + " -> " + products.stream().collect(Collectors.joining(" + "));
    }
}
