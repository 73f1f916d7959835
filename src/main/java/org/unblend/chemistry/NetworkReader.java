package org.unblend.chemistry;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads network files: UMIST (RATE12, RATE22: fields between colons) and KIDA (fixed columns). */
public final class NetworkReader {

    /** One line of a file while it is read. */
    interface LineReader {
        /**
         * The reaction of a line, or empty with a note in {@code skipped}.
         *
         * @throws NetworkFormatException if the line is malformed
         */
        Optional<Reaction> read(String file, int number, String line, List<String> skipped)
                throws NetworkFormatException;
    }

    private NetworkReader() {}

    /**
     * Reads a file; the format is told by its first reaction: a colon within it means UMIST.
     *
     * @throws NetworkFormatException with line and column if the file is malformed
     */
    public static Network read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        return read(path.toString(), new String(bytes, StandardCharsets.ISO_8859_1), digest(bytes));
    }

    static Network read(String file, String text, String hash) throws NetworkFormatException {
        List<String> lines = text.lines().toList();
        boolean umist = lines.stream()
                .filter(l -> !comment(l))
                .findFirst()
                .map(l -> l.indexOf(':') >= 0)
                .orElseThrow(() ->
                        new NetworkFormatException(file, 1, 1, "the file holds no reaction", "give a network file"));
        LineReader reader = umist ? new UmistLine() : new KidaLine();
        List<Reaction> reactions = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (comment(line)) {
                continue;
            }
            Optional<Reaction> r = reader.read(file, i + 1, line, skipped);
            if (r.isPresent()) {
                balanced(r.get(), file, i + 1);
                reactions.add(r.get());
            }
        }
        if (reactions.isEmpty()) {
            throw new NetworkFormatException(file, 1, 1, "no reaction of the file can be used", "give another file");
        }
        return Network.of(
                file.substring(file.lastIndexOf('/') + 1),
                umist ? reactions : merged(reactions),
                Optional.empty(),
                umist ? UmistLine.ZETA : KidaLine.ZETA,
                umist ? UmistLine.CITATIONS : KidaLine.CITATIONS,
                skipped,
                hash);
    }

    private static boolean comment(String line) {
        return line.isBlank() || line.startsWith("#") || line.startsWith("!");
    }

    /** KIDA repeats a reaction on a line of its own for each range of temperature, under the same number. */
    private static List<Reaction> merged(List<Reaction> reactions) {
        Map<String, Integer> place = new HashMap<>();
        List<Reaction> all = new ArrayList<>();
        for (Reaction r : reactions) {
            String key = r.id() + " " + r.equation();
            Integer at = place.get(key);
            if (at == null || all.get(at).kind() != r.kind()) {
                place.put(key, all.size());
                all.add(r);
            } else {
                List<Reaction.Fit> fits = new ArrayList<>(all.get(at).fits());
                fits.addAll(r.fits());
                fits.sort((a, b) -> Double.compare(a.low(), b.low()));
                all.set(at, new Reaction(r.id(), r.kind(), r.reactants(), r.products(), fits, r.source()));
            }
        }
        return all;
    }

    private static void balanced(Reaction r, String file, int line) throws NetworkFormatException {
        Map<String, Integer> sum = new HashMap<>();
        for (String s : r.reactants()) {
            count(s, 1, sum);
        }
        for (String s : r.products()) {
            count(s, -1, sum);
        }
        sum.values().removeIf(v -> v == 0);
        if (!sum.isEmpty()) {
            throw new NetworkFormatException(
                    file,
                    line,
                    1,
                    "the reaction " + r.equation() + " is not balanced (reactants less products: " + sum + ")",
                    "correct its reactants or products");
        }
    }

    private static void count(String name, int sign, Map<String, Integer> sum) {
        Species s = Species.parse(name).orElseThrow();
        s.atoms().forEach((e, k) -> sum.merge(e, sign * k, Integer::sum));
        sum.merge("charge", sign * s.charge(), Integer::sum);
    }

    static String digest(byte[] bytes) {
        try {
            return String.format(
                    "%064x",
                    new BigInteger(1, MessageDigest.getInstance("SHA-256").digest(bytes)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
