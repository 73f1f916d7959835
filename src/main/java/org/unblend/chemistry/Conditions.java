package org.unblend.chemistry;

/**
 * The physical conditions of one model.
 *
 * @param av visual extinction from the surface to the gas [mag]
 * @param density of hydrogen nuclei, n(H) + 2 n(H2) [cm-3]
 * @param zeta ionisation by cosmic rays, in units of 1.3e-17 /s
 * @param habing far-ultraviolet field in Habing's units; Draine's field is 1.7
 * @param temperature of gas and dust [K]
 * @param metallicity abundance of the elements heavier than helium, relative to the chosen ones
 */
public record Conditions(
        double av, double density, double zeta, double habing, double temperature, double metallicity) {
    /** Draine's field in Habing's units. */
    public static final double DRAINE = 1.7;

    /** N(H)/A_V [cm-2/mag]. */
    public static final double COLUMN_PER_AV = 1.6e21;
}
