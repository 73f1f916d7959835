package org.unblend.io.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unblend.infer.Engine;
import org.unblend.infer.Knob;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Nearest;

/** Checks the knobs of a run file against those of the engine that was chosen. */
public final class KnobReader {
    private KnobReader() {}

    /**
     * The value of every knob of the engine.
     *
     * @throws BadInput for knobs that the engine does not have and values out of range
     */
    public static Map<String, Double> read(RunFile run, Engine engine) {
        return read(run, "engine '" + engine.name() + "'", engine.knobs());
    }

    /**
     * The value of every knob of what answers the run.
     *
     * @param what how messages call it
     * @throws BadInput for knobs that it does not have and values out of range
     */
    public static Map<String, Double> read(RunFile run, String what, List<Knob> knobs) {
        Mistakes mistakes = new Mistakes();
        Map<String, Double> values = new LinkedHashMap<>();
        knobs.forEach(k -> values.put(k.name(), k.standard()));
        List<String> names = knobs.stream().map(Knob::name).toList();
        run.knobs().forEach((name, given) -> {
            if (!names.contains(name)) {
                mistakes.add(
                        "R006",
                        given.place(),
                        what + (names.isEmpty() ? " has no knobs" : " has no knob '" + name + "'"),
                        names.isEmpty() ? "take '" + name + "' out" : Nearest.hint(name, names));
                return;
            }
            Knob knob = knobs.get(names.indexOf(name));
            if (knob.words().isEmpty() == given.word().isPresent()
                    || given.word().filter(w -> !knob.words().contains(w)).isPresent()) {
                mistakes.add(
                        "R007",
                        given.place(),
                        name + " = " + given.word().orElseGet(() -> Double.toString(given.value())) + " is not allowed",
                        "give " + (knob.words().isEmpty() ? "a number" : "one of " + String.join(", ", knob.words()))
                                + ": " + knob.meaning());
                return;
            }
            double value =
                    given.word().map(w -> (double) knob.words().indexOf(w)).orElse(given.value());
            if (!(value >= knob.low() && value <= knob.high()) || (knob.whole() && value != Math.rint(value))) {
                mistakes.add(
                        "R007",
                        given.place(),
                        name + " = " + value + " is not allowed",
                        "give a " + (knob.whole() ? "whole " : "") + "number from " + knob.low() + " to " + knob.high()
                                + ": " + knob.meaning());
            }
            values.put(name, value);
        });
        mistakes.throwIfAny();
        return values;
    }
}
