package org.unblend.io.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.math.Activation;
import org.unblend.math.DenseLayer;
import org.unblend.math.DenseNetwork;

/**
 * An emulator as an ONNX graph (operator set 13) in single precision: input {@code x} {@code [rows x inputs]} and output
 * {@code y} {@code [rows x outputs]} are in natural units, scaling is part of the graph. The domain is not: who runs the
 * graph stays inside.
 */
public final class OnnxFile {
    private static final int IR_VERSION = 8;
    private static final int OPERATOR_SET = 13;
    private static final int FLOAT = 1;
    private static final String ROWS = "rows";

    private final Proto graph = new Proto();
    private int names;

    private OnnxFile() {}

    /** Writes the graph. */
    public static void write(Emulator e, Path file) throws IOException {
        write(new OnnxFile().graph(e), file);
    }

    /** Writes a network alone: what {@code x} and {@code y} are is the caller's affair. */
    public static void write(DenseNetwork net, Path file) throws IOException {
        OnnxFile made = new OnnxFile();
        made.node("Identity", List.of(made.network(net, "x")), "y", null);
        made.ends(net.toString(), net.inputs(), net.outputs());
        write(made.graph, file);
    }

    private static void write(Proto graph, Path file) throws IOException {
        Proto model = new Proto()
                .number(1, IR_VERSION)
                .text(2, "unblend")
                .message(7, graph)
                .message(8, new Proto().text(1, "").number(2, OPERATOR_SET));
        Path part = file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, model.bytes());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private Proto graph(Emulator e) {
        List<EmulatorInput> inputs = e.domain();
        // z = a x + c ln x + b with one of a and c zero.
        String logs = node("Log", node("Max", "x", row("tiny", new double[] {1e-30})));
        String z = node(
                "Add",
                node("Mul", "x", row("a", inputs, i -> i.logarithmic() ? 0 : 2 / (i.high() - i.low()))),
                node("Mul", logs, row("c", inputs, i -> i.logarithmic() ? 2 / Math.log(i.high() / i.low()) : 0)));
        z = node("Add", z, row("b", inputs, i -> i.scaled(i.low()) - scaledSlope(i)));
        List<String> parts = new ArrayList<>();
        for (Emulator.Part p : e.parts()) {
            parts.add(network(p.network(), z));
        }
        String all = parts.size() == 1 ? parts.get(0) : concat(parts);
        List<EmulatorOutput> outputs = e.outputs();
        String s = node(
                "Add",
                node("Mul", all, row("sd", outputs, EmulatorOutput::sd)),
                row("mean", outputs, EmulatorOutput::mean));
        // y = p s + q exp(s ln 10) + r sinh(s) with two of the three zero; what is not used is taken at s = 0.
        String exp = node("Exp", node("Mul", s, row("k", outputs, o -> is(o, "log10") * Math.log(10))));
        String sinh = node("Sinh", node("Mul", s, row("h", outputs, o -> is(o, "asinh"))));
        String linear = node("Mul", s, row("p", outputs, o -> is(o, "linear")));
        String powers = node("Mul", exp, row("q", outputs, o -> is(o, "log10")));
        String sines = node("Mul", sinh, row("r", outputs, o -> is(o, "asinh") * o.floor()));
        node("Add", List.of(node("Add", linear, powers), sines), "y", null);
        ends(e.card().name(), inputs.size(), outputs.size());
        return graph;
    }

    private void ends(String name, int inputs, int outputs) {
        graph.text(2, name);
        graph.message(11, value("x", inputs));
        graph.message(12, value("y", outputs));
    }

    /** What a x or c ln x is at the lower end, where the scaled input is -1. */
    private static double scaledSlope(EmulatorInput i) {
        return i.logarithmic()
                ? 2 * Math.log(i.low()) / Math.log(i.high() / i.low())
                : 2 * i.low() / (i.high() - i.low());
    }

    private static double is(EmulatorOutput o, String scale) {
        return o.scale().toString().equals(scale) ? 1 : 0;
    }

    private String network(DenseNetwork net, String x) {
        String a = x;
        for (DenseLayer l : net.layers()) {
            double[][] w = l.weights();
            double[] flat = new double[l.inputs() * l.outputs()];
            for (int i = 0; i < w.length; i++) {
                System.arraycopy(w[i], 0, flat, i * l.outputs(), l.outputs());
            }
            String z = node("Gemm", a, tensor("W", flat, l.inputs(), l.outputs()), tensor("B", l.bias(), l.outputs()));
            a = activation(l.activation(), z);
        }
        return a;
    }

    private String activation(Activation f, String z) {
        return switch (f) {
            case LINEAR -> z;
            case RELU -> node("Relu", z);
            case TANH -> node("Tanh", z);
            case SOFTPLUS -> node("Softplus", z);
            case SILU -> node("Mul", z, node("Sigmoid", z));
        };
    }

    private String concat(List<String> parts) {
        String name = "v" + names++;
        // The axis of the attribute: name, value 1, type INT.
        node("Concat", parts, name, new Proto().text(1, "axis").number(3, 1).number(20, 2));
        return name;
    }

    private String node(String operator, String... inputs) {
        String name = "v" + names++;
        node(operator, List.of(inputs), name, null);
        return name;
    }

    private void node(String operator, List<String> inputs, String output, Proto attribute) {
        Proto node = new Proto();
        inputs.forEach(i -> node.text(1, i));
        node.text(2, output).text(4, operator);
        if (attribute != null) {
            node.message(5, attribute);
        }
        graph.message(1, node);
    }

    private <T> String row(String name, List<T> of, ToDoubleFunction<T> value) {
        return row(name, of.stream().mapToDouble(value).toArray());
    }

    private String row(String name, double[] values) {
        return tensor(name, values, 1, values.length);
    }

    private String tensor(String prefix, double[] values, int... dims) {
        String name = prefix + names++;
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double v : values) {
            raw.putFloat((float) v);
        }
        Proto tensor = new Proto();
        for (int d : dims) {
            tensor.number(1, d);
        }
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
        return name;
    }

    private static Proto value(String name, int columns) {
        Proto shape = new Proto().message(1, new Proto().text(2, ROWS)).message(1, new Proto().number(1, columns));
        return new Proto()
                .text(1, name)
                .message(2, new Proto().message(1, new Proto().number(1, FLOAT).message(2, shape)));
    }
}
