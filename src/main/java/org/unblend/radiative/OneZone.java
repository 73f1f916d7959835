package org.unblend.radiative;

/**
 * Line emission of a homogeneous, isothermal zone: statistical equilibrium of the levels with photons that leave the zone
 * with the escape probability of its geometry (van der Tak et al. 2007, A&A 468, 627). Populations x, sum 1, obey
 *
 * <pre>
 *   sum over j of x_j (C_ji + R_ji) = x_i * sum over j of (C_ij + R_ij)
 *   R_ul = A beta(tau) (1 + b),   R_lu = A beta(tau) b g_u/g_l,   b = 1 / (exp(hc w / k T_bg) - 1)
 *   tau  = (N/dv) A (x_l g_u/g_l - x_u) / (8 pi G w^3)            at line centre
 *   C_lu = C_ul g_u/g_l exp(-hc (E_u - E_l) / k T_kin)
 * </pre>
 *
 * with w = E_u - E_l the wavenumber from the level energies, dv the full width at half maximum and G =
 * sqrt(pi)/(2 sqrt(ln 2)) that of a Gaussian line. Immutable and thread-safe; what changes lives in a {@link ZoneState}.
 */
public final class OneZone {
    private final Molecule molecule;
    private final Geometry geometry;
    final int levels;
    final int lines;
    /** Energies above the lowest level [cm^-1]; the lowest of one spin species need not be 0. */
    final double[] energy;

    final double[] weight;
    final int[] upper;
    final int[] lower;
    final double[] einsteinA;
    /** The number by which users know the upper level of each line. */
    final int[] upperNumber;

    /** True if the molecule has rates for both ortho-H2 and para-H2. */
    final boolean collidesWithBoth;

    /** Energy of the photon as a temperature, hc w / k [K]. */
    final double[] photon;
    /** g_u / g_l of each line. */
    final double[] weightRatio;
    /** tau over (N/dv) (x_l g_u/g_l - x_u) [cm^2 km/s]. */
    final double[] opacity;

    public OneZone(Molecule molecule, Geometry geometry) {
        this.molecule = molecule;
        this.geometry = geometry;
        levels = molecule.levels().size();
        lines = molecule.lines().size();
        double lowest =
                molecule.levels().stream().mapToDouble(Level::energy).min().orElseThrow();
        energy =
                molecule.levels().stream().mapToDouble(l -> l.energy() - lowest).toArray();
        weight = molecule.levels().stream().mapToDouble(Level::weight).toArray();
        upper = molecule.lines().stream().mapToInt(RadiativeLine::upper).toArray();
        lower = molecule.lines().stream().mapToInt(RadiativeLine::lower).toArray();
        einsteinA =
                molecule.lines().stream().mapToDouble(RadiativeLine::einsteinA).toArray();
        upperNumber = molecule.lines().stream().mapToInt(molecule::upperNumber).toArray();
        collidesWithBoth = molecule.collidesWith(Partner.PARA_H2) && molecule.collidesWith(Partner.ORTHO_H2);
        photon = new double[lines];
        weightRatio = new double[lines];
        opacity = new double[lines];
        for (int t = 0; t < lines; t++) {
            double w = energy[upper[t]] - energy[lower[t]];
            photon[t] = Constants.HC_K * w;
            weightRatio[t] = weight[upper[t]] / weight[lower[t]];
            opacity[t] = einsteinA[t] / (8 * Math.PI * Constants.GAUSS * w * w * w * Constants.KM);
        }
    }

    public Molecule molecule() {
        return molecule;
    }

    public Geometry geometry() {
        return geometry;
    }

    /** A workspace for derivatives; one per thread. */
    public ZoneGradient newGradient() {
        return new ZoneGradient(this);
    }

    /** A state for {@link #solve}; one per thread. */
    public ZoneState newState() {
        return new ZoneState(this);
    }

    /**
     * Solves one point. The result depends on the arguments alone, not on what the state held before. Whether it
     * converged, the state tells.
     *
     * @param tkin kinetic temperature [K], above 0
     * @param densities densities of the collision partners
     * @param columnPerWidth column density over line width N/dv [cm^-2 / (km/s)], at least 0
     * @param tbg temperature of the background radiation [K], at least 0
     * @param state modified
     * @throws IllegalArgumentException if an argument is out of range, or the molecule has no rates with any partner
     *     whose density is above 0
     */
    public void solve(double tkin, Densities densities, double columnPerWidth, double tbg, ZoneState state) {
        solve(tkin, densities, columnPerWidth, Background.cmb(tbg), Excitation.FULL, state);
    }

    /**
     * Solves one point, as above.
     *
     * @param background radiation that falls on the zone
     * @param excitation what the populations follow from
     */
    public void solve(
            double tkin,
            Densities densities,
            double columnPerWidth,
            Background background,
            Excitation excitation,
            ZoneState state) {
        check("kinetic temperature", tkin, Double.MIN_NORMAL);
        check("column density over line width", columnPerWidth, 0);
        boolean both = collidesWithBoth;
        double total = 0;
        state.equilibrium.collisions.clear(tkin);
        for (CollisionRates r : molecule.collisions()) {
            double density = densities.of(r.partner(), both, tkin);
            total += density;
            if (density > 0) {
                state.equilibrium.collisions.add(r, density);
            }
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException(molecule.name() + " has rates for collisions with "
                    + molecule.partners()
                    + " only, and the density of these is 0; give one of them a density");
        }
        state.solve(tkin, densities, columnPerWidth, background, excitation);
    }

    static void check(String what, double value, double low) {
        if (!(value >= low) || !Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    what + " must be " + (low > 0 ? "above 0" : "at least 0") + ", got " + value);
        }
    }
}
