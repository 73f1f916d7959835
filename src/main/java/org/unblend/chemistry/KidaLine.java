package org.unblend.chemistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line of KIDA (uva.2014, uva.2024): three reactants in columns 1-33, five products in columns 35-90, then A, B, C, three
 * fields of uncertainty, type, Tmin, Tmax, formula, number, and two more. Reactions with grains (GRAIN0, GRAIN-, XH) are
 * left out: grain processes are the program's own.
 */
final class KidaLine implements NetworkReader.LineReader {
    /** KIDA multiplies by the rate itself [1/s]; the rates here are made for this one. */
    static final double ZETA = 1.3e-17;

    static final List<String> CITATIONS = List.of(
            "Wakelam et al. 2015, ApJS 217, 20 (KIDA uva.2014)", "Wakelam et al. 2024, A&A 689, A63 (KIDA uva.2024)");
    private static final int PRODUCTS = 34;
    private static final int NUMBERS = 90;

    @Override
    public Optional<Reaction> read(String file, int number, String line, List<String> skipped)
            throws NetworkFormatException {
        if (line.length() < NUMBERS + 10) {
            throw new NetworkFormatException(
                    file,
                    number,
                    1,
                    "the line has " + line.length() + " characters, the coefficients begin at " + (NUMBERS + 1),
                    "give KIDA's fixed columns");
        }
        String[] f = line.substring(NUMBERS).strip().split("\\s+");
        if (f.length < 11) {
            throw new NetworkFormatException(
                    file,
                    number,
                    NUMBERS + 1,
                    "there are " + f.length + " fields after the products, at least 11 are needed",
                    "give A B C, three of uncertainty, type, Tmin, Tmax, formula, number");
        }
        List<String> reactants = new ArrayList<>();
        List<String> products = new ArrayList<>();
        if (!species(line.substring(0, PRODUCTS), 1, reactants, file, number)
                | !species(line.substring(PRODUCTS, NUMBERS), PRODUCTS + 1, products, file, number)) {
            skipped.add("line " + number + ": a reaction with grains");
            return Optional.empty();
        }
        double a = number(f[0], line, file, number);
        double b = number(f[1], line, file, number);
        double c = number(f[2], line, file, number);
        double low = temperature(number(f[7], line, file, number), 0);
        double high = temperature(number(f[8], line, file, number), 1e9);
        Reaction.Kind kind = switch (f[9]) {
            case "1" -> f[6].equals("1") || f[6].equals("2") ? Reaction.Kind.COSMIC_RAY : null;
            case "2" -> f[6].equals("3") ? Reaction.Kind.PHOTON : null;
            case "3" -> Reaction.Kind.TWO_BODY;
            case "4" -> Reaction.Kind.ION_POLAR_1;
            case "5" -> Reaction.Kind.ION_POLAR_2;
            default -> null;
        };
        if (kind == null && f[9].equals("2") && f[6].equals("2")) {
            // Photons induced by cosmic rays, written with the formula of photons and C = 0 or without use.
            kind = Reaction.Kind.COSMIC_RAY;
        }
        if (kind == null && f[9].equals("1") && f[6].equals("3")) {
            kind = Reaction.Kind.PHOTON;
        }
        if (kind == null || kind == Reaction.Kind.TWO_BODY && reactants.size() != 2) {
            skipped.add("line " + number + ": formula " + f[9] + " of type " + f[6] + " with " + reactants.size()
                    + " reactants");
            return Optional.empty();
        }
        double alpha = kind == Reaction.Kind.COSMIC_RAY ? a * ZETA : a;
        return Optional.of(new Reaction(
                f[10], kind, reactants, products, List.of(new Reaction.Fit(alpha, b, c, low, high)), "KIDA " + f[10]));
    }

    private static double temperature(double t, double ifOpen) {
        return Math.abs(t) >= 9999 ? ifOpen : t;
    }

    private static boolean species(String part, int column, List<String> names, String file, int number)
            throws NetworkFormatException {
        boolean gas = true;
        int from = 0;
        for (String text : part.strip().split("\\s+")) {
            from = part.indexOf(text, from);
            String upper = text.toUpperCase(Locale.ROOT);
            if (upper.startsWith("GRAIN") || upper.equals("XH")) {
                gas = false;
            } else if (!upper.matches("CR|CRP|PHOTON|")) {
                int at = column + from;
                names.add(Species.parse(text)
                        .orElseThrow(() -> new NetworkFormatException(
                                file,
                                number,
                                at,
                                "'" + text + "' is no chemical species",
                                "write a formula, such as HCO+ or e-"))
                        .name());
            }
            from += text.length();
        }
        return gas;
    }

    private static double number(String text, String line, String file, int number) throws NetworkFormatException {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new NetworkFormatException(
                file,
                number,
                Math.max(1, line.indexOf(text, NUMBERS) + 1),
                "'" + text + "' is no finite number",
                "correct the number");
    }
}
