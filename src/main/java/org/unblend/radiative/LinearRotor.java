package org.unblend.radiative;

import java.util.ArrayList;
import java.util.List;

/**
 * Levels and lines of a linear molecule in a Sigma state from its spectroscopic constants:
 *
 * <pre>
 *   E_J = B J(J+1) - D J^2 (J+1)^2 + H J^3 (J+1)^3,   g_J = 2J + 1
 *   A(J to J-1) = 64 pi^4 nu^3 / (3 h c^3) * mu^2 (1 - a J^2)^2 * J / (2J + 1)
 * </pre>
 *
 * (Townes and Schawlow, Microwave Spectroscopy, chapter 1; a is the first Herman-Wallis term.)
 *
 * @param b rotational constant B [MHz]
 * @param d centrifugal distortion D [MHz]
 * @param h sextic distortion H [MHz]
 * @param dipole electric dipole moment mu [D]
 * @param stretch decrease a of the effective dipole moment with J^2
 */
public record LinearRotor(double b, double d, double h, double dipole, double stretch) {
    private static final double PLANCK = 6.62607015e-27;
    private static final double MHZ = 1e6;
    private static final double DEBYE = 1e-18;

    /** Energy of a level [MHz]. */
    public double energy(int j) {
        double p = (double) j * (j + 1);
        return p * (b - p * (d - p * h));
    }

    /** The levels J = 0 to {@code maxJ}. */
    public List<Level> levels(int maxJ) {
        List<Level> levels = new ArrayList<>();
        for (int j = 0; j <= maxJ; j++) {
            levels.add(new Level(energy(j) * MHZ / Constants.C, 2 * j + 1, Integer.toString(j)));
        }
        return levels;
    }

    /** The lines J = 1-0 to {@code maxJ - (maxJ - 1)}. */
    public List<RadiativeLine> lines(int maxJ) {
        List<RadiativeLine> lines = new ArrayList<>();
        for (int j = 1; j <= maxJ; j++) {
            double nu = (energy(j) - energy(j - 1)) * MHZ;
            double mu = dipole * DEBYE * (1 - stretch * j * j);
            double a = 64
                    * Math.pow(Math.PI, 4)
                    * Math.pow(nu / Constants.C, 3)
                    / (3 * PLANCK)
                    * mu
                    * mu
                    * j
                    / (2 * j + 1);
            lines.add(new RadiativeLine(j, j - 1, a, nu / 1e9));
        }
        return lines;
    }
}
