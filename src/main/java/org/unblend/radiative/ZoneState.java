package org.unblend.radiative;

/** The workspace and the result of solving one point; used again for the next. Not thread-safe. */
public final class ZoneState {
    private static final double MASER = -0.1;

    private final OneZone zone;
    final Equilibrium equilibrium;
    private final double[] background;
    private double column;
    private double tkin;
    private Densities densities;
    private Background field;
    private Excitation excitation = Excitation.FULL;
    private boolean converged;

    ZoneState(OneZone zone) {
        this.zone = zone;
        equilibrium = new Equilibrium(zone);
        background = new double[zone.lines];
    }

    void solve(double tkin, Densities densities, double columnPerWidth, Background field, Excitation excitation) {
        this.tkin = tkin;
        this.densities = densities;
        this.field = field;
        this.excitation = excitation;
        column = columnPerWidth;
        for (int t = 0; t < zone.lines; t++) {
            background[t] = field.photons(zone.photon[t]);
        }
        converged = equilibrium.solve(excitation, columnPerWidth, background);
    }

    /** True if the populations changed by less than 1e-10 of themselves in the last iteration. */
    public boolean converged() {
        return converged;
    }

    double tkin() {
        return tkin;
    }

    Densities densities() {
        return densities;
    }

    Background field() {
        return field;
    }

    double columnPerWidth() {
        return column;
    }

    /** Photon number of the background at a line. */
    double background(int line) {
        return background[line];
    }

    /** What the populations follow from. */
    public Excitation excitation() {
        return excitation;
    }

    /**
     * Solves the point a second time, from thermal instead of optically thin populations; the state then holds the second
     * solution.
     *
     * @return the largest relative difference of the populations above 1e-9, NaN if one of the solutions did not converge
     */
    public double secondStart() {
        double[] first = equilibrium.x.clone();
        boolean before = converged;
        converged = equilibrium.solveFromBoltzmann();
        if (!before || !converged) {
            return Double.NaN;
        }
        double difference = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] > 1e-9) {
                difference = Math.max(difference, Math.abs(equilibrium.x[i] / first[i] - 1));
            }
        }
        return difference;
    }

    /** Linear systems solved. */
    public int iterations() {
        return equilibrium.iterations;
    }

    /** True if a line has an optical depth below -0.1: it is a maser, and one zone is no valid model of it. */
    public boolean masing(int line) {
        return tau(line) < MASER;
    }

    /** Fraction of the molecules in a level. */
    public double population(int level) {
        return equilibrium.x[level];
    }

    /** Optical depth of a line at its centre. */
    public double tau(int line) {
        double xu = equilibrium.x[zone.upper[line]];
        double xl = equilibrium.x[zone.lower[line]];
        return zone.opacity[line] * column * (zone.weightRatio[line] * xl - xu);
    }

    /**
     * Excitation temperature of a line [K]; negative where the populations are inverted. A line between two empty levels
     * has the temperature of the background.
     */
    public double excitation(int line) {
        double xu = equilibrium.x[zone.upper[line]];
        double xl = equilibrium.x[zone.lower[line]];
        if (Math.max(xu, xl) <= Equilibrium.FLOOR * (1 + 1e-6)) {
            return field.cmb();
        }
        return zone.photon[line] / Math.log(zone.weightRatio[line] * xl / xu);
    }

    /**
     * Rayleigh-Jeans temperature of a line above the background, at line centre [K]: (hc w / k) (1 / (exp(hc w / k T_ex)
     * - 1) - b) (1 - e^-tau).
     */
    public double brightness(int line) {
        double tau = tau(line);
        double absorbed = -Math.expm1(-tau);
        // 1 / (exp(...) - 1) = x_u / (x_l g_u/g_l - x_u), whose denominator is that of tau: nothing is divided by 0.
        double emitted =
                zone.opacity[line] * column * equilibrium.x[zone.upper[line]] * (tau == 0 ? 1 : absorbed / tau);
        return zone.photon[line] * (emitted - background[line] * absorbed);
    }

    /**
     * Integrated intensity of a line of Gaussian profile as RADEX has it, {@link Intensity#CENTRE} [K km/s].
     *
     * @param width full width at half maximum [km/s]
     */
    public double flux(int line, double width) {
        return Constants.GAUSS * brightness(line) * width;
    }

    /**
     * Integrated intensity of a line of Gaussian profile [K km/s].
     *
     * @param width full width at half maximum of the optical depth [km/s]
     */
    public double flux(int line, double width, Intensity intensity) {
        return intensity.overCentre(tau(line)) * brightness(line) * width;
    }
}
