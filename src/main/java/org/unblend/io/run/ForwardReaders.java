package org.unblend.io.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Nearest;

/** The forward models that a model file can name, each with its reader. */
final class ForwardReaders implements ForwardReader {
    private final Map<String, ForwardReader> readers;

    /** @param lamda directory of LAMDA files, or empty for the built-in molecules */
    ForwardReaders(Optional<Path> lamda) {
        OneZoneReader oneZone = new OneZoneReader(lamda);
        readers = Map.of(
                OneZoneReader.KIND, oneZone,
                EmulatorReader.KIND, new EmulatorReader(),
                ChemistryReader.KIND, new ChemistryReader(),
                GasLinesReader.KIND, new GasLinesReader(oneZone));
    }

    @Override
    public Optional<ForwardModel> read(Fields node, Map<String, Axis> axes, Mistakes mistakes) {
        String kind = node.text("model");
        ForwardReader reader = readers.get(kind);
        if (reader == null) {
            mistakes.add(
                    "M055",
                    node.placeOf("model"),
                    "no forward model is called '" + kind + "'",
                    Nearest.hint(kind, readers.keySet().stream().sorted().toList()));
            return Optional.empty();
        }
        return reader.read(node, axes, mistakes);
    }
}
