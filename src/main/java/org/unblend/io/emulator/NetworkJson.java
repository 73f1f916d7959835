package org.unblend.io.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.math.Activation;
import org.unblend.math.DenseLayer;
import org.unblend.math.DenseNetwork;
import org.unblend.model.Nearest;

/**
 * A network in JSON: its layers, and one text with all weights in single precision, little-endian, base64; layer by layer
 * the matrix {@code [inputs x outputs]} row by row, then the biases. A checksum tells whether they came through.
 */
final class NetworkJson {
    private static final List<String> ACTIVATIONS =
            List.of(Activation.values()).stream().map(Activation::toString).toList();

    private NetworkJson() {}

    static void write(DenseNetwork net, ObjectNode to) {
        ArrayNode layers = to.putArray("layers");
        ByteBuffer bytes = ByteBuffer.allocate(4 * net.parameters()).order(ByteOrder.LITTLE_ENDIAN);
        for (DenseLayer l : net.layers()) {
            layers.addObject()
                    .put("inputs", l.inputs())
                    .put("outputs", l.outputs())
                    .put("activation", l.activation().toString());
            for (double[] row : l.weights()) {
                put(row, bytes);
            }
            put(l.bias(), bytes);
        }
        to.put("crc32", crc(bytes.array()));
        to.put("float32_le", Base64.getEncoder().encodeToString(bytes.array()));
    }

    private static void put(double[] values, ByteBuffer to) {
        for (double v : values) {
            to.putFloat((float) v);
        }
    }

    private static String crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** The network, or empty with a note. */
    static Optional<DenseNetwork> read(Fields fields, Mistakes mistakes) {
        List<int[]> shapes = new ArrayList<>();
        List<Activation> activations = new ArrayList<>();
        int total = 0;
        boolean fine = true;
        for (Json item : fields.items("layers")) {
            Fields layer = Fields.of(item, mistakes);
            int in = width(layer, "inputs", mistakes);
            int out = width(layer, "outputs", mistakes);
            String name = layer.text("activation");
            layer.done();
            fine &= in > 0 && out > 0 && known(name, layer, mistakes);
            if (fine) {
                shapes.add(new int[] {in, out});
                activations.add(Activation.valueOf(name.toUpperCase(Locale.ROOT)));
                total += (in + 1) * out;
            }
        }
        String crc = fields.text("crc32");
        String text = fields.text("float32_le");
        fields.done();
        if (!fine || shapes.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return damaged(fields, "the weights are no base64", mistakes);
        }
        if (bytes.length != 4 * total) {
            return damaged(
                    fields,
                    "the layers have " + total + " weights, but the text holds " + bytes.length + " bytes",
                    mistakes);
        }
        if (!crc(bytes).equals(crc)) {
            return damaged(fields, "the checksum of the weights is " + crc(bytes) + ", not " + crc, mistakes);
        }
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            List<DenseLayer> layers = new ArrayList<>();
            for (int l = 0; l < shapes.size(); l++) {
                double[][] w = new double[shapes.get(l)[0]][shapes.get(l)[1]];
                for (double[] row : w) {
                    get(row, from);
                }
                double[] b = new double[shapes.get(l)[1]];
                get(b, from);
                layers.add(new DenseLayer(w, b, activations.get(l)));
            }
            return Optional.of(new DenseNetwork(layers));
        } catch (IllegalArgumentException e) {
            return damaged(fields, e.getMessage(), mistakes);
        }
    }

    private static int width(Fields layer, String key, Mistakes mistakes) {
        double n = layer.number(key);
        if (!(n >= 1 && n <= 1 << 16) || n != Math.rint(n)) {
            mistakes.add("E001", layer.placeOf(key), "'" + key + "' is " + n, "give a whole number from 1");
            return 0;
        }
        return (int) n;
    }

    private static boolean known(String name, Fields layer, Mistakes mistakes) {
        if (!ACTIVATIONS.contains(name)) {
            mistakes.add(
                    "E002",
                    layer.placeOf("activation"),
                    "no activation is called '" + name + "'",
                    Nearest.hint(name, ACTIVATIONS));
            return false;
        }
        return true;
    }

    private static Optional<DenseNetwork> damaged(Fields fields, String why, Mistakes mistakes) {
        mistakes.add("E003", fields.place(), why, "the file is damaged; fetch it again or train anew");
        return Optional.empty();
    }

    private static void get(double[] to, ByteBuffer from) {
        for (int i = 0; i < to.length; i++) {
            to[i] = from.getFloat();
        }
    }
}
