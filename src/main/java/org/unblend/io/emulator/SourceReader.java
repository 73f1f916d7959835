package org.unblend.io.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Complaint;
import org.unblend.model.ForwardModel;
import org.unblend.model.Nearest;
import org.unblend.radiative.BrightnessModel;
import org.unblend.radiative.LamdaFormatException;
import org.unblend.radiative.MoleculeCatalog;

/** Makes the forward model that a training file names under {@code source}. */
final class SourceReader {
    private static final String BRIGHTNESS = "one-zone-brightness";
    private static final String CHEMISTRY = "chemistry";
    private static final List<String> KINDS = List.of(BRIGHTNESS, CHEMISTRY);

    private SourceReader() {}

    static Optional<ForwardModel> read(Fields source, Optional<Path> lamda, Mistakes mistakes) {
        String kind = source.text("model");
        if (!KINDS.contains(kind)) {
            mistakes.add(
                    "E011",
                    source.placeOf("model"),
                    "no model to train on is called '" + kind + "'",
                    Nearest.hint(kind, KINDS));
            return Optional.empty();
        }
        return kind.equals(BRIGHTNESS) ? brightness(source, lamda, mistakes) : chemistry(source, mistakes);
    }

    private static Optional<ForwardModel> chemistry(Fields source, Mistakes mistakes) {
        List<String> species = source.texts("species");
        if (species.isEmpty()) {
            mistakes.add("E015", source.placeOf("species"), "no species is named", "list some: \"species\": [\"CO\"]");
            return Optional.empty();
        }
        Optional<ForwardModel> model =
                ChemistrySource.read(source, species, mistakes).map(m -> m);
        source.done();
        return model;
    }

    private static Optional<ForwardModel> brightness(Fields source, Optional<Path> lamda, Mistakes mistakes) {
        String name = source.text("molecule");
        double lines = source.number("lines", 10);
        double background = source.number("background", 2.73);
        source.done();
        try {
            MoleculeCatalog catalog = lamda.map(MoleculeCatalog::lamda).orElseGet(MoleculeCatalog::builtIn);
            return Optional.of(new BrightnessModel(catalog.find(name), (int) lines, background));
        } catch (LamdaFormatException e) {
            mistakes.add("L001", new Place(Path.of(e.file()), e.line(), e.column(), "", ""), e.reason(), e.remedy());
        } catch (IOException e) {
            mistakes.add("F001", source.place(), "a molecule cannot be read: " + e.getMessage(), "check the file");
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e);
            mistakes.add("E012", source.place(), wrong.reason(), wrong.remedy());
        }
        return Optional.empty();
    }
}
