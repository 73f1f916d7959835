package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.unblend.infer.Planner;
import org.unblend.io.AtomicFile;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.math.Parallel;
import org.unblend.model.Nearest;

/** Runs validation cases and writes a {@code table.md} into the folder of each. */
public final class Validation {
    private final Path folder;
    private final Path data;
    private final Parallel parallel;
    private final Consumer<String> out;
    private final Map<String, Check> checks;

    /**
     * @param folder folder of the cases
     * @param data folder of reference data, which may be absent
     * @param planner chooses engines for runs
     * @param out told a line per case and failing row
     */
    public Validation(Path folder, Path data, Parallel parallel, Planner planner, Consumer<String> out) {
        this.folder = folder;
        this.data = data;
        this.parallel = parallel;
        this.out = out;
        checks = Map.ofEntries(
                Map.entry("run", new RunCheck(planner)),
                Map.entry("nested-problems", NestedProblemsCheck.STANDARD),
                Map.entry("nested-problems-high", NestedProblemsCheck.HIGH),
                Map.entry("seeds", new SeedsCheck()),
                Map.entry("radiative-transfer", new RadexCheck()),
                Map.entry("radiative-box", LineBoxCheck.STANDARD),
                Map.entry("collision-fits", new CollisionFitCheck()),
                Map.entry("negative-data", NegativeDataCheck.STANDARD),
                Map.entry("map-coverage", MapCoverageCheck.STANDARD),
                Map.entry("assemblies", AssembliesCheck.STANDARD),
                Map.entry("itakura-saito", ItakuraSaitoCheck.STANDARD),
                Map.entry("chemistry", new ChemistryCheck()),
                Map.entry("quasars", QuasarsCheck.STANDARD),
                Map.entry("line-emulators", LineEmulatorsCheck.STANDARD),
                Map.entry("phases", PhasesCheck.standard(planner)),
                Map.entry("abundance-emulator", AbundanceEmulatorCheck.STANDARD),
                Map.entry("simulated-gas", new SimulatedGasCheck(planner)),
                Map.entry("held-out-lines", new HeldOutLinesCheck(planner, 4000)),
                Map.entry("hcop", new HcopCheck(planner)),
                Map.entry("evidence-roads", new EvidenceRoadsCheck()),
                Map.entry("rank-recovery", RankRecoveryCheck.STANDARD),
                Map.entry("near-zero", NearZeroCheck.STANDARD),
                Map.entry("element-sets", ElementSetsCheck.standard(planner)),
                Map.entry(
                        "direct-ngc1068", new ReweightedRunCheck(planner, "ngc1068.json", "ngc1068-direct.json", 4000)),
                Map.entry(
                        "emulated-ngc1068",
                        new EmulatedRunCheck(planner, "ngc1068-lines-emulated.json", "ngc1068-lines.json")));
    }

    /**
     * Runs the named cases, or all quick ones.
     *
     * @return how many rows fail
     * @throws BadInput if a case does not exist or its file is not as it should be
     */
    public int run(List<String> names) throws IOException {
        List<String> known = cases();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new BadInput(
                        "V003", Place.of(folder), "there is no case '" + name + "'", Nearest.hint(name, known));
            }
        }
        int failures = 0;
        for (String name : names.isEmpty() ? known : names) {
            ValidationCase item = ValidationCase.read(folder.resolve(name));
            if (item.slow() && names.isEmpty()) {
                out.accept(name + ": runs when it is named");
            } else {
                failures += run(name, item);
            }
        }
        return failures;
    }

    private int run(String name, ValidationCase item) throws IOException {
        Check check = checks.get(item.check());
        if (check == null) {
            throw new BadInput(
                    "V004",
                    Place.of(item.folder().resolve("case.json")),
                    "there is no check '" + item.check() + "'",
                    Nearest.hint(item.check(), checks.keySet()));
        }
        try {
            DetailedCheck.Outcome outcome = check instanceof DetailedCheck detailed
                    ? detailed.detailed(item.folder(), data, parallel, out)
                    : new DetailedCheck.Outcome(check.compute(item.folder(), data, parallel, out), "");
            ValidationTable table = new ValidationTable(item, outcome.values());
            String details = outcome.details().isEmpty() ? "" : "\n" + outcome.details();
            AtomicFile.write(item.folder().resolve("table.md"), table.markdown() + details);
            List<ValidationCase.Row> failures = table.failures();
            out.accept(name + ": " + (item.rows().size() - failures.size()) + " of "
                    + item.rows().size() + " rows ok, table in " + item.folder().resolve("table.md"));
            failures.forEach(f -> out.accept("  fails: " + f.quantity()));
            return failures.size();
        } catch (Check.Absent e) {
            out.accept(name + ": skipped, " + e.getMessage());
            return 0;
        }
    }

    private List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(f -> Files.exists(f.resolve("case.json")))
                    .map(f -> f.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            throw new BadInput("V005", Place.of(folder), "there is no such folder", "start in the project's folder");
        }
    }
}
