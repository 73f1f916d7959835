package org.unblend.radiative;

/**
 * The profile of a line whose absorption is Gaussian: {@code T(v) = T_R (1 - exp(-tau g)) / (1 - exp(-tau))} with
 * {@code g = exp(-4 ln 2 v^2 / dv^2)}, so that thick lines saturate and widen.
 */
public final class LineProfile {
    private LineProfile() {}

    /**
     * The Rayleigh-Jeans temperature above the background.
     *
     * @param brightness at line centre [K]
     * @param tau optical depth at line centre
     * @param dv line width, full at half maximum of the optical depth [km/s]
     * @param velocity off the line centre [km/s]
     */
    public static double at(double brightness, double tau, double dv, double velocity) {
        double g = Math.exp(-4 * Math.log(2) * velocity * velocity / (dv * dv));
        return Math.abs(tau) < 1e-12 ? brightness * g : brightness * (Math.expm1(-tau * g) / Math.expm1(-tau));
    }
}
