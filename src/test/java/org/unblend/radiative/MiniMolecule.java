package org.unblend.radiative;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Small invented molecules in the LAMDA format, for tests that need no reference data. */
final class MiniMolecule {

    /** A rotor with four levels, rates with para and ortho H2 and, for one pair of levels, with electrons. */
    static final String ROTOR = """
            !MOLECULE
            XY+  (invented)
            !MOLECULAR WEIGHT
            30.0
            !NUMBER OF ENERGY LEVELS
            4
            !LEVEL + ENERGIES(cm^-1) + WEIGHT + J
                1     0.0\t1.0\t0
                2     3.0   3.0   1
                3     9.0   5.0   2   ! comment
                4    18.0   7.0   3
            !NUMBER OF RADIATIVE TRANSITIONS
            3
            !TRANS + UP + LOW + EINSTEINA(s^-1) + FREQ(GHz) + E_u(K)
                1     2     1   4.0D-05     89.94    4.32
                2     3     2   4.0E-004   179.88   12.95  more words
                3     4     3   1.4-3      269.81   25.90  ! comment
            !NUMBER OF COLL PARTNERS
            3
            !COLLISIONS BETWEEN
            3 XY+ - o-H2  ! invented
            !NUMBER OF COLL TRANS
            6
            !NUMBER OF COLL TEMPS
            2
            !COLL TEMPS
               10.0  100.0
            !TRANS + UP + LOW + COLLRATES(cm^3 s^-1)
                1     2     1   2.0E-10  3.0E-10
                2     3     1   1.0E-10  1.5E-10
                3     3     2   3.0E-10  4.0E-10
                4     4     1   0.0      4.0E-11
                5     4     2   1.0E-10  1.2E-10
                6     4     3   3.0E-10  4.0E-10  ! comment
            ! PARTNER 2
            2 XY+ - p-H2
            !NUMBER OF COLL TRANS
            3
            !NUMBER OF COLL TEMPS
            1
            !COLL TEMPS
               50.0
            !TRANS + UP + LOW + COLLRATES(cm^3 s^-1)
                1     2     1   1.0E-10
                2     3     2   2.0E-10
                3     4     3   2.0E-10
            !COLLISIONS BETWEEN
            4 electrons
            !NUMBER OF COLL TRANS
            1
            !NUMBER OF COLL TEMPS
            2
            !COLL TEMPS
               10.0  100.0
            !TRANS + UP + LOW + COLLRATES(cm^3 s^-1)
                1     2     1   1.0E-06  2.0E-06
            !NOTES
             5 anything may follow
            """;

    /** Two levels and H2. */
    static final String PAIR = """
            !MOLECULE
            Z
            !WEIGHT
            12.0
            !LEVELS
            2
            !
            1   0.0   1.0  '0  0.5'
            2  10.0   3.0  "1  1.5 "
            !LINES
            1
            !
            1 2 1  1.0E-4  299.792458  14.4
            !PARTNERS
            1
            !
            1 Z with H2
            !
            1
            !
            2
            !
            10.0 1000.0
            !
            1 2 1  1.0E-10  1.0E-10
            """;

    private MiniMolecule() {}

    static Molecule rotor() {
        return read(ROTOR);
    }

    static Molecule pair() {
        return read(PAIR);
    }

    private static Molecule read(String text) {
        try {
            return LamdaReader.read("mini.dat", text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
