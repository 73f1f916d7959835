package org.unblend.radiative;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.unblend.model.Complaint;
import org.unblend.model.Flaw;
import org.unblend.model.InvalidModel;

/**
 * The molecules and lines behind a list of names of lines.
 *
 * @param names name of each molecule as it is first written
 * @param zones the molecules, each once, in the order in which they are named first
 * @param lines one entry for each name of a line
 */
record LineSelection(List<String> names, List<OneZone> zones, List<Entry> lines) {

    /**
     * Where a line is found.
     *
     * @param zone index of its molecule among the zones
     * @param line index among the lines of the molecule
     */
    record Entry(int zone, int line) {}

    /**
     * @param catalog where molecules are looked up
     * @param texts names of lines, such as {@code CO(3-2)}
     * @throws InvalidModel with a flaw for each line that cannot be had
     * @throws IOException if the file of a molecule cannot be read
     */
    static LineSelection of(MoleculeCatalog catalog, Geometry geometry, List<String> texts) throws IOException {
        List<String> keys = new ArrayList<>();
        LineSelection found = new LineSelection(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<Entry> taken = new HashSet<>();
        List<Flaw> flaws = new ArrayList<>();
        for (String text : texts) {
            try {
                LineName name = LineName.parse(text);
                String key = MoleculeCatalog.key(name.molecule());
                if (!keys.contains(key)) {
                    found.zones.add(new OneZone(catalog.find(name.molecule()), geometry));
                    found.names.add(name.molecule());
                    keys.add(key);
                }
                int zone = keys.indexOf(key);
                Entry entry = new Entry(zone, line(found.zones.get(zone).molecule(), name));
                if (!taken.add(entry)) {
                    throw new IllegalArgumentException("the line " + name + " is listed twice; remove one");
                }
                found.lines.add(entry);
            } catch (IllegalArgumentException e) {
                // Messages of this package read "reason; remedy".
                Complaint wrong = Complaint.of(e);
                flaws.add(new Flaw("R002", text, wrong.reason(), wrong.remedy()));
            }
        }
        if (!flaws.isEmpty()) {
            throw new InvalidModel(flaws);
        }
        return new LineSelection(List.copyOf(found.names), List.copyOf(found.zones), List.copyOf(found.lines));
    }

    private static int line(Molecule molecule, LineName name) {
        return molecule.line(name.transition())
                .orElseThrow(() -> new IllegalArgumentException(molecule.name() + " has no line " + name.transition()
                        + "; choose among "
                        + molecule.lines().stream()
                                .limit(12)
                                .map(molecule::lineName)
                                .collect(Collectors.joining(", "))
                        + (molecule.lines().size() > 12 ? ", ..." : "")));
    }
}
