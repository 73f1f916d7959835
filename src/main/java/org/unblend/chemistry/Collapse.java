package org.unblend.chemistry;

/**
 * Free-fall collapse (Rawlings et al. 1992, MNRAS 255, 471): dn/dt = (n^4/n0)^(1/3) [24 pi G m_H n0 ((n/n0)^(1/3) - 1)]^(1/2).
 * With n = n0 (1 + u^2)^3 the time is t = 3 [u/(1 + u^2) + atan u] / (24 pi G m_H n0)^(1/2).
 *
 * @param initial density n0 at rest [cm-3]
 */
record Collapse(double initial) {
    /** Where it starts, relative to n0: at rest it would stay. */
    private static final double KICK = 1.001;

    private static final double GRAVITY = 24 * Math.PI * 6.6743e-8 * 1.67262e-24;

    private double scale() {
        return 3 / Math.sqrt(GRAVITY * initial);
    }

    private static double u(double ratio) {
        return Math.sqrt(Math.cbrt(ratio) - 1);
    }

    private static double time(double u) {
        return u / (1 + u * u) + Math.atan(u);
    }

    /** Time [s] from the kick until a density is reached; 0 if it is below that of the kick. */
    double until(double density) {
        return Math.max(0, scale() * (time(u(Math.max(1, density / initial))) - time(u(KICK))));
    }

    /** Density [cm-3] at a time [s] from the kick, before the singularity. */
    double density(double t) {
        double wanted = t / scale() + time(u(KICK));
        // dt/du = 2/(1 + u^2)^2 falls, so Newton from below climbs without overshooting far.
        double low = 0;
        double high = 1e3;
        double u = Math.min(1, wanted / 2);
        for (int i = 0; i < 200; i++) {
            double off = time(u) - wanted;
            if (off > 0) {
                high = u;
            } else {
                low = u;
            }
            double next = u - off * (1 + u * u) * (1 + u * u) / 2;
            if (!(next > low && next < high)) {
                next = 0.5 * (low + high);
            }
            if (Math.abs(next - u) <= 1e-14 * next) {
                break;
            }
            u = next;
        }
        double root = 1 + u * u;
        return initial * root * root * root;
    }
}
