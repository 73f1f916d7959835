package org.unblend.cli.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.IntFunction;
import org.unblend.density.CompiledModel;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.LineEmulator;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.run.RunLoader;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.RowStatus;

/** Rows per second of CPU time of one thread: emulators with their scaling, and the likelihood that is made of them. */
final class ForwardSpeed {
    private static final double SECONDS = 0.3;
    private static final int ROUNDS = 4;
    private static final List<Integer> ROWS = List.of(1, 8, 100, 1000);
    /** Wanted of the whole model in batches. */
    private static final double AIM = 30_000;

    private static final Path RUN = Path.of("runs/ngc1068.json");
    private static final Axis LINES = Axis.of("line", "CO(3-2)", "CO(6-5)", "HCN(4-3)", "HCO+(4-3)", "CS(7-6)");
    /** Inside every domain: T [K], n(H2) [cm-3], dv [km/s], column densities of CO, HCN, HCO+ and CS [cm-2]. */
    private static final double[] POINT = {60, 1e5, 30, 1e17, 1e14, 1e13, 1e13};

    private ForwardSpeed() {}

    /**
     * The rates as a Markdown table; the models are those of this folder.
     *
     * @param scale of the time that it takes, at most 1
     */
    static String table(double scale) {
        if (!Files.exists(RUN)) {
            return "Emulators and likelihoods were not timed: there is no " + RUN
                    + " here. Start from the project's folder.\n";
        }
        StringBuilder text = new StringBuilder("| model | "
                + String.join(" | ", ROWS.stream().map(r -> r + " at once").toList()) + " | aim, in batches |\n|---|"
                + "---|".repeat(ROWS.size()) + "---|\n");
        LineEmulator lines = lines();
        row(text, "emulated lines of four molecules", scale, false, rows -> {
            double[] in = new double[POINT.length * rows];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(POINT, 0, in, POINT.length * r, POINT.length);
                in[POINT.length * r] += r % 100;
            }
            double[] out = new double[LINES.labels().size() * rows];
            RowStatus[] status = new RowStatus[rows];
            return () -> {
                lines.evaluate(in, out, status, rows);
                return Arrays.stream(out).sum();
            };
        });
        CompiledModel model = RunLoader.load(RUN, Optional.empty()).model();
        row(text, "likelihood of " + RUN + ": chemistry, lines and their errors, emulated", scale, true, rows -> {
            double[] theta = model.priorDraws(rows, RandomStream.of(3).generator());
            double[] out = new double[rows];
            return () -> {
                model.logLikelihood(theta, out, rows);
                return Arrays.stream(out).sum();
            };
        });
        return text.toString();
    }

    private static LineEmulator lines() {
        return new LineEmulator(
                List.of(
                        member("CO", "co", List.of("CO(3-2)", "CO(6-5)"), List.of(0, 1)),
                        member("HCN", "hcn", List.of("HCN(4-3)"), List.of(2)),
                        member("HCO+", "hcop", List.of("HCO+(4-3)"), List.of(3)),
                        member("CS", "cs", List.of("CS(7-6)"), List.of(4))),
                LINES,
                false);
    }

    private static LineEmulator.Member member(String molecule, String key, List<String> lines, List<Integer> places) {
        Emulator all = EmulatorFile.read(Path.of("models", "lines-" + key + ".json"));
        return new LineEmulator.Member(molecule, all.only(lines), places);
    }

    private static void row(
            StringBuilder text, String name, double scale, boolean judged, IntFunction<DoubleSupplier> batches) {
        double[] rates = ROWS.stream()
                .mapToDouble(rows -> InferenceSide.speed(batches.apply(rows), rows, scale * SECONDS, ROUNDS))
                .toArray();
        text.append("| " + name);
        for (double rate : rates) {
            text.append(" | " + InferenceSide.threeDigits(rate));
        }
        boolean met = rates[rates.length - 1] >= AIM;
        text.append(" | " + (judged ? InferenceSide.threeDigits(AIM) + (met ? ", met" : ", **missed**") : "") + " |\n");
    }
}
