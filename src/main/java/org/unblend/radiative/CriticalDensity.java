package org.unblend.radiative;

import java.util.List;

/**
 * The density of H2 at which collisions take a molecule out of the upper level of a line downwards as often as the line's
 * photons do, {@code n_crit = A_ul / sum_(l<u) gamma_ul(T)} (Shirley 2015, PASP 127, 299, eq. 4, without optical depth).
 */
public final class CriticalDensity {
    private CriticalDensity() {}

    /**
     * The critical density [cm^-3]; NaN without rates with H2, infinite if none leads downwards from the level.
     *
     * @param tkin kinetic temperature [K], above 0; ortho and para H2 are in thermal equilibrium
     */
    public static double of(Molecule molecule, RadiativeLine line, double tkin) {
        OneZone.check("tkin_K", tkin, Double.MIN_NORMAL);
        List<CollisionRates> tables =
                molecule.collisions().stream().filter(r -> r.partner().isH2()).toList();
        if (tables.isEmpty()) {
            return Double.NaN;
        }
        boolean both = tables.stream().anyMatch(r -> r.partner() == Partner.PARA_H2)
                && tables.stream().anyMatch(r -> r.partner() == Partner.ORTHO_H2);
        double out = 0;
        for (CollisionRates table : tables) {
            double share = Densities.h2(1).of(table.partner(), both, tkin);
            for (int t = 0; t < table.size(); t++) {
                if (table.upper(t) == line.upper()) {
                    out += share * table.at(tkin, t);
                }
            }
        }
        return line.einsteinA() / out;
    }
}
