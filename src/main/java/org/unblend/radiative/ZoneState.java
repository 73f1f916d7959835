package org.unblend.radiative;

/** The workspace and the result of solving one point; used again for the next. Not thread-safe. */
public final class ZoneState {
    private static final double MASER = -0.1;

    private final OneZone zone;
    final Equilibrium equilibrium;
    private final double[] background;
    private double column;
    private double tbg;
    private boolean converged;

    ZoneState(OneZone zone) {
        this.zone = zone;
        equilibrium = new Equilibrium(zone);
        background = new double[zone.lines];
    }

    void solve(double columnPerWidth, double tbg) {
        column = columnPerWidth;
        this.tbg = tbg;
        for (int t = 0; t < zone.lines; t++) {
            background[t] = 1 / Math.expm1(zone.photon[t] / tbg);
        }
        converged = equilibrium.solve(columnPerWidth, background);
    }

    /** True if the populations changed by less than 1e-10 of themselves in the last iteration. */
    public boolean converged() {
        return converged;
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
            return tbg;
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
     * Integrated intensity of a line of Gaussian profile [K km/s].
     *
     * @param width full width at half maximum [km/s]
     */
    public double flux(int line, double width) {
        return Constants.GAUSS * brightness(line) * width;
    }
}
