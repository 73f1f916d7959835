package org.unblend.io.emulator;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorCard;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.io.AtomicFile;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.math.DenseNetwork;
import org.unblend.model.Complaint;
import org.unblend.model.Nearest;
import org.unblend.model.Support;

/** A trained emulator as one JSON file, format {@code emulator/1}. */
public final class EmulatorFile {
    private static final String FORMAT = "emulator/1";
    private static final List<String> SCALES = List.of(EmulatorOutput.Scale.values()).stream()
            .map(Object::toString)
            .toList();

    private EmulatorFile() {}

    /** Writes an emulator; weights are rounded to single precision. */
    public static void write(Emulator e, Path file) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        EmulatorCard card = e.card();
        root.put("format", FORMAT)
                .put("name", card.name())
                .put("source", card.source())
                .put("fingerprint", card.fingerprint())
                .put("training", card.training());
        ArrayNode cite = root.putArray("cite");
        card.citations().forEach(cite::add);
        ArrayNode measured = root.putArray("measured");
        for (EmulatorCard.OutputError m : card.measured()) {
            ObjectNode one = measured.addObject();
            one.put("output", m.output()).put("measure", m.measure()).put("points", m.rows());
            // An output that is never significant has no errors.
            number(one, "median", m.median());
            number(one, "p95", m.p95());
            number(one, "largest", m.largest());
            number(one, "within_1_sd", m.within1());
            number(one, "within_2_sd", m.within2());
        }
        ArrayNode inputs = root.putArray("inputs");
        for (EmulatorInput i : e.domain()) {
            ObjectNode one = inputs.addObject();
            one.put("name", i.name()).put("unit", i.unit()).put("low", i.low()).put("high", i.high());
            one.put("scale", i.logarithmic() ? "log" : "linear");
            if (Double.isFinite(i.trusted().low())) {
                one.put("extrapolated_below", i.trusted().low());
            }
            if (Double.isFinite(i.trusted().high())) {
                one.put("extrapolated_above", i.trusted().high());
            }
        }
        ArrayNode outputs = root.putArray("outputs");
        for (EmulatorOutput o : e.outputs()) {
            ObjectNode one = outputs.addObject();
            one.put("name", o.name())
                    .put("unit", o.unit())
                    .put("scale", o.scale().toString());
            one.put("floor", o.floor()).put("mean", o.mean()).put("sd", o.sd());
        }
        ArrayNode networks = root.putArray("networks");
        e.parts().forEach(p -> NetworkJson.write(p.network(), networks.addObject()));
        e.errorNetwork().ifPresent(n -> NetworkJson.write(n, root.putObject("error_network")));
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentArraysWith(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
        AtomicFile.write(file, new ObjectMapper().writer(printer).writeValueAsString(root) + "\n");
    }

    private static void number(ObjectNode to, String key, double value) {
        if (Double.isFinite(value)) {
            // Measured values carry no more than four digits of meaning.
            to.put(key, Double.parseDouble(String.format(Locale.ROOT, "%.4g", value)));
        }
    }

    /**
     * Reads an emulator.
     *
     * @throws BadInput with every mistake if the file is missing, damaged or of another format
     */
    public static Emulator read(Path file) {
        Mistakes mistakes = new Mistakes();
        Fields root = Fields.ofFile(file, FORMAT, mistakes);
        List<EmulatorCard.OutputError> measured = new ArrayList<>();
        for (Json item : root.items("measured")) {
            measured.add(measured(Fields.of(item, mistakes)));
        }
        List<String> cite = root.texts("cite");
        EmulatorCard card = new EmulatorCard(
                root.text("name"),
                root.text("source"),
                root.text("fingerprint"),
                root.text("training"),
                cite,
                measured);
        List<EmulatorInput> inputs = new ArrayList<>();
        for (Json item : root.items("inputs")) {
            InputJson.read(Fields.of(item, mistakes), mistakes).ifPresent(inputs::add);
        }
        List<EmulatorOutput> outputs = new ArrayList<>();
        for (Json item : root.items("outputs")) {
            output(Fields.of(item, mistakes), mistakes).ifPresent(outputs::add);
        }
        List<Emulator.Part> parts = new ArrayList<>();
        int first = 0;
        for (Json item : root.items("networks")) {
            Optional<DenseNetwork> net = NetworkJson.read(Fields.of(item, mistakes), mistakes);
            if (net.isPresent()) {
                parts.add(new Emulator.Part(net.get(), first));
                first += net.get().outputs();
            }
        }
        Optional<DenseNetwork> error =
                root.find("error_network").flatMap(n -> NetworkJson.read(Fields.of(n, mistakes), mistakes));
        root.done();
        mistakes.throwIfAny();
        try {
            return new Emulator(card, inputs, outputs, parts, error);
        } catch (IllegalArgumentException e) {
            throw new BadInput(
                    "E004", root.place(), e.getMessage(), "the file is damaged; fetch it again or train anew");
        }
    }

    private static EmulatorCard.OutputError measured(Fields f) {
        EmulatorCard.OutputError error = new EmulatorCard.OutputError(
                f.text("output"),
                f.text("measure"),
                (int) f.number("points"),
                f.number("median", Double.NaN),
                f.number("p95", Double.NaN),
                f.number("largest", Double.NaN),
                f.number("within_1_sd", Double.NaN),
                f.number("within_2_sd", Double.NaN));
        f.done();
        return error;
    }

    private static Optional<EmulatorOutput> output(Fields f, Mistakes mistakes) {
        String name = f.text("name");
        String unit = f.text("unit");
        Optional<EmulatorOutput.Scale> scale = scale(f, mistakes);
        double floor = f.number("floor");
        double mean = f.number("mean");
        double sd = f.number("sd");
        f.done();
        try {
            return scale.map(s -> new EmulatorOutput(name, unit, s, floor, mean, sd));
        } catch (IllegalArgumentException e) {
            mistakes.add("E005", f.place(), e.getMessage(), "the file is damaged; fetch it again or train anew");
            return Optional.empty();
        }
    }

    /** The key {@code scale} of an output. */
    static Optional<EmulatorOutput.Scale> scale(Fields f, Mistakes mistakes) {
        String text = f.text("scale");
        if (!SCALES.contains(text)) {
            mistakes.add("E006", f.placeOf("scale"), "no scale is called '" + text + "'", Nearest.hint(text, SCALES));
            return Optional.empty();
        }
        return Optional.of(EmulatorOutput.Scale.valueOf(text.toUpperCase(Locale.ROOT)));
    }

    /** An input with its interval. */
    static final class InputJson {
        private InputJson() {}

        static Optional<EmulatorInput> read(Fields f, Mistakes mistakes) {
            String name = f.text("name");
            String unit = f.text("unit");
            double low = f.number("low");
            double high = f.number("high");
            String scale = f.text("scale");
            double below = f.number("extrapolated_below", Double.NEGATIVE_INFINITY);
            double above = f.number("extrapolated_above", Double.POSITIVE_INFINITY);
            f.done();
            List<String> known = List.of("log", "linear");
            if (!known.contains(scale)) {
                mistakes.add(
                        "E006", f.placeOf("scale"), "no scale is called '" + scale + "'", Nearest.hint(scale, known));
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new EmulatorInput(name, unit, low, high, scale.equals("log"), new Support(below, above)));
            } catch (IllegalArgumentException e) {
                Complaint wrong = Complaint.of(e);
                mistakes.add("E007", f.place(), wrong.reason(), wrong.remedy());
                return Optional.empty();
            }
        }
    }
}
