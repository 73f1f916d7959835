package org.unblend.cli.validate;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Conditions;
import org.unblend.chemistry.Network;
import org.unblend.chemistry.NetworkReader;
import org.unblend.chemistry.Run;
import org.unblend.math.Parallel;

/**
 * Compares abundances with real runs of UCLCHEM 1.3 and an independent re-integration of its network ({@code
 * uclchem-reference}). Keys, |difference| of log10 x in dex: {@code full CO median}, {@code full CO p95} and so on (network
 * umist12.csv, UCLCHEM's bookkeeping), {@code built-in CO p95} (the built-in network, our bookkeeping), {@code drift}
 * (largest relative change of an element, and of charge per hydrogen nucleus, ours), {@code chapter 3} (largest difference of
 * the charge-neutral static models), {@code failed}, {@code models}.
 */
final class ChemistryCheck implements Check {
    private static final List<String> TARGETS = List.of("CO", "CS", "HCN", "HCO+");
    private static final List<String> CHAPTER_3 =
            List.of("CO", "CS", "HCN", "HCO+", "H", "C", "C+", "O", "N", "S", "e-");

    /** A model of the reference and its abundances. */
    private record Row(Conditions conditions, NamedCsvRecord record) {
        double log10(String species) {
            return number(record, "log10x_" + species.toUpperCase(Locale.ROOT));
        }
    }

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        Path reference = data.resolve("uclchem-reference");
        List<Row> rows = new ArrayList<>();
        for (String file : List.of("uclchem_runs.csv", "reimplementation_runs.csv")) {
            rows.addAll(rows(Check.required(reference.resolve(file))));
        }
        // There the gas-phase ratio C/O passes through 1: valid integrations differ by up to 0.6 dex.
        rows.removeIf(r -> r.conditions().density() > 3e5
                && r.conditions().zeta() < 10
                && r.conditions().temperature() > 55
                && r.conditions().temperature() < 100);
        Network rate12 = NetworkReader.read(Check.required(data.resolve("chemistry/umist12.csv")));
        ChemistrySettings ours = ChemistrySettings.STANDARD;
        ChemistrySettings theirs =
                ours.with(ChemistrySettings.Start.UCLCHEM_1_3).with(ChemistrySettings.Bookkeeping.UCLCHEM_1_3);
        Map<String, Measured> all = new LinkedHashMap<>();
        all.put("models", Measured.exact(rows.size()));
        told.accept("full network");
        ChemistryResult[] full = solve(new ChemistryModel(rate12, theirs), rows, parallel);
        differences(rows, full, "full ", all);
        told.accept("built-in network");
        ChemistryResult[] small = solve(new ChemistryModel(BuiltInNetwork.network(), ours), rows, parallel);
        differences(rows, small, "built-in ", all);
        double drift = Arrays.stream(small)
                .flatMapToDouble(r -> r.drift().values().stream().mapToDouble(Math::abs))
                .max()
                .orElseThrow();
        all.put("drift", Measured.exact(drift));
        double failed = Arrays.stream(full)
                        .filter(r -> r.status() != ChemistryResult.Status.OK)
                        .count()
                + Arrays.stream(small)
                        .filter(r -> r.status() != ChemistryResult.Status.OK)
                        .count();
        all.put("failed", Measured.exact(failed));
        told.accept("chapter 3");
        all.put("chapter 3", Measured.exact(chapter3(rate12, reference, theirs)));
        return all;
    }

    private static void differences(
            List<Row> rows, ChemistryResult[] results, String prefix, Map<String, Measured> all) {
        for (String target : TARGETS) {
            double[] off = new double[results.length];
            for (int i = 0; i < off.length; i++) {
                off[i] = Math.abs(results[i].log10(target) - rows.get(i).log10(target));
            }
            Arrays.sort(off);
            all.put(prefix + target + " median", Measured.exact(off[off.length / 2]));
            all.put(prefix + target + " p95", Measured.exact(off[off.length * 95 / 100]));
        }
    }

    private static ChemistryResult[] solve(ChemistryModel model, List<Row> rows, Parallel parallel) {
        ChemistryResult[] results = new ChemistryResult[rows.size()];
        parallel.forRanges(rows.size(), 8, (from, to) -> {
            Run run = model.run();
            for (int i = from; i < to; i++) {
                results[i] = run.solve(rows.get(i).conditions());
            }
        });
        return results;
    }

    /** The static models with as many electrons as ions, with and without freezing, after 2e6 yr. */
    private static double chapter3(Network rate12, Path reference, ChemistrySettings theirs) throws IOException {
        double worst = 0;
        ChemistrySettings neutral = theirs.with(ChemistrySettings.Start.NEUTRAL)
                .with(ChemistrySettings.Phases.STATIC)
                .lasting(2e6);
        ChemistryModel frozen = new ChemistryModel(rate12, neutral.freezing(true));
        ChemistryModel gas = new ChemistryModel(rate12.among(frozen.network().names()), neutral);
        for (Row row : rows(Check.required(reference.resolve("chapter3_components.csv")))) {
            String setup = row.record().getField("setup");
            if (!setup.endsWith("neutral_reimpl")) {
                continue;
            }
            ChemistryModel model = setup.contains("nofreeze") ? gas : frozen;
            ChemistryResult r = model.run().solve(row.conditions());
            for (String s : CHAPTER_3) {
                worst = Math.max(worst, Math.abs(r.log10(s) - row.log10(s)));
            }
        }
        return worst;
    }

    private static List<Row> rows(Path table) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(table)) {
            for (NamedCsvRecord row : reader) {
                // UCLCHEM overshoots: what it reached counts.
                String temperature = row.getHeader().contains("T_final_K") ? "T_final_K" : "T_K";
                rows.add(new Row(
                        new Conditions(
                                number(row, "av_mag"),
                                number(row, "n_cm3"),
                                number(row, "zeta_1p3e-17"),
                                number(row, "chi_field"),
                                number(row, temperature),
                                number(row, "mZ")),
                        row));
            }
        }
        return rows;
    }

    private static double number(NamedCsvRecord row, String column) {
        return Double.parseDouble(row.getField(column));
    }
}
