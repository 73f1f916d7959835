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
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.Molecule;

/**
 * Compares line fluxes with the table {@code radex-reference/radex_grid.csv}, molecules read from LAMDA files. Keys:
 * {@code within 1e-3} (share of the usable lines with T_R above 1 mK whose flux is within 1e-3 of the table), {@code
 * largest error} (over the same lines), {@code masers} (lines of unusable models with T_R above T_kin), {@code failed}.
 */
final class RadexCheck implements Check {
    private static final double BRIGHT = 1e-3;
    private static final double CONVERGED = 1e-9;

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path table = Check.required(data.resolve("radex-reference/radex_grid.csv"));
        Path lamda = Check.required(data.resolve("lamda"));
        List<NamedCsvRecord> rows = new ArrayList<>();
        List<LineTable.Point> points = new ArrayList<>();
        Map<String, Integer> pointOf = new HashMap<>();
        Map<String, Molecule> molecules = new HashMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(table)) {
            for (NamedCsvRecord row : reader) {
                rows.add(row);
                String file = row.getField("molfile");
                if (!molecules.containsKey(file)) {
                    molecules.put(file, LamdaReader.read(lamda.resolve(file)));
                }
                if (pointOf.putIfAbsent(key(row), points.size()) == null) {
                    points.add(new LineTable.Point(
                            molecules.get(file),
                            number(row, "tkin_K"),
                            number(row, "n_h2_cm3"),
                            number(row, "column_cm2"),
                            number(row, "dv_kms"),
                            number(row, "tbg_K")));
                }
            }
        }
        Map<String, LineTable.Row> ours = new HashMap<>();
        LineTable.compute(points, 10, parallel).forEach(r -> ours.put(r.point() + " " + r.jUp(), r));
        return compare(rows, pointOf, ours);
    }

    private static Map<String, Measured> compare(
            List<NamedCsvRecord> rows, Map<String, Integer> pointOf, Map<String, LineTable.Row> ours) {
        int counted = 0;
        int close = 0;
        int masers = 0;
        int failed = 0;
        double largest = 0;
        for (NamedCsvRecord row : rows) {
            LineTable.Row line = ours.get(pointOf.get(key(row)) + " " + row.getField("j_up"));
            boolean usable = row.getField("usable").equals("1");
            failed += line.status() == LineTable.Status.FAILED ? 1 : 0;
            masers += !usable && line.brightness() > number(row, "tkin_K") ? 1 : 0;
            String kind = number(row, "ind_residual") < CONVERGED ? "ind" : "fp";
            if (usable && number(row, "t_r_" + kind + "_K") > BRIGHT) {
                double error = Math.abs(line.flux() / number(row, "flux_" + kind + "_Kkms") - 1);
                counted++;
                close += error <= 1e-3 ? 1 : 0;
                largest = Math.max(largest, error);
            }
        }
        Map<String, Measured> result = new LinkedHashMap<>();
        result.put("within 1e-3", Measured.exact(close / (double) counted));
        result.put("largest error", Measured.exact(largest));
        result.put("masers", Measured.exact(masers));
        result.put("failed", Measured.exact(failed));
        return result;
    }

    private static String key(NamedCsvRecord row) {
        return String.join(
                " ",
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
