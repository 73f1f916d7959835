package org.unblend.radiative;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The excitation (rotation) diagram of a molecule at one point: {@code ln(N_u / g_u)} over the energy of the level, as it is,
 * as its lines would have it if they were optically thin, and in equilibrium at the kinetic temperature (Goldsmith and Langer
 * 1999, ApJ 517, 209).
 *
 * @param energy {@code [levels]}, E/k [K], ascending
 * @param populations {@code [levels]}, ln of column density per statistical weight [cm^-2]
 * @param thermal {@code [levels]}, the same in equilibrium at the kinetic temperature
 * @param lineEnergy {@code [lines]}, E/k of the upper levels [K]
 * @param fromLines {@code [lines]}, {@code ln(8 pi k nu^2 W / (h c^3 A g_u))} of the integrated intensities W; NaN where a line
 *     does not rise above the background
 */
public record ExcitationDiagram(
        double[] energy, double[] populations, double[] thermal, double[] lineEnergy, double[] fromLines) {
    /** Boltzmann constant [erg/K]. */
    private static final double K = 1.380649e-16;

    private static final double HERTZ_PER_GHZ = 1e9;

    /**
     * The diagram of a point, with all levels up to the highest upper level of its lines.
     *
     * @param highest highest upper level, as in {@link LineTable#compute}
     * @throws IllegalArgumentException if the column is 0 or no solution is found
     */
    public static ExcitationDiagram of(LineTable.Point point, int highest) {
        if (point.column() == 0) {
            throw new IllegalArgumentException("a column of 0 has no excitation diagram; give a column above 0");
        }
        Molecule molecule = point.molecule();
        OneZone zone = new OneZone(molecule, point.physics().geometry());
        ZoneState state = zone.newState();
        zone.solve(
                point.tkin(),
                point.densities(),
                point.column() / point.dv(),
                point.physics().background(point.tbg()),
                point.physics().excitation(),
                state);
        if (!state.converged()) {
            throw new IllegalArgumentException("the populations did not converge; change the point");
        }
        List<Level> levels = molecule.levels();
        int n = Math.min(levels.size(), highest + 1);
        double partition = 0;
        for (Level level : levels) {
            partition += level.weight() * Math.exp(-level.kelvin() / point.tkin());
        }
        double[] energy = new double[n];
        double[] populations = new double[n];
        double[] thermal = new double[n];
        for (int i = 0; i < n; i++) {
            energy[i] = levels.get(i).kelvin();
            populations[i] = Math.log(
                    point.column() * state.population(i) / levels.get(i).weight());
            thermal[i] = Math.log(point.column() / partition) - energy[i] / point.tkin();
        }
        int[] lines = IntStream.range(0, molecule.lines().size())
                .filter(t -> zone.upperNumber[t] <= highest)
                .toArray();
        double[] lineEnergy = new double[lines.length];
        double[] fromLines = new double[lines.length];
        for (int l = 0; l < lines.length; l++) {
            RadiativeLine line = molecule.lines().get(lines[l]);
            Level upper = levels.get(line.upper());
            double nu = HERTZ_PER_GHZ * line.frequency();
            double area = Constants.KM * state.flux(lines[l], point.dv());
            lineEnergy[l] = upper.kelvin();
            fromLines[l] = Math.log(8
                    * Math.PI
                    * K
                    * nu
                    * nu
                    * area
                    / (Constants.H * Math.pow(Constants.C, 3) * line.einsteinA() * upper.weight()));
        }
        return new ExcitationDiagram(energy, populations, thermal, lineEnergy, fromLines);
    }
}
