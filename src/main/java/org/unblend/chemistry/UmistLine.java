package org.unblend.chemistry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A line of the UMIST Database for Astrochemistry: number, type, two reactants, four products, number of ranges k, then k
 * times (alpha, beta, gamma, Tmin, Tmax, source, accuracy, reference, note), between colons. A colon within a quoted
 * reference is text. Lines end with any number of empty fields.
 */
final class UmistLine implements NetworkReader.LineReader {
    /** RATE12's cosmic-ray rates hold for this rate [1/s] (McElroy et al. 2013, section 2). */
    static final double ZETA = 1.36e-17;

    static final List<String> CITATIONS = List.of(
            "McElroy et al. 2013, A&A 550, A36 (UMIST RATE12)", "Millar et al. 2024, A&A 682, A109 (UMIST RATE22)");
    private static final int FIXED = 9;
    private static final int PER_RANGE = 9;

    /** A field and the column where it starts, counted from 1. */
    private record Field(String text, int column) {}

    @Override
    public Optional<Reaction> read(String file, int number, String line, List<String> skipped)
            throws NetworkFormatException {
        List<Field> fields = fields(line);
        if (fields.size() < FIXED + 5) {
            throw new NetworkFormatException(
                    file,
                    number,
                    1,
                    "the line has " + fields.size() + " fields, a reaction has at least " + (FIXED + 5),
                    "give number:type:2 reactants:4 products:ranges:alpha:beta:gamma:Tmin:Tmax:...");
        }
        String type = fields.get(1).text();
        List<String> reactants = species(file, number, fields.subList(2, 4));
        List<String> products = species(file, number, fields.subList(4, 8));
        double ranges = number(file, number, fields, 8, "number of ranges");
        if (ranges < 1 || ranges > 10 || ranges != Math.rint(ranges)) {
            throw new NetworkFormatException(
                    file,
                    number,
                    fields.get(8).column(),
                    "the number of ranges is '" + fields.get(8).text() + "'",
                    "give 1 or more");
        }
        if (reactants.isEmpty() || products.isEmpty()) {
            throw new NetworkFormatException(
                    file, number, fields.get(2).column(), "reactants or products are missing", "complete the line");
        }
        List<Reaction.Fit> fits = new ArrayList<>();
        for (int r = 0; r < (int) ranges; r++) {
            int at = FIXED + PER_RANGE * r;
            fits.add(new Reaction.Fit(
                    number(file, number, fields, at, "alpha"),
                    number(file, number, fields, at + 1, "beta"),
                    number(file, number, fields, at + 2, "gamma"),
                    number(file, number, fields, at + 3, "Tmin"),
                    number(file, number, fields, at + 4, "Tmax")));
        }
        int reference = FIXED + 7;
        String source = fields.size() > reference ? fields.get(reference).text().replace("\"", "") : "";
        return Optional.of(new Reaction(
                fields.get(0).text(), kind(file, number, fields.get(1), type), reactants, products, fits, source));
    }

    private static Reaction.Kind kind(String file, int number, Field field, String type) throws NetworkFormatException {
        return switch (type) {
            case "CP" -> Reaction.Kind.COSMIC_RAY;
            case "CR" -> Reaction.Kind.COSMIC_RAY_PHOTON;
            case "PH" -> Reaction.Kind.PHOTON;
            case "AD", "CD", "CE", "DR", "IN", "MN", "NN", "RA", "REA", "RR" -> Reaction.Kind.TWO_BODY;
            default ->
                throw new NetworkFormatException(
                        file,
                        number,
                        field.column(),
                        "the type '" + type + "' is unknown",
                        "give AD, CD, CE, CP, CR, DR, IN, MN, NN, PH, RA, REA or RR");
        };
    }

    private static List<String> species(String file, int number, List<Field> fields) throws NetworkFormatException {
        List<String> names = new ArrayList<>();
        for (Field f : fields) {
            if (f.text().isEmpty() || f.text().matches("CRP|CRPHOT|PHOTON")) {
                continue;
            }
            names.add(Species.parse(f.text())
                    .orElseThrow(() -> new NetworkFormatException(
                            file,
                            number,
                            f.column(),
                            "'" + f.text() + "' is no chemical species",
                            "write a formula, such as HCO+ or E-"))
                    .name());
        }
        return names;
    }

    private static double number(String file, int line, List<Field> fields, int at, String what)
            throws NetworkFormatException {
        if (at >= fields.size() || fields.get(at).text().isEmpty()) {
            throw new NetworkFormatException(
                    file,
                    line,
                    fields.get(Math.min(at, fields.size() - 1)).column(),
                    what + " is missing",
                    "each range of temperature has nine fields");
        }
        Field f = fields.get(at);
        try {
            double value = Double.parseDouble(f.text());
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new NetworkFormatException(
                file, line, f.column(), what + " is '" + f.text() + "', no finite number", "correct the number");
    }

    /** Splits at colons outside of double quotes. */
    private static List<Field> fields(String line) {
        List<Field> fields = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= line.length(); i++) {
            if (i == line.length() || line.charAt(i) == ':' && !quoted) {
                fields.add(new Field(line.substring(start, i).strip(), start + 1));
                start = i + 1;
            } else if (line.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return fields;
    }
}
