package org.unblend.io.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Complaint;
import org.unblend.model.Nearest;
import org.unblend.radiative.LineName;
import org.unblend.radiative.LineUnit;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.MoleculeCatalog;

/**
 * How a column of observed lines is to be read: {@code "unit": "Jy km/s", "beam": [1.2, 0.9], "redshift": 0.004}.
 *
 * @param unit unit of the column
 * @param major full width at half maximum of the beam [arcsec]; NaN if it is not given
 * @param minor that along the other axis
 * @param redshift of the source
 * @param place where the run file says so
 */
record LineData(LineUnit unit, double major, double minor, double redshift, Place place) {

    /** What the fields of a data entry say, or empty if they say nothing of units. */
    static Optional<LineData> read(Fields fields, Mistakes mistakes) {
        Optional<Json> symbol = fields.find("unit");
        Optional<Json> beam = fields.find("beam");
        double redshift = fields.number("redshift", 0);
        if (symbol.isEmpty()) {
            for (String key : List.of("beam", "redshift")) {
                if (fields.keys().contains(key)) {
                    mistakes.add(
                            "R008",
                            fields.placeOf(key),
                            "'" + key + "' stands without a unit",
                            "add \"unit\": one of " + String.join(", ", LineUnit.symbols()));
                }
            }
            return Optional.empty();
        }
        Optional<String> text = fields.asText(symbol.get());
        Optional<LineUnit> unit = text.flatMap(LineUnit::of);
        if (text.isPresent() && unit.isEmpty()) {
            mistakes.add(
                    "R008",
                    symbol.get().place(),
                    "no unit of lines is called '" + text.get() + "'",
                    Nearest.hint(text.get(), LineUnit.symbols()));
        }
        if (!(redshift > -1)) {
            mistakes.add("R008", fields.placeOf("redshift"), "a redshift of " + redshift, "give more than -1");
        }
        List<Double> axes = beam.map(b -> numbers(b, fields)).orElse(List.of());
        if (beam.isPresent()
                && (axes.isEmpty() || axes.size() > 2 || axes.stream().anyMatch(a -> !(a > 0)))) {
            mistakes.add(
                    "R008",
                    beam.get().place(),
                    "a beam has one or two widths (FWHM) above 0 arcsec, here " + axes,
                    "write \"beam\": [major, minor]");
        } else if (beam.isEmpty() && unit.isPresent() && unit.get().needsBeam()) {
            mistakes.add(
                    "R008",
                    symbol.get().place(),
                    "the unit " + unit.get() + " needs a beam to become K km/s",
                    "add \"beam\": [major, minor], FWHM in arcsec");
        }
        double major = axes.isEmpty() ? Double.NaN : axes.get(0);
        double minor = axes.isEmpty() ? Double.NaN : axes.get(axes.size() - 1);
        return unit.map(u -> new LineData(u, major, minor, redshift, fields.place()));
    }

    private static List<Double> numbers(Json value, Fields fields) {
        List<Json> items = value instanceof Json.Arr a ? a.items() : List.of(value);
        return items.stream().map(fields::asNumber).flatMap(Optional::stream).toList();
    }

    /**
     * Turns values into K km/s.
     *
     * @param values one per label, modified; NaN stays
     * @param labels names of lines, whose frequencies are those of the catalogue
     */
    void toKelvin(double[] values, List<String> labels, Optional<Path> lamda, Mistakes mistakes) {
        MoleculeCatalog catalog = lamda.map(MoleculeCatalog::lamda).orElseGet(MoleculeCatalog::builtIn);
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = unit.toKelvin(values[i], frequency(catalog, labels.get(i)), major, minor, redshift);
            } catch (IllegalArgumentException e) {
                Complaint wrong = Complaint.of(e);
                mistakes.add(
                        "R009",
                        place,
                        "the label '" + labels.get(i) + "' has no frequency for the unit " + unit + ": "
                                + wrong.reason(),
                        wrong.remedy());
            } catch (IOException e) {
                mistakes.add("F001", place, "a molecule cannot be read: " + e.getMessage(), "check the file");
            }
        }
    }

    private static double frequency(MoleculeCatalog catalog, String label) throws IOException {
        LineName name = LineName.parse(label);
        Molecule molecule = catalog.find(name.molecule());
        return molecule.line(name.transition())
                .map(l -> molecule.lines().get(l).frequency())
                .orElseThrow(() -> new IllegalArgumentException(
                        molecule.name() + " has no line " + name.transition() + "; correct the label"));
    }
}
