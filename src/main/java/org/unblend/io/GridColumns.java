package org.unblend.io;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.List;
import java.util.function.Function;
import org.unblend.model.Complaint;
import org.unblend.radiative.Densities;
import org.unblend.radiative.Excitation;
import org.unblend.radiative.Geometry;
import org.unblend.radiative.Intensity;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.Physics;

/**
 * The columns of a row of a {@link LineGrid}: {@code tkin_K}, {@code column_cm2}, {@code dv_kms}, at least one of {@link
 * #DENSITIES}, and optionally {@code tbg_K} (2.73), {@code geometry}, {@code excitation} and {@code intensity}. An empty
 * cell is a column that is not there.
 */
final class GridColumns {
    /** Densities of H2 (ortho and para in thermal ratio), p-H2 and o-H2 (both or none), e-, H, He and H+. */
    static final List<String> DENSITIES =
            List.of("n_h2_cm3", "n_ph2_cm3", "n_oh2_cm3", "n_e_cm3", "n_h_cm3", "n_he_cm3", "n_hp_cm3");

    /** How far n_h2 and the sum of para and ortho may differ. */
    private static final double AGREEMENT = 1e-3;

    private GridColumns() {}

    /** A cell that is not as it should be. */
    static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String column;
        private final String remedy;

        Wrong(String column, String reason, String remedy) {
            super(reason);
            this.column = column;
            this.remedy = remedy;
        }

        String column() {
            return column;
        }

        String remedy() {
            return remedy;
        }
    }

    /** @throws Wrong for the first cell that is not as it should be */
    static LineTable.Point point(NamedCsvRecord row, Molecule molecule, Physics standard) {
        double tkin = number(row, "tkin_K", Double.NaN, false);
        Densities densities = densities(row);
        if (molecule.collisions().stream().noneMatch(r -> densities.covers(r.partner()))) {
            throw new Wrong(
                    "molecule",
                    molecule.name() + " has rates for collisions with " + molecule.partners()
                            + " only, and the density of these is 0",
                    "give one of them a density");
        }
        double column = number(row, "column_cm2", Double.NaN, true);
        double dv = number(row, "dv_kms", Double.NaN, false);
        double tbg = number(row, "tbg_K", LineGrid.COSMIC_BACKGROUND, true);
        Physics physics = standard.with(option(row, "excitation", Excitation::named, standard.excitation()));
        Geometry geometry = option(row, "geometry", Geometry::named, standard.geometry());
        Intensity intensity = option(row, "intensity", Intensity::named, standard.intensity());
        try {
            // In this order, as not every intensity goes with every geometry.
            physics = physics.with(Intensity.CENTRE).in(geometry).with(intensity);
            return new LineTable.Point(molecule, tkin, densities, column, dv, tbg, physics);
        } catch (IllegalArgumentException e) {
            throw wrong("intensity", e);
        }
    }

    private static Densities densities(NamedCsvRecord row) {
        double[] n = new double[DENSITIES.size()];
        for (int i = 0; i < n.length; i++) {
            n[i] = number(row, DENSITIES.get(i), i == 1 || i == 2 ? Double.NaN : 0, true);
        }
        double sum = n[1] + n[2];
        if (n[0] > 0 && Math.abs(sum - n[0]) > AGREEMENT * n[0]) {
            throw new Wrong(
                    "n_h2_cm3",
                    "n_h2_cm3 is " + n[0] + ", but n_ph2_cm3 and n_oh2_cm3 add up to " + sum,
                    "leave n_h2_cm3 empty or correct one of them");
        }
        try {
            return new Densities(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
        } catch (IllegalArgumentException e) {
            throw wrong("n_h2_cm3", e);
        }
    }

    private static <T> T option(NamedCsvRecord row, String column, Function<String, T> named, T otherwise) {
        String cell = row.findField(column).orElse("").strip();
        try {
            return cell.isEmpty() ? otherwise : named.apply(cell);
        } catch (IllegalArgumentException e) {
            throw wrong(column, e);
        }
    }

    /** Messages of the solver read "reason; remedy". */
    private static Wrong wrong(String column, IllegalArgumentException e) {
        Complaint wrong = Complaint.of(e);
        return new Wrong(column, wrong.reason(), wrong.remedy());
    }

    private static double number(NamedCsvRecord row, String column, double otherwise, boolean zero) {
        String cell = row.findField(column).orElse("").strip();
        boolean required = Double.isNaN(otherwise) && !DENSITIES.contains(column);
        if (cell.isEmpty() && !required) {
            return otherwise;
        }
        double value = Double.NaN;
        try {
            value = Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            // Told below.
        }
        if (!Double.isFinite(value) || value < 0 || (value == 0 && !zero)) {
            throw new Wrong(
                    column,
                    "'" + cell + "' is not allowed",
                    "give a finite number" + (zero ? ", 0 or more" : " above 0"));
        }
        return value;
    }
}
