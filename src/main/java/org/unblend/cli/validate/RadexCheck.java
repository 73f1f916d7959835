package org.unblend.cli.validate;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.math.Parallel;
import org.unblend.radiative.Densities;
import org.unblend.radiative.Geometry;
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.Physics;

/**
 * Compares line fluxes with the tables {@code radex-reference/radex_grid.csv} and {@code radex_extra.csv}, molecules read
 * from LAMDA files. Compared are the usable lines with T_R above 1 mK. Keys: {@code independent within 1e-4} and {@code
 * independent largest} (grid, models for which the independent solver converged), {@code radex within 1e-3} and {@code radex
 * largest} (the other models of the grid), {@code extra within 1e-3} and {@code extra largest}, all with the branches of
 * RADEX; {@code closed within 1e-4} and {@code closed largest} (all models of the grid, closed escape probability); {@code
 * masers} (lines of unusable models with T_R above T_kin) and {@code failed}, of all of these.
 */
final class RadexCheck implements Check {
    private static final double BRIGHT = 1e-3;
    private static final double CONVERGED = 1e-9;

    /** Errors of one kind of lines. */
    private static final class Tally {
        private int lines;
        private int close;
        private double largest;

        void add(double error, double bound) {
            lines++;
            close += error <= bound ? 1 : 0;
            largest = Math.max(largest, error);
        }

        Measured share() {
            return Measured.exact(close / (double) lines);
        }
    }

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path lamda = Check.required(data.resolve("lamda"));
        Map<String, Molecule> molecules = new HashMap<>();
        Map<String, Tally> tallies = new LinkedHashMap<>();
        List.of("independent", "radex", "extra", "closed").forEach(k -> tallies.put(k, new Tally()));
        int[] bad = new int[2];
        Path tables = data.resolve("radex-reference");
        for (String table : List.of("radex_grid.csv", "radex_extra.csv")) {
            List<NamedCsvRecord> rows = new ArrayList<>();
            try (CsvReader<NamedCsvRecord> reader =
                    CsvReader.builder().ofNamedCsvRecord(Check.required(tables.resolve(table)))) {
                reader.forEach(rows::add);
            }
            for (NamedCsvRecord row : rows) {
                String name = row.getField("molfile");
                if (!molecules.containsKey(name)) {
                    molecules.put(name, LamdaReader.read(lamda.resolve(name)));
                }
            }
            compare(rows, molecules, true, parallel, tallies, bad);
            if (table.equals("radex_grid.csv")) {
                compare(rows, molecules, false, parallel, tallies, bad);
            }
        }
        Map<String, Measured> result = new LinkedHashMap<>();
        tallies.forEach((k, t) -> {
            result.put(k + (strict(k) ? " within 1e-4" : " within 1e-3"), t.share());
            result.put(k + " largest", Measured.exact(t.largest));
        });
        result.put("masers", Measured.exact(bad[0]));
        result.put("failed", Measured.exact(bad[1]));
        return result;
    }

    private static boolean strict(String tally) {
        return tally.equals("independent") || tally.equals("closed");
    }

    /** Solves the rows with or without the branches of RADEX and adds to the tallies, and to masers and failures. */
    private static void compare(
            List<NamedCsvRecord> rows,
            Map<String, Molecule> molecules,
            boolean branches,
            Parallel parallel,
            Map<String, Tally> tallies,
            int[] bad) {
        List<LineTable.Point> points = new ArrayList<>();
        Map<String, Integer> pointOf = new HashMap<>();
        for (NamedCsvRecord row : rows) {
            if (pointOf.putIfAbsent(key(row), points.size()) == null) {
                points.add(point(row, molecules.get(row.getField("molfile")), branches));
            }
        }
        Map<String, LineTable.Row> ours = new HashMap<>();
        LineTable.compute(points, 10, parallel).forEach(r -> ours.put(r.point() + " " + r.jUp(), r));
        for (NamedCsvRecord row : rows) {
            LineTable.Row line = ours.get(pointOf.get(key(row)) + " " + row.getField("j_up"));
            boolean usable = row.getField("usable").equals("1");
            bad[0] += !usable && line.brightness() > number(row, "tkin_K") ? 1 : 0;
            bad[1] += line.status() == LineTable.Status.FAILED ? 1 : 0;
            boolean grid = row.getField("case").equals("grid");
            boolean independent = grid && number(row, "ind_residual") < CONVERGED;
            String kind = independent ? "ind" : "fp";
            if (usable && number(row, "t_r_" + kind + "_K") > BRIGHT) {
                String tally = !grid ? "extra" : !branches ? "closed" : independent ? "independent" : "radex";
                double error = Math.abs(line.flux() / number(row, "flux_" + kind + "_Kkms") - 1);
                tallies.get(tally).add(error, strict(tally) ? 1e-4 : 1e-3);
            }
        }
    }

    private static LineTable.Point point(NamedCsvRecord row, Molecule molecule, boolean branches) {
        Geometry geometry = Geometry.named(row.getField("geometry"));
        Densities densities = row.getField("case").startsWith("opr")
                ? Densities.paraOrtho(number(row, "n_ph2_cm3"), number(row, "n_oh2_cm3"))
                : Densities.h2(number(row, "n_h2_cm3"));
        return new LineTable.Point(
                molecule,
                number(row, "tkin_K"),
                densities,
                number(row, "column_cm2"),
                number(row, "dv_kms"),
                number(row, "tbg_K"),
                Physics.STANDARD.in(branches ? geometry.radex() : geometry));
    }

    private static String key(NamedCsvRecord row) {
        return String.join(
                " ",
                row.getField("case"),
                row.getField("molfile"),
                row.getField("tkin_K"),
                row.getField("n_h2_cm3"),
                row.getField("column_cm2"),
                row.getField("dv_kms"),
                row.getField("tbg_K"));
    }

    private static double number(NamedCsvRecord row, String column) {
        String cell = row.getField(column);
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
    }
}
