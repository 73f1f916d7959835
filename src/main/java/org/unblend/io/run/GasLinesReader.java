package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.chemistry.GasLines;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorErrors;
import org.unblend.io.emulator.ChemistrySource;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.Complaint;
import org.unblend.model.ForwardModel;
import org.unblend.model.Nearest;
import org.unblend.radiative.LineName;

/**
 * Reads the forward model {@code gas-lines}: {@code "chemistry"} is the file of an emulator or an object that says what to
 * compute; {@code "lines"} lists the files of line emulators or is the text {@code direct}; {@code "h2_density"} is {@code
 * physical} (half the hydrogen nuclei) or {@code thesis} (all of them, as de Mijolla 2022).
 */
final class GasLinesReader implements ForwardReader {
    static final String KIND = "gas-lines";
    private static final String DIRECT = "direct";
    private static final List<String> DENSITY = List.of("physical", "thesis");

    private final OneZoneReader oneZone;

    GasLinesReader(OneZoneReader oneZone) {
        this.oneZone = oneZone;
    }

    @Override
    public Optional<ForwardModel> read(Fields node, Map<String, Axis> axes, Mistakes mistakes) {
        Optional<Axis> axis = OpReader.axis(node, "axis", axes, mistakes);
        Optional<Boolean> error = EmulatorReader.error(node, mistakes);
        String density = node.text("h2_density", DENSITY.get(0));
        if (!DENSITY.contains(density)) {
            mistakes.add(
                    "E033",
                    node.placeOf("h2_density"),
                    "'" + density + "' is no way to count H2",
                    Nearest.hint(density, DENSITY));
            return Optional.empty();
        }
        if (axis.isEmpty() || error.isEmpty()) {
            return Optional.empty();
        }
        List<String> species = axis.get().labels().stream()
                .map(l -> LineName.parse(l).molecule())
                .distinct()
                .toList();
        Optional<ForwardModel> chemistry = chemistry(node, species, mistakes);
        boolean computed = node.find("lines")
                .filter(v -> v instanceof Json.Text t && t.value().equals(DIRECT))
                .isPresent();
        Optional<? extends ForwardModel> lines = computed
                ? oneZone.read(node, axes, mistakes)
                : EmulatorReader.lines(node, "lines", axis.get(), false, mistakes);
        if (chemistry.isEmpty() || lines.isEmpty()) {
            return Optional.empty();
        }
        try {
            Optional<GasLines.Errors> errors = Optional.empty();
            if (error.get()) {
                if (!(chemistry.get() instanceof Emulator e)) {
                    throw new IllegalArgumentException("chemistry that is computed has no error; give intensities");
                }
                Optional<ForwardModel> own = computed
                        ? Optional.empty()
                        : EmulatorReader.lines(node, "lines", axis.get(), true, mistakes)
                                .map(l -> l);
                errors = Optional.of(new GasLines.Errors(new EmulatorErrors(e), own));
            }
            return Optional.of(
                    new GasLines(chemistry.get(), lines.get(), density.equals(DENSITY.get(0)) ? 0.5 : 1, errors));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e);
            mistakes.add("E034", node.place(), wrong.reason(), wrong.remedy());
            return Optional.empty();
        }
    }

    private static Optional<ForwardModel> chemistry(Fields node, List<String> species, Mistakes mistakes) {
        Optional<Json> asked = node.require("chemistry");
        if (asked.isEmpty()) {
            return Optional.empty();
        }
        if (asked.get() instanceof Json.Text file) {
            Path path = node.place().file().resolveSibling(file.value());
            return mistakes.attempt(() -> EmulatorFile.read(path)).flatMap(e -> {
                try {
                    return Optional.of(e.only(species));
                } catch (IllegalArgumentException ex) {
                    Complaint wrong = Complaint.of(ex);
                    mistakes.add("E034", file.place(), wrong.reason(), wrong.remedy());
                    return Optional.empty();
                }
            });
        }
        Fields fields = Fields.of(asked.get(), mistakes);
        Optional<ForwardModel> model =
                ChemistrySource.read(fields, species, mistakes).map(m -> m);
        fields.done();
        return model;
    }
}
