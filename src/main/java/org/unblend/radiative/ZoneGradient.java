package org.unblend.radiative;

import java.util.Arrays;

/**
 * Derivatives of a scalar function L of the line temperatures of a solved point with respect to its inputs, by implicit
 * differentiation of the equilibrium. The populations x obey F(x, p) = 0 (net rate into each level, and the sum of x), so
 * dx/dp = -J^-1 dF/dp with J = dF/dx, and
 *
 * <pre>
 *   dL/dp = (dL/dp at fixed x) + m . dF/dp,     J^T m = -dL/dx
 * </pre>
 *
 * one linear system whatever the number of inputs. Exact for the equations as solved: rates linear between the
 * temperatures of their table (at one of them, the slope below it), ortho and para H2 in thermal ratio where they follow
 * from H2. With a geometry {@code radex-...} the derivatives are those of its smooth counterpart. A workspace, not
 * thread-safe.
 */
public final class ZoneGradient {
    private final OneZone zone;
    private final double[] levelBar;
    private final double[] backgroundBar;
    private final double[] densityBar = new double[Partner.values().length];
    private double tkinBar;
    private double columnBar;
    private double cmbBar;
    private double h2Bar;

    ZoneGradient(OneZone zone) {
        this.zone = zone;
        levelBar = new double[zone.levels];
        backgroundBar = new double[zone.lines];
    }

    /** dL / d kinetic temperature [per K]. */
    public double tkin() {
        return tkinBar;
    }

    /** dL / d column density over line width [per cm^-2/(km/s)]. */
    public double columnPerWidth() {
        return columnBar;
    }

    /** dL / d temperature of the black body of the background [per K]. */
    public double cmb() {
        return cmbBar;
    }

    /** dL / d density that multiplies the rates with this partner [per cm^-3]; 0 if the molecule has none. */
    public double density(Partner partner) {
        return densityBar[partner.ordinal()];
    }

    /** dL / d density of all H2 [per cm^-3], where ortho and para follow from it; 0 where they are given. */
    public double h2() {
        return h2Bar;
    }

    /**
     * Computes the derivatives.
     *
     * @param state a converged solution with {@link Excitation#FULL}; its workspace is used, its populations stay
     * @param brightnessBar dL / d {@link ZoneState#brightness} of each line, {@code [lines]}
     * @return false if the equations are singular here, which leaves the derivatives undefined
     * @throws IllegalArgumentException if the state is not such a solution
     */
    public boolean pull(ZoneState state, double[] brightnessBar) {
        if (!state.converged() || state.excitation() != Excitation.FULL) {
            throw new IllegalArgumentException("derivatives need a converged equilibrium; solve the point first");
        }
        double[] x = state.equilibrium.x;
        double column = state.columnPerWidth();
        Arrays.fill(levelBar, 0);
        Arrays.fill(densityBar, 0);
        tkinBar = 0;
        columnBar = 0;
        cmbBar = 0;
        h2Bar = 0;
        for (int t = 0; t < zone.lines; t++) {
            double bar = brightnessBar[t] * zone.photon[t];
            double k = zone.opacity[t];
            double xu = x[zone.upper[t]];
            double tau = state.tau(t);
            double escaping = Geometry.saturating(tau);
            double tauBar =
                    bar * (k * column * xu * Geometry.saturatingSlope(tau) - state.background(t) * Math.exp(-tau));
            levelBar[zone.lower[t]] += tauBar * k * column * zone.weightRatio[t];
            levelBar[zone.upper[t]] += (bar * escaping - tauBar) * k * column;
            columnBar += bar * k * xu * escaping + tauBar * slopeOfTau(t, x);
            backgroundBar[t] = bar * Math.expm1(-tau);
        }
        if (!state.equilibrium.adjoint(levelBar)) {
            return false;
        }
        // The sum of the populations is the equation of the ground state and holds whatever the inputs are.
        levelBar[0] = 0;
        radiation(state, x);
        collisions(state, x);
        return true;
    }

    private double slopeOfTau(int t, double[] x) {
        return zone.opacity[t] * (zone.weightRatio[t] * x[zone.lower[t]] - x[zone.upper[t]]);
    }

    /** What one more molecule per second from u to l is worth: m_l - m_u, as the levels hold -m once the system is solved. */
    private double worth(int u, int l) {
        return levelBar[u] - levelBar[l];
    }

    private void radiation(ZoneState state, double[] x) {
        for (int t = 0; t < zone.lines; t++) {
            double b = state.background(t);
            double g = zone.weightRatio[t];
            double xu = x[zone.upper[t]];
            double xl = x[zone.lower[t]];
            double value = worth(zone.upper[t], zone.lower[t]) * zone.einsteinA[t];
            double tau = state.tau(t);
            columnBar += value * state.equilibrium.slope(tau) * slopeOfTau(t, x) * ((1 + b) * xu - b * g * xl);
            backgroundBar[t] += value * state.equilibrium.beta(tau) * (xu - g * xl);
            cmbBar += backgroundBar[t] * state.field().slope(zone.photon[t]);
        }
    }

    private void collisions(ZoneState state, double[] x) {
        double tkin = state.tkin();
        Densities densities = state.densities();
        boolean both = zone.collidesWithBoth;
        for (CollisionRates table : zone.molecule().collisions()) {
            double density = densities.of(table.partner(), both, tkin);
            double byDensity = 0;
            for (int t = 0; t < table.size(); t++) {
                int u = table.upper(t);
                int l = table.lower(t);
                double ratio = state.equilibrium.collisions.ratio(u, l);
                double net = x[u] - ratio * x[l];
                double value = worth(u, l);
                double rate = table.at(tkin, t);
                byDensity += value * rate * net;
                double hotter = Constants.HC_K * (zone.energy[u] - zone.energy[l]) / (tkin * tkin);
                tkinBar += value * density * (table.slope(tkin, t) * net - rate * ratio * hotter * x[l]);
            }
            densityBar[table.partner().ordinal()] += byDensity;
            tkinBar += byDensity * densities.slope(table.partner(), both, tkin);
            if (table.partner().isH2()
                    && densities.h2() > 0
                    && (densities.thermal() || table.partner() == Partner.H2)) {
                h2Bar += byDensity * density / densities.h2();
            }
        }
    }
}
