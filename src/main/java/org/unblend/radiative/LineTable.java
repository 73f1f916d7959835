package org.unblend.radiative;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unblend.math.Parallel;

/** The lines of molecules at many points: radiative transfer as a calculator. */
public final class LineTable {
    /** Points per piece of work. */
    private static final int PIECE = 32;

    private LineTable() {}

    /**
     * One point.
     *
     * @param molecule the molecule
     * @param tkin kinetic temperature [K], above 0
     * @param densities densities of the collision partners
     * @param column column density [cm^-2], at least 0
     * @param dv line width, full at half maximum [km/s], above 0
     * @param tbg temperature of the background radiation [K], at least 0
     * @param physics how it is computed
     */
    public record Point(
            Molecule molecule,
            double tkin,
            Densities densities,
            double column,
            double dv,
            double tbg,
            Physics physics) {
        public Point {
            OneZone.check("tkin_K", tkin, Double.MIN_NORMAL);
            OneZone.check("column_cm2", column, 0);
            OneZone.check("dv_kms", dv, Double.MIN_NORMAL);
            OneZone.check("column_cm2 over dv_kms", column / dv, 0);
            OneZone.check("tbg_K", tbg, 0);
        }

        /**
         * A point with the standard physics.
         *
         * @param nH2 density of molecular hydrogen [cm^-3], above 0; ortho and para are in thermal equilibrium
         */
        public Point(Molecule molecule, double tkin, double nH2, double column, double dv, double tbg) {
            this(molecule, tkin, hydrogen(nH2), column, dv, tbg, Physics.STANDARD);
        }

        private static Densities hydrogen(double density) {
            OneZone.check("n_h2_cm3", density, Double.MIN_NORMAL);
            return Densities.h2(density);
        }

        /** True if there are no rates with a partner that is present at this temperature but those of the table's end. */
        boolean extrapolated() {
            return physics.excitation() != Excitation.LTE
                    && molecule.collisions().stream()
                            .filter(r -> densities.covers(r.partner()))
                            .anyMatch(r -> tkin < r.coldest() || tkin > r.hottest());
        }
    }

    /** How far the values of a line can be trusted. */
    public enum Status {
        /** Converged, within the temperatures of the rates. */
        OK,
        /** Converged, but the rates are those at the nearest temperature for which there are any. */
        EXTRAPOLATED,
        /** The line amplifies (tau below -0.1), for which one zone is no valid model. */
        MASER,
        /** No solution was found; the values are NaN. */
        FAILED
    }

    /**
     * One line at one point.
     *
     * @param point index of the point
     * @param jUp J of the upper level, or its number from 1 where levels are not labelled by whole numbers
     * @param frequency rest frequency [GHz], as catalogued
     * @param tex excitation temperature [K]
     * @param tau optical depth at line centre
     * @param brightness Rayleigh-Jeans temperature above the background at line centre T_R [K]
     * @param flux integrated intensity [K km/s]
     * @param status how far to trust it
     */
    public record Row(
            int point,
            int jUp,
            double frequency,
            double tex,
            double tau,
            double brightness,
            double flux,
            Status status) {}

    /** What the populations depend on; points that differ in the line width alone may share it. */
    private record Populations(
            OneZone zone,
            double tkin,
            Densities densities,
            double columnPerWidth,
            Background background,
            Excitation excitation) {}

    /**
     * Computes the lines of every point whose {@code jUp} is at most {@code highest}. Points of equal N/dv that otherwise
     * agree are solved once.
     *
     * @param points the points; each molecule is best one shared object
     * @param highest highest upper level
     * @param parallel where points run
     * @return the lines in the order of the points, and of each molecule's list of lines
     * @throws IllegalArgumentException if a molecule has no rates with any partner of a point
     */
    public static List<Row> compute(List<Point> points, int highest, Parallel parallel) {
        Map<Molecule, Map<Geometry, OneZone>> zones = new IdentityHashMap<>();
        Map<Populations, List<Integer>> shared = new LinkedHashMap<>();
        for (int i = 0; i < points.size(); i++) {
            Point p = points.get(i);
            OneZone zone = zones.computeIfAbsent(p.molecule(), m -> new EnumMap<>(Geometry.class))
                    .computeIfAbsent(p.physics().geometry(), g -> new OneZone(p.molecule(), g));
            Populations key = new Populations(
                    zone,
                    p.tkin(),
                    p.densities(),
                    p.column() / p.dv(),
                    p.physics().background(p.tbg()),
                    p.physics().excitation());
            shared.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
        }
        List<Map.Entry<Populations, List<Integer>>> work = new ArrayList<>(shared.entrySet());
        List<List<Row>> rows = new ArrayList<>(Collections.nCopies(points.size(), List.of()));
        parallel.forRanges(work.size(), PIECE, (from, to) -> {
            Map<OneZone, ZoneState> states = new IdentityHashMap<>();
            for (int w = from; w < to; w++) {
                Populations p = work.get(w).getKey();
                ZoneState state = states.computeIfAbsent(p.zone(), OneZone::newState);
                p.zone().solve(p.tkin(), p.densities(), p.columnPerWidth(), p.background(), p.excitation(), state);
                for (int i : work.get(w).getValue()) {
                    rows.set(i, lines(i, points.get(i), highest, p.zone(), state));
                }
            }
        });
        return rows.stream().flatMap(List::stream).toList();
    }

    private static List<Row> lines(int index, Point point, int highest, OneZone zone, ZoneState state) {
        Molecule molecule = point.molecule();
        boolean outside = point.extrapolated();
        List<Row> rows = new ArrayList<>();
        for (int t = 0; t < molecule.lines().size(); t++) {
            RadiativeLine line = molecule.lines().get(t);
            int jUp = zone.upperNumber[t];
            if (jUp > highest) {
                continue;
            }
            if (!state.converged()) {
                rows.add(new Row(
                        index, jUp, line.frequency(), Double.NaN, Double.NaN, Double.NaN, Double.NaN, Status.FAILED));
                continue;
            }
            Status status = state.masing(t) ? Status.MASER : outside ? Status.EXTRAPOLATED : Status.OK;
            rows.add(new Row(
                    index,
                    jUp,
                    line.frequency(),
                    state.excitation(t),
                    state.tau(t),
                    state.brightness(t),
                    state.flux(t, point.dv(), point.physics().intensity()),
                    status));
        }
        return rows;
    }
}
