package org.unblend.io.emulator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.chemistry.AbundanceModel;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Network;
import org.unblend.chemistry.NetworkFormatException;
import org.unblend.chemistry.NetworkReader;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Axis;
import org.unblend.model.Nearest;

/**
 * Reads what chemistry is asked for: {@code "network"} names a file of UMIST or KIDA beside the file that says so (without
 * it, the built-in network is taken), {@code "phases"} is static, steady or two_phase, {@code "years"} the duration.
 */
public final class ChemistrySource {
    private static final List<String> PHASES = List.of(ChemistrySettings.Phases.values()).stream()
            .map(p -> p.name().toLowerCase(Locale.ROOT))
            .toList();

    private ChemistrySource() {}

    /** The model of the abundances of some species, or empty with a note. */
    public static Optional<AbundanceModel> read(Fields fields, List<String> species, Mistakes mistakes) {
        return read(fields, new Axis("species", species), mistakes);
    }

    /** The model of the abundances of the species that label an axis, or empty with a note. */
    public static Optional<AbundanceModel> read(Fields fields, Axis axis, Mistakes mistakes) {
        String phases = fields.text("phases", PHASES.get(0));
        double years = fields.number("years", ChemistrySettings.STANDARD.years());
        Optional<Network> network = network(fields, mistakes);
        if (!PHASES.contains(phases)) {
            mistakes.add(
                    "E013",
                    fields.placeOf("phases"),
                    "'" + phases + "' is nothing that gas goes through",
                    Nearest.hint(phases, PHASES));
            return Optional.empty();
        }
        try {
            ChemistrySettings settings = ChemistrySettings.STANDARD
                    .with(ChemistrySettings.Phases.valueOf(phases.toUpperCase(Locale.ROOT)))
                    .lasting(years);
            return network.map(n -> new AbundanceModel(new ChemistryModel(n, settings), axis));
        } catch (IllegalArgumentException e) {
            String[] parts = e.getMessage().split("; ", 2);
            mistakes.add("E014", fields.place(), parts[0], parts.length > 1 ? parts[1] : "correct it");
            return Optional.empty();
        }
    }

    private static Optional<Network> network(Fields fields, Mistakes mistakes) {
        String name = fields.text("network", "");
        if (name.isEmpty()) {
            return Optional.of(BuiltInNetwork.network());
        }
        Path file = fields.place().file().resolveSibling(name);
        try {
            return Optional.of(NetworkReader.read(file));
        } catch (NetworkFormatException e) {
            mistakes.add("L002", Place.of(file), e.getMessage(), "correct the file");
        } catch (IOException e) {
            mistakes.add(
                    "F002", fields.placeOf("network"), "the network " + file + " cannot be read", "check the path");
        }
        return Optional.empty();
    }
}
