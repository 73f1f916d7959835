package org.unblend.density;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.op.Forward;

/** A hash of everything that determines the densities of a graph. */
final class Fingerprint {
    private Fingerprint() {}

    /** SHA-256 in hexadecimal digits. */
    static String of(ModelGraph graph) {
        StringBuilder text = new StringBuilder();
        for (Node node : graph.nodes()) {
            text.append(node.name()).append('|').append(node.dims().axes()).append('|');
            if (node instanceof Constant c) {
                text.append(Arrays.toString(c.values()));
            } else if (node instanceof Parameter p) {
                text.append(text(p.prior()));
            } else if (node instanceof Observation o) {
                text.append(text(o.likelihood()))
                        .append(Arrays.toString(o.data()))
                        .append(Arrays.toString(o.weights()));
            } else if (node instanceof Deterministic d) {
                text.append(d.op() instanceof Forward f ? f.model().fingerprint() + f.inputs() : d.op());
            }
            text.append('\n');
        }
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Families may share a name and differ in their arguments. */
    private static String text(Distribution distribution) {
        return distribution + "" + distribution.argumentNames();
    }
}
