package org.unblend.chemistry;

import java.util.Arrays;
import org.unblend.math.StiffSystem;

/**
 * Rates of a {@link ReactionSystem} under conditions that may change with time, and the equations dx/dt that follow from
 * them. x is relative to hydrogen nuclei, time in s. One instance per thread.
 */
final class RateState implements StiffSystem {
    private static final double FREEZE_RATE = 4.57e4;
    private static final double GRAIN_AREA = 2.4e-22;
    private static final double ION_FOCUS = 16.71e-4;
    private static final double GRAIN_RADIUS = 1e-5;
    private static final double H2_FORMATION = 1e-17;
    private static final double H2_YIELD = 0.01;
    private static final double IRON_SHARE = 1.64e-4;
    private static final double SPOT_YIELD = 1e5;
    private static final double UV_YIELD = 0.1;
    private static final double UV_PHOTONS = 4.875e3;
    private static final double UV_RATIO = 1e-3;
    /** Least sum of ices by which desorption is shared: about a tenth of a monolayer. */
    private static final double LEAST_ICE = 1e-9;

    /** What the rates depend on besides the abundances. */
    static final class Surroundings {
        double temperature;
        double density;
        double av;
        double zeta;
        double habing;
        boolean freezing;
    }

    /** Sets the surroundings at a time. */
    @FunctionalInterface
    interface Course {
        void at(double t, Surroundings s);
    }

    private final ReactionSystem system;
    private final Shielding shielding;
    private final double zetaScale;
    private final double albedo;
    private final Surroundings now = new Surroundings();
    private final int linear;
    private final int h2Dissociation;
    private final int coDissociation;
    private final int desorption;
    private final int h2Desorption;
    private final int count;
    private final int[] a;
    private final int[] b;
    private final double[] alpha;
    private final double[] beta;
    private final double[] gamma;
    private final double[] thermal;
    private final double[] k;
    private Course course;
    private boolean steady;
    private double rateTemperature = Double.NaN;
    private double h2Field;

    RateState(ReactionSystem system, Shielding shielding, double zetaScale, double albedo) {
        this.system = system;
        this.shielding = shielding;
        this.zetaScale = zetaScale;
        this.albedo = albedo;
        count = system.processes.size();
        linear = system.first(1);
        h2Dissociation = system.first(2);
        coDissociation = system.first(3);
        desorption = system.first(4);
        h2Desorption = system.first(5);
        a = new int[count];
        b = new int[count];
        alpha = new double[count];
        beta = new double[count];
        gamma = new double[count];
        thermal = new double[count];
        k = new double[count];
        for (int r = 0; r < count; r++) {
            a[r] = system.processes.get(r).a();
            b[r] = system.processes.get(r).b();
        }
    }

    /** Sets the course of the surroundings; {@code steady} if it does not depend on time. */
    void follow(Course how, boolean isSteady) {
        course = how;
        steady = isSteady;
        update(0);
    }

    private void update(double t) {
        double oldT = rateTemperature;
        course.at(t, now);
        if (now.temperature != oldT) {
            thermal();
            rateTemperature = now.temperature;
        }
        for (int r = 0; r < linear; r++) {
            k[r] = thermal[r] * now.density;
        }
        double focus = 1 + ION_FOCUS / (GRAIN_RADIUS * now.temperature);
        double collisions = now.freezing ? FREEZE_RATE * GRAIN_AREA * now.density : 0;
        double rootT = Math.sqrt(now.temperature);
        double draine = now.habing / Conditions.DRAINE;
        for (int r = linear; r < h2Dissociation; r++) {
            ReactionSystem.Process p = system.processes.get(r);
            k[r] = switch (p.kind()) {
                case H2_FORMATION -> H2_FORMATION * rootT * now.density;
                case FREEZE -> freeze(p, collisions, focus, rootT);
                default ->
                    switch (p.reaction().kind()) {
                        case PHOTON -> alpha[r] * draine * Math.exp(-gamma[r] * now.av);
                        default -> thermal[r] * now.zeta;
                    };
            };
        }
        h2Field = shielding.h2Dust(now.habing, now.av);
        double spots = 4 * Math.PI * now.zeta * IRON_SHARE * GRAIN_AREA * SPOT_YIELD;
        double light =
                GRAIN_AREA * UV_YIELD * UV_PHOTONS * (now.zeta + now.habing / UV_RATIO * Math.exp(-1.8 * now.av));
        for (int r = desorption; r < h2Desorption; r++) {
            k[r] = system.processes.get(r).kind() == ReactionSystem.Kind.DESORB_UV ? light : spots;
        }
        Arrays.fill(k, h2Desorption, count, H2_YIELD * H2_FORMATION * rootT * now.density);
    }

    private double freeze(ReactionSystem.Process p, double collisions, double focus, double rootT) {
        Species s = system.species.get(p.a());
        if (s.name().equals(Species.ELECTRON)) {
            return collisions * focus;
        }
        return p.factor() * collisions * rootT / Math.sqrt(s.mass()) * (s.charge() == 0 ? 1 : focus);
    }

