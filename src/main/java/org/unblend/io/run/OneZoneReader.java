package org.unblend.io.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.InvalidModel;
import org.unblend.model.Nearest;
import org.unblend.radiative.Geometry;
import org.unblend.radiative.LamdaFormatException;
import org.unblend.radiative.MoleculeCatalog;
import org.unblend.radiative.OneZoneModel;

/**
 * Reads the forward model {@code one-zone}: {@code "axis"} names the axis whose labels are the lines, {@code
 * "background"} gives the temperature of the background radiation in K, {@code "geometry"} the shape of the zone (sphere, if
 * left out).
 */
final class OneZoneReader implements ForwardReader {
    static final String KIND = "one-zone";

    private final MoleculeCatalog catalog;

    /** @param lamda directory of LAMDA files, or empty for the built-in molecules */
    OneZoneReader(Optional<Path> lamda) {
        catalog = lamda.map(MoleculeCatalog::lamda).orElseGet(MoleculeCatalog::builtIn);
    }

    @Override
    public Optional<ForwardModel> read(Fields node, Map<String, Axis> axes, Mistakes mistakes) {
        Optional<Axis> axis = OpReader.axis(node, "axis", axes, mistakes);
        double background = node.number("background", 2.73);
        Optional<Geometry> geometry = geometry(node, mistakes);
        if (axis.isEmpty() || geometry.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OneZoneModel.of(catalog, axis.get(), background, geometry.get()));
        } catch (InvalidModel e) {
            e.flaws().forEach(f -> mistakes.add(f.code(), node.place(), f.node() + ": " + f.reason(), f.remedy()));
        } catch (LamdaFormatException e) {
            mistakes.add("L001", new Place(Path.of(e.file()), e.line(), e.column(), "", ""), e.reason(), e.remedy());
        } catch (IOException e) {
            mistakes.add("F001", node.place(), "a molecule cannot be read: " + e.getMessage(), "check the file");
        }
        return Optional.empty();
    }

    private static Optional<Geometry> geometry(Fields node, Mistakes mistakes) {
        String name = node.text("geometry", Geometry.SPHERE.toString());
        try {
            return Optional.of(Geometry.named(name));
        } catch (IllegalArgumentException e) {
            List<String> known =
                    Arrays.stream(Geometry.values()).map(Geometry::toString).toList();
            mistakes.add("R014", node.placeOf("geometry"), "'" + name + "' is no geometry", Nearest.hint(name, known));
            return Optional.empty();
        }
    }
}
