package org.unblend.radiative;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
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
     * @param nH2 density of molecular hydrogen [cm^-3], above 0; ortho and para are in thermal equilibrium
     * @param column column density [cm^-2], at least 0
     * @param dv line width, full at half maximum [km/s], above 0
     * @param tbg temperature of the background radiation [K], at least 0
     */
    public record Point(Molecule molecule, double tkin, double nH2, double column, double dv, double tbg) {
        public Point {
            OneZone.check("tkin_K", tkin, Double.MIN_NORMAL);
            OneZone.check("n_h2_cm3", nH2, Double.MIN_NORMAL);
            OneZone.check("column_cm2", column, 0);
            OneZone.check("dv_kms", dv, Double.MIN_NORMAL);
            OneZone.check("tbg_K", tbg, 0);
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

    /**
     * Computes the lines of every point whose {@code jUp} is at most {@code highest}.
     *
     * @param points the points; each molecule is best one shared object
     * @param highest highest upper level
     * @param parallel where points run
     * @return the lines in the order of the points, and of each molecule's list of lines
     */
    public static List<Row> compute(List<Point> points, int highest, Parallel parallel) {
        Map<Molecule, OneZone> zones = new IdentityHashMap<>();
        points.forEach(p -> zones.computeIfAbsent(p.molecule(), m -> new OneZone(m, Geometry.SPHERE)));
        List<List<Row>> rows = new ArrayList<>(Collections.nCopies(points.size(), List.of()));
        parallel.forRanges(points.size(), PIECE, (from, to) -> {
            Map<Molecule, ZoneState> states = new IdentityHashMap<>();
            for (int i = from; i < to; i++) {
                OneZone zone = zones.get(points.get(i).molecule());
                ZoneState state = states.computeIfAbsent(points.get(i).molecule(), m -> zone.newState());
                rows.set(i, lines(i, points.get(i), highest, zone, state));
            }
        });
        return rows.stream().flatMap(List::stream).toList();
    }

    private static List<Row> lines(int index, Point point, int highest, OneZone zone, ZoneState state) {
        zone.solve(point.tkin(), Densities.h2(point.nH2()), point.column() / point.dv(), point.tbg(), state);
        Molecule molecule = point.molecule();
        boolean outside = molecule.collisions().stream()
                .filter(r -> r.partner().isH2())
                .anyMatch(r -> point.tkin() < r.coldest() || point.tkin() > r.hottest());
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
                    state.flux(t, point.dv()),
                    status));
        }
        return rows;
    }
}
