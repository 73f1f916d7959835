package org.unblend.io.emulator;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.chemistry.AbundanceModel;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Elements;
import org.unblend.chemistry.Network;
import org.unblend.io.chemistry.NetworkFile;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.Complaint;
import org.unblend.model.Nearest;

/**
 * Reads what chemistry is asked for: {@code "network"} names a file of UMIST or KIDA beside the file that says so (without
 * it, the built-in network is taken), {@code "phases"} is static, steady or two_phase, {@code "years"} the duration,
 * {@code "freezing"} is off or on, {@code "elements"} maps elements to abundances per hydrogen nucleus.
 */
public final class ChemistrySource {
    private static final List<String> PHASES = List.of(ChemistrySettings.Phases.values()).stream()
            .map(p -> p.name().toLowerCase(Locale.ROOT))
            .toList();

    private static final List<String> FREEZING = List.of("off", "on");

    private ChemistrySource() {}

    /** The model of the abundances of some species, or empty with a note. */
    public static Optional<AbundanceModel> read(Fields fields, List<String> species, Mistakes mistakes) {
        return read(fields, new Axis("species", species), mistakes);
    }

    /** The model of the abundances of the species that label an axis, or empty with a note. */
    public static Optional<AbundanceModel> read(Fields fields, Axis axis, Mistakes mistakes) {
        String phases = fields.text("phases", PHASES.get(0));
        double years = fields.number("years", ChemistrySettings.STANDARD.years());
        String freezing = fields.text("freezing", FREEZING.get(0));
        Elements elements = elements(fields, mistakes);
        Optional<Network> network = network(fields, mistakes);
        if (!FREEZING.contains(freezing)) {
            mistakes.add(
                    "E015",
                    fields.placeOf("freezing"),
                    "freezing is '" + freezing + "'",
                    Nearest.hint(freezing, FREEZING));
            return Optional.empty();
        }
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
                    .lasting(years)
                    .freezing(freezing.equals("on"))
                    .with(elements);
            return network.map(n -> new AbundanceModel(new ChemistryModel(n, settings), axis));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e);
            mistakes.add("E014", fields.place(), wrong.reason(), wrong.remedy());
            return Optional.empty();
        }
    }

    private static Optional<Network> network(Fields fields, Mistakes mistakes) {
        String name = fields.text("network", "");
        Optional<Path> file = name.isEmpty()
                ? Optional.empty()
                : Optional.of(fields.place().file().resolveSibling(name));
        return mistakes.attempt(() -> NetworkFile.read(file));
    }

    private static Elements elements(Fields fields, Mistakes mistakes) {
        Elements elements = Elements.STANDARD;
        Fields given = fields.objectOrEmpty("elements");
        for (String element : given.keys()) {
            double abundance = given.number(element);
            try {
                elements = elements.with(element, abundance);
            } catch (IllegalArgumentException e) {
                Complaint wrong = Complaint.of(e);
                mistakes.add("E014", given.placeOf(element), wrong.reason(), wrong.remedy());
            }
        }
        given.done();
        return elements;
    }
}
