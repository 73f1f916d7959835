package org.unblend.io.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.LineEmulator;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.Complaint;
import org.unblend.model.ForwardModel;
import org.unblend.model.Nearest;
import org.unblend.radiative.LineName;
import org.unblend.radiative.MoleculeCatalog;

/**
 * Reads the forward model {@code line-emulator}: {@code "axis"} names the axis whose labels are the lines, {@code
 * "emulators"} the files, one for each molecule. {@code "error"} names a second node for the standard deviations of what
 * the emulators get wrong; {@code "give": "error"} gives these alone.
 */
final class EmulatorReader implements ForwardReader {
    static final String KIND = "line-emulator";
    private static final List<String> GIVE = List.of("intensity", "error");

    @Override
    public Optional<ForwardModel> read(Fields node, Map<String, Axis> axes, Mistakes mistakes) {
        Optional<Axis> axis = OpReader.axis(node, "axis", axes, mistakes);
        Optional<Boolean> error = error(node, mistakes);
        if (axis.isEmpty() || error.isEmpty()) {
            return Optional.empty();
        }
        return lines(node, "emulators", axis.get(), error.get(), mistakes).map(l -> l);
    }

    /** Whether a node wants errors, of the keys {@code error} and {@code give}; empty with a note. */
    static Optional<Boolean> error(Fields node, Mistakes mistakes) {
        boolean second = node.find("error").isPresent();
        if (second && node.text("error").isBlank()) {
            mistakes.add(
                    "E030", node.placeOf("error"), "the node of the errors has no name", "name it, or leave it out");
            return Optional.empty();
        }
        String give = node.text("give", "intensity");
        if (!GIVE.contains(give) || second && give.equals("error")) {
            mistakes.add(
                    "E030",
                    node.placeOf("give"),
                    "'" + give + "' cannot be given" + (second ? " beside an error" : ""),
                    second ? "leave 'give' out" : Nearest.hint(give, GIVE));
            return Optional.empty();
        }
        return Optional.of(second || give.equals("error"));
    }

    /** Emulated lines from the files that a key lists, or empty with a note. */
    static Optional<LineEmulator> lines(Fields node, String key, Axis axis, boolean error, Mistakes mistakes) {
        List<Emulator> emulators = emulators(node, key, mistakes);
        if (emulators.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LineEmulator(members(emulators, axis), axis, error));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e);
            mistakes.add("E031", node.place(), wrong.reason(), wrong.remedy());
            return Optional.empty();
        }
    }

    private static List<Emulator> emulators(Fields node, String key, Mistakes mistakes) {
        List<String> files = node.texts(key);
        if (files.isEmpty()) {
            mistakes.add("E032", node.placeOf(key), "no emulator is named", "list the files of the molecules");
        }
        List<Emulator> found = new ArrayList<>();
        for (String file : files) {
            Path path = node.place().file().resolveSibling(file);
            mistakes.attempt(() -> EmulatorFile.read(path)).ifPresent(found::add);
        }
        return found.size() == files.size() ? found : List.of();
    }

    /** The molecules in the order in which the lines name them first. */
    private static List<LineEmulator.Member> members(List<Emulator> emulators, Axis axis) {
        List<String> keys = new ArrayList<>();
        List<String> molecules = new ArrayList<>();
        List<List<Integer>> places = new ArrayList<>();
        for (int i = 0; i < axis.length(); i++) {
            String molecule = LineName.parse(axis.labels().get(i)).molecule();
            String key = MoleculeCatalog.key(molecule);
            if (!keys.contains(key)) {
                keys.add(key);
                molecules.add(molecule);
                places.add(new ArrayList<>());
            }
            places.get(keys.indexOf(key)).add(i);
        }
        List<LineEmulator.Member> members = new ArrayList<>();
        for (int k = 0; k < keys.size(); k++) {
            Emulator emulator = emulatorOf(keys.get(k), molecules.get(k), emulators);
            String known = LineName.parse(emulator.outputs().get(0).name()).molecule();
            List<String> lines = places.get(k).stream()
                    .map(i -> known + "(" + LineName.parse(axis.labels().get(i)).transition() + ")")
                    .toList();
            members.add(new LineEmulator.Member(molecules.get(k), emulator.only(lines), places.get(k)));
        }
        return members;
    }

    private static Emulator emulatorOf(String key, String molecule, List<Emulator> emulators) {
        return emulators.stream()
                .filter(e -> MoleculeCatalog.key(
                                LineName.parse(e.outputs().get(0).name()).molecule())
                        .equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no emulator for " + molecule + " among "
                        + emulators.stream().map(e -> e.card().name()).toList()
                        + "; add its file, or make one with 'unblend train'"));
    }
}
