package org.unblend.chemistry;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chemical species. Names are written as chemists do, {@code He+}, {@code SiO}, {@code e-}; ices carry a leading
 * {@code #}. Isomer prefixes such as {@code c-} and {@code l-} are part of the name.
 *
 * @param name the name
 * @param atoms number of atoms of each element, in the order of the formula; empty for the electron
 * @param charge in units of the elementary charge
 * @param ice true if it is frozen on grains
 */
public record Species(String name, Map<String, Integer> atoms, int charge, boolean ice) {
    /** The electron's name. */
    public static final String ELECTRON = "e-";

    /** Mass numbers of the elements that networks use [u]. */
    private static final Map<String, Integer> MASS = Map.ofEntries(
            Map.entry("H", 1),
            Map.entry("D", 2),
            Map.entry("He", 4),
            Map.entry("C", 12),
            Map.entry("N", 14),
            Map.entry("O", 16),
            Map.entry("F", 19),
            Map.entry("Na", 23),
            Map.entry("Mg", 24),
            Map.entry("Si", 28),
            Map.entry("P", 31),
            Map.entry("S", 32),
            Map.entry("Cl", 35),
            Map.entry("Ne", 20),
            Map.entry("Al", 27),
            Map.entry("K", 39),
            Map.entry("Ar", 40),
            Map.entry("Ca", 40),
            Map.entry("Ti", 48),
            Map.entry("Fe", 56));

    /** Files in capitals write these elements with two capitals. */
    private static final Pattern CAPITALS = Pattern.compile("HE|CL|SI|MG|NA|FE|[A-Z]");

    private static final Pattern ATOM = Pattern.compile("(He|Cl|Si|Mg|Na|Fe|Ne|Al|Ar|Ca|Ti|[HDCNOFPSK])(\\d*)");
    private static final Pattern PREFIX = Pattern.compile("^(?:[a-z]{1,2}-)+");

    public Species {
        atoms = Collections.unmodifiableMap(new LinkedHashMap<>(atoms));
    }

    /**
     * Reads a name in either way of writing: {@code HE+} and {@code He+} are the same species.
     *
     * @return empty if the text is no formula of the elements H, He, C, N, O, F, Ne, Na, Mg, Al,
     * Si, P, S, Cl, K, Ar, Ca, Ti, Fe, D
     */
    public static Optional<Species> parse(String text) {
        if (text.equalsIgnoreCase(ELECTRON)) {
            return Optional.of(new Species(ELECTRON, Map.of(), -1, false));
        }
        boolean ice = text.startsWith("#");
        String body = ice ? text.substring(1) : text;
        int charge = 0;
        while (body.endsWith("+") || body.endsWith("-")) {
            charge += body.endsWith("+") ? 1 : -1;
            body = body.substring(0, body.length() - 1);
        }
        String prefix = "";
        Matcher isomer = PREFIX.matcher(body.matches("^[CLPOT]-.*") ? lowerFirst(body) : body);
        if (isomer.find()) {
            prefix = isomer.group();
            body = body.substring(prefix.length());
        }
        if (body.equals(body.toUpperCase(Locale.ROOT))) {
            body = CAPITALS.matcher(body)
                    .replaceAll(m -> m.group().length() == 1
                            ? m.group()
                            : m.group().charAt(0) + m.group().substring(1).toLowerCase(Locale.ROOT));
        }
        Map<String, Integer> atoms = new LinkedHashMap<>();
        Matcher m = ATOM.matcher(body);
        int at = 0;
        while (m.find() && m.start() == at) {
            atoms.merge(m.group(1), m.group(2).isEmpty() ? 1 : Integer.parseInt(m.group(2)), Integer::sum);
            at = m.end();
        }
        if (at != body.length() || atoms.isEmpty()) {
            return Optional.empty();
        }
        String sign = (charge > 0 ? "+" : "-").repeat(Math.abs(charge));
        return Optional.of(new Species((ice ? "#" : "") + prefix + body + sign, atoms, charge, ice));
    }

    private static String lowerFirst(String s) {
        return Character.toLowerCase(s.charAt(0)) + s.substring(1);
    }

    /** The canonical name of a text that {@link #parse} reads. @throws IllegalArgumentException if it reads none */
    public static String canonical(String text) {
        return parse(text)
                .map(Species::name)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no chemical species"));
    }

    /** Number of atoms of an element. */
    public int atoms(String element) {
        return atoms.getOrDefault(element, 0);
    }

    /** Mass number [u]; 0 for the electron. */
    public int mass() {
        return atoms.entrySet().stream()
                .mapToInt(e -> MASS.get(e.getKey()) * e.getValue())
                .sum();
    }
}
