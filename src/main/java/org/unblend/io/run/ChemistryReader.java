package org.unblend.io.run;

import java.util.Map;
import java.util.Optional;
import org.unblend.io.emulator.ChemistrySource;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;

/**
 * Reads the forward model {@code chemistry}: {@code "axis"} names the axis whose labels are species; {@code "network"},
 * {@code "phases"} and {@code "years"} as {@link ChemistrySource} has them. The outputs are abundances relative to hydrogen
 * nuclei.
 */
final class ChemistryReader implements ForwardReader {
    static final String KIND = "chemistry";

    @Override
    public Optional<ForwardModel> read(Fields node, Map<String, Axis> axes, Mistakes mistakes) {
        return OpReader.axis(node, "axis", axes, mistakes).flatMap(axis -> ChemistrySource.read(node, axis, mistakes));
    }
}
