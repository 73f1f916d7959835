package org.unblend.density;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.unblend.math.Sparse;
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
        MessageDigest digest = digest();
        for (Node node : graph.nodes()) {
            add(digest, node.name() + "|" + node.dims().axes() + "|");
            if (node instanceof Constant c) {
                add(digest, Arrays.toString(c.values()));
            } else if (node instanceof Parameter p) {
                add(digest, text(p.prior()));
            } else if (node instanceof Observation o) {
                add(digest, text(o.likelihood()));
                o.sparse().ifPresentOrElse(x -> add(digest, x), () -> {
                    add(digest, Arrays.toString(o.data()));
                    add(digest, Arrays.toString(o.weights()));
                });
            } else if (node instanceof Deterministic d) {
                add(digest, d.op() instanceof Forward f ? f.model().fingerprint() + f.inputs() : d.op() + "");
            }
            add(digest, "\n");
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The stored entries row by row, so that no text of all of them is needed. */
    private static void add(MessageDigest digest, Sparse x) {
        for (int i = 0; i < x.rows(); i++) {
            StringBuilder row = new StringBuilder().append(i);
            for (int p = x.start()[i]; p < x.start()[i + 1]; p++) {
                row.append(',').append(x.column()[p]).append(':').append(x.value()[p]);
            }
            add(digest, row.append(';').toString());
        }
    }

    /** Families may share a name and differ in their arguments. */
    private static String text(Distribution distribution) {
        return distribution + "" + distribution.argumentNames();
    }
}
