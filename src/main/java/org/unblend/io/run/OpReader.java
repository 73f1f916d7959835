package org.unblend.io.run;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Nearest;
import org.unblend.model.Op;
import org.unblend.model.Port;
import org.unblend.model.op.Add;
import org.unblend.model.op.Convolve;
import org.unblend.model.op.Elementwise;
import org.unblend.model.op.Forward;
import org.unblend.model.op.Product;
import org.unblend.model.op.Scale;
import org.unblend.model.op.Select;
import org.unblend.model.op.SumOver;

/** Reads the operations of a model file. */
final class OpReader {
    /** The keys that begin a node that follows from others. */
    static final List<String> KINDS = List.of("product", "sum", "scale", "function", "select", "convolve", "forward");

    private final Map<String, Axis> axes;
    private final ForwardReader forward;
    private final Mistakes mistakes;

    OpReader(Map<String, Axis> axes, ForwardReader forward, Mistakes mistakes) {
        this.axes = axes;
        this.forward = forward;
        this.mistakes = mistakes;
    }

    /** The operation, or empty with a note. */
    Optional<Op> read(String kind, Fields node) {
        return switch (kind) {
            case "product" -> Optional.of(new Product(node.text("left"), node.text("right")));
            case "sum" -> sum(node);
            case "scale" -> terms(node).map(Scale::new);
            case "function" -> function(node);
            case "select" -> Optional.of(new Select(node.text("of"), node.text("axis"), node.texts("labels")));
            case "convolve" -> Optional.of(convolve(node));
            default -> forward(node);
        };
    }

    private Optional<Op> sum(Fields node) {
        if (node.keys().contains("over")) {
            return Optional.of(new SumOver(node.text("of"), node.text("over")));
        }
        return terms(node).map(Add::new);
    }

    private Optional<List<String>> terms(Fields node) {
        List<String> terms = node.texts("of");
        if (terms.isEmpty()) {
            mistakes.add("M053", node.placeOf("of"), "'of' names no node", "list the nodes: \"of\": [\"a\", \"b\"]");
            return Optional.empty();
        }
        return Optional.of(terms);
    }

    private Optional<Op> function(Fields node) {
        String word = node.text("apply");
        String input = node.text("of");
        List<String> known = Stream.of(Elementwise.Function.values())
                .map(f -> f.name().toLowerCase(Locale.ROOT))
                .toList();
        if (!known.contains(word)) {
            mistakes.add(
                    "M054", node.placeOf("apply"), "no function is called '" + word + "'", Nearest.hint(word, known));
            return Optional.empty();
        }
        return Optional.of(new Elementwise(Elementwise.Function.valueOf(word.toUpperCase(Locale.ROOT)), input));
    }

    private static Op convolve(Fields node) {
        List<Double> kernel = node.items("kernel").stream()
                .map(node::asNumber)
                .flatMap(Optional::stream)
                .toList();
        return new Convolve(node.text("of"), node.text("axis"), kernel);
    }

    private Optional<Op> forward(Fields node) {
        Fields inputs = node.object("inputs");
        Optional<ForwardModel> model = forward.read(node, axes, mistakes);
        if (model.isEmpty()) {
            return Optional.empty();
        }
        List<String> nodes =
                model.get().inputs().stream().map(Port::name).map(inputs::text).toList();
        inputs.done();
        return nodes.contains("") ? Optional.empty() : Optional.of(new Forward(model.get(), nodes));
    }

    /** For readers of forward models: the axis that a node names under this key, or empty with a note. */
    static Optional<Axis> axis(Fields node, String key, Map<String, Axis> axes, Mistakes mistakes) {
        Optional<String> name = node.require(key).flatMap(node::asText);
        if (name.isPresent() && !axes.containsKey(name.get())) {
            mistakes.add(
                    "M052",
                    node.placeOf(key),
                    "no axis is called '" + name.get() + "'",
                    Nearest.hint(name.get(), axes.keySet()));
        }
        return name.map(axes::get);
    }
}