    /** Factors of rates that depend on temperature alone. */
    private void thermal() {
        double t = now.temperature;
        double logT = Math.log(t / 300);
        for (int r = 0; r < desorption; r++) {
            Reaction reaction = system.processes.get(r).reaction();
            if (reaction == null) {
                continue;
            }
            if (Double.isNaN(rateTemperature) || reaction.fits().size() > 1) {
                Reaction.Fit fit = reaction.fit(t);
                alpha[r] = fit.alpha();
                beta[r] = fit.beta();
                gamma[r] = fit.gamma();
            }
            thermal[r] = switch (reaction.kind()) {
                case TWO_BODY ->
                    beta[r] == 0 && gamma[r] == 0 ? alpha[r] : alpha[r] * Math.exp(beta[r] * logT - gamma[r] / t);
                case ION_POLAR_1 -> alpha[r] * beta[r] * (0.62 + 0.4767 * gamma[r] * Math.sqrt(300 / t));
                case ION_POLAR_2 ->
                    alpha[r]
                            * beta[r]
                            * (1 + 0.0967 * gamma[r] * Math.sqrt(300 / t) + gamma[r] * gamma[r] * 300 / (10.526 * t));
                case COSMIC_RAY -> alpha[r] * zetaScale;
                case COSMIC_RAY_PHOTON -> alpha[r] * zetaScale * Math.exp(beta[r] * logT) * gamma[r] / (1 - albedo);
                case PHOTON -> 0;
            };
        }
    }

    @Override
    public int size() {
        return system.size;
    }

    @Override
    public int[] rowStart() {
        return system.rowStart;
    }

    @Override
    public int[] columns() {
        return system.columns;
    }

    @Override
    public boolean autonomous() {
        return steady;
    }

    private double column() {
        return 0.5 * Conditions.COLUMN_PER_AV * now.av;
    }

    private void shield(double[] y) {
        double column = column();
        double h2 = Math.max(0, y[system.molecular]) * column;
        for (int r = h2Dissociation; r < coDissociation; r++) {
            k[r] = h2Field * Shielding.h2Lines(h2);
        }
        for (int r = coDissociation; r < desorption; r++) {
            k[r] = shielding.coRate(
                    now.habing / Conditions.DRAINE, now.av, h2, Math.max(0, y[system.monoxide]) * column);
        }
    }

    private double share(double[] y) {
        return system.sumOfIces < 0 ? 0 : 1 / (Math.max(0, y[system.sumOfIces]) + LEAST_ICE);
    }

    @Override
    public void derivative(double t, double[] y, double[] dy) {
        if (!steady) {
            update(t);
        }
        shield(y);
        Arrays.fill(dy, 0);
        for (int r = 0; r < linear; r++) {
            add(r, k[r] * y[a[r]] * y[b[r]], dy);
        }
        for (int r = linear; r < desorption; r++) {
            add(r, k[r] * y[a[r]], dy);
        }
        double share = share(y);
        for (int r = desorption; r < h2Desorption; r++) {
            add(r, k[r] * y[a[r]] * share, dy);
        }
        for (int r = h2Desorption; r < count; r++) {
            add(r, k[r] * y[a[r]] * y[system.hydrogen] * share, dy);
        }
    }

    private void add(int r, double v, double[] dy) {
        for (int p = system.netStart[r]; p < system.netStart[r + 1]; p++) {
            dy[system.netSpecies[p]] += system.netChange[p] * v;
        }
    }

    /** The rate of each process at the last surroundings [1/s per hydrogen nucleus]. */
    void fluxes(double[] y, double[] out) {
        shield(y);
        double share = share(y);
        for (int r = 0; r < count; r++) {
            double v = k[r] * y[a[r]];
            v *= r < linear ? y[b[r]] : r < desorption ? 1 : share;
            out[r] = r < h2Desorption ? v : v * y[system.hydrogen];
        }
    }

    @Override
    public void jacobian(double t, double[] y, double[] values) {
        if (!steady) {
            update(t);
        }
        shield(y);
        Arrays.fill(values, 0);
        int q = 0;
        for (int r = 0; r < linear; r++) {
            q = put(r, q, k[r] * y[b[r]], values);
            q = put(r, q, k[r] * y[a[r]], values);
        }
        for (int r = linear; r < h2Dissociation; r++) {
            q = put(r, q, k[r], values);
        }
        double column = column();
        double h2 = Math.max(0, y[system.molecular]);
        double dH2 = 1e-4 * h2 + 1e-12;
        for (int r = h2Dissociation; r < coDissociation; r++) {
            double slope = (h2Field * Shielding.h2Lines((h2 + dH2) * column) - k[r]) / dH2;
            q = put(r, q, k[r] + slope * h2, values);
        }
        for (int r = coDissociation; r < desorption; r++) {
            double draine = now.habing / Conditions.DRAINE;
            double co = Math.max(0, y[system.monoxide]);
            double dCo = 1e-4 * co + 1e-14;
            double byCo = (shielding.coRate(draine, now.av, h2 * column, (co + dCo) * column) - k[r]) / dCo;
            double byH2 = (shielding.coRate(draine, now.av, (h2 + dH2) * column, co * column) - k[r]) / dH2;
            q = put(r, q, k[r] + byCo * co, values);
            q = put(r, q, byH2 * co, values);
        }
        double share = share(y);
        for (int r = desorption; r < h2Desorption; r++) {
            q = put(r, q, k[r] * share, values);
            q = put(r, q, -k[r] * y[a[r]] * share * share, values);
        }
        double h = y[system.hydrogen];
        for (int r = h2Desorption; r < count; r++) {
            q = put(r, q, k[r] * share * h, values);
            q = put(r, q, -k[r] * y[a[r]] * share * share * h, values);
            q = put(r, q, k[r] * y[a[r]] * share, values);
        }
    }

    private int put(int r, int q, double slope, double[] values) {
        int at = q;
        for (int p = system.netStart[r]; p < system.netStart[r + 1]; p++) {
            values[system.places[at++]] += system.netChange[p] * slope;
        }
        return at;
    }
}
