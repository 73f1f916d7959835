package org.unblend.radiative;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A molecule, atom or ion: its levels, lines and collision rates.
 *
 * @param name chemical name, such as {@code HCO+}
 * @param weight molecular weight [u]
 * @param levels energy levels, at least two
 * @param lines radiative transitions, at least one, each from a higher to a lower energy
 * @param collisions rates with each collision partner, at least one, each partner once
 * @param citations what to cite when results are shown
 */
public record Molecule(
        String name,
        double weight,
        List<Level> levels,
        List<RadiativeLine> lines,
        List<CollisionRates> collisions,
        List<String> citations) {

    public Molecule {
        levels = List.copyOf(levels);
        lines = List.copyOf(lines);
        collisions = List.copyOf(collisions);
        citations = List.copyOf(citations);
        if (name.isBlank() || !(weight > 0)) {
            throw new IllegalArgumentException("molecule '" + name + "' needs a name and a weight above 0");
        }
        if (levels.size() < 2 || lines.isEmpty() || collisions.isEmpty()) {
            throw new IllegalArgumentException(name + " needs two levels, a line and a collision partner");
        }
        for (RadiativeLine l : lines) {
            checkPair(name, levels, "line", l.upper(), l.lower());
            if (!(levels.get(l.upper()).energy() > levels.get(l.lower()).energy())) {
                throw new IllegalArgumentException(name + ": line " + (l.upper() + 1) + "-" + (l.lower() + 1)
                        + " must lead from a higher to a lower energy");
            }
        }
        for (CollisionRates r : collisions) {
            for (int t = 0; t < r.size(); t++) {
                checkPair(name, levels, "rate with " + r.partner(), r.upper(t), r.lower(t));
            }
        }
        if (collisions.stream().map(CollisionRates::partner).distinct().count() != collisions.size()) {
            throw new IllegalArgumentException(name + ": a collision partner is given twice");
        }
    }

    private static void checkPair(String name, List<Level> levels, String what, int upper, int lower) {
        if (Math.min(upper, lower) < 0 || Math.max(upper, lower) >= levels.size()) {
            throw new IllegalArgumentException(name + ": " + what + " " + (upper + 1) + "-" + (lower + 1)
                    + " names a level outside 1 to " + levels.size());
        }
    }

    /** True if there are rates with this partner. */
    public boolean collidesWith(Partner partner) {
        return collisions.stream().anyMatch(r -> r.partner() == partner);
    }

    /** Symbols of the collision partners, for messages. */
    public String partners() {
        return collisions.stream().map(r -> r.partner().toString()).collect(Collectors.joining(", "));
    }

    /**
     * The number by which users know the upper level of a line: J where every level is labelled by a whole number (J of a
     * linear molecule, or of an atom), else the level's number in the file, from 1.
     */
    public int upperNumber(RadiativeLine line) {
        boolean whole = levels.stream().allMatch(l -> l.label().matches("\\d{1,6}"));
        return whole ? Integer.parseInt(levels.get(line.upper()).label()) : line.upper() + 1;
    }

    /**
     * Index of the line named by the labels of its levels.
     *
     * @param transition upper and lower label joined by a minus sign, such as {@code 3-2}; whole numbers may lack zeros
     */
    public Optional<Integer> line(String transition) {
        for (int dash = transition.indexOf('-'); dash >= 0; dash = transition.indexOf('-', dash + 1)) {
            String up = plain(transition.substring(0, dash));
            String low = plain(transition.substring(dash + 1));
            for (int i = 0; i < lines.size(); i++) {
                RadiativeLine l = lines.get(i);
                if (plain(levels.get(l.upper()).label()).equals(up)
                        && plain(levels.get(l.lower()).label()).equals(low)) {
                    return Optional.of(i);
                }
            }
        }
        return Optional.empty();
    }

    /** Name of a line, such as {@code CO(3-2)}. */
    public String lineName(RadiativeLine line) {
        return name + "(" + plain(levels.get(line.upper()).label()) + "-"
                + plain(levels.get(line.lower()).label()) + ")";
    }

    private static String plain(String label) {
        String s = label.strip();
        return s.matches("\\d+") ? s.replaceFirst("^0+(?=.)", "") : s;
    }

    /** SHA-256 over all numbers, hexadecimal: two molecules with equal fingerprints give equal results. */
    public String fingerprint() {
        MessageDigest sha;
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (Level l : levels) {
            sha.update(l.label().getBytes(StandardCharsets.UTF_8));
            update(sha, l.energy(), l.weight());
        }
        for (RadiativeLine l : lines) {
            update(sha, l.upper(), l.lower(), l.einsteinA(), l.frequency());
        }
        for (CollisionRates r : collisions) {
            update(sha, r.partner().number(), r.temperatures());
            for (int i = 0; i < r.temperatures(); i++) {
                update(sha, r.temperature(i));
                for (int t = 0; t < r.size(); t++) {
                    update(sha, r.upper(t), r.lower(t), r.rate(i, t));
                }
            }
        }
        return HexFormat.of().formatHex(sha.digest());
    }

    private static void update(MessageDigest sha, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * values.length);
        for (double v : values) {
            bytes.putDouble(v);
        }
        sha.update(bytes.array());
    }

    @Override
    public String toString() {
        return name + " (" + levels.size() + " levels, " + lines.size() + " lines, collisions with " + partners() + ")";
    }
}
