package org.unblend.io.maps;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nom.tam.fits.Header;
import nom.tam.fits.HeaderCard;
import nom.tam.fits.HeaderCardException;
import nom.tam.util.Cursor;

/**
 * Where the pixels of a map lie on the sky: the cards of its header that say so (Greisen and Calabretta 2002, A&amp;A 395,
 * 1061), those of other axes left out and the two axes numbered 1 and 2.
 *
 * @param cards in the order of the header
 */
public record SkyFrame(List<Card> cards) {
    /** Pixels are at the same place if no corner moves by more than this fraction of one. */
    private static final double SAME = 0.05;

    private static final Pattern OF_AXIS = Pattern.compile("(CTYPE|CRVAL|CRPIX|CDELT|CUNIT|CROTA)([1-9])");
    private static final Pattern OF_AXES = Pattern.compile("(CD|PC)([1-9])_([1-9])");
    private static final Pattern PARAMETER = Pattern.compile("(PV|PS)([1-9])(_[0-9]+)");
    /** Cards without an axis that belong to coordinates. */
    private static final Set<String> GENERAL = Set.of("LONPOLE", "LATPOLE", "RADESYS", "RADECSYS", "EQUINOX", "EPOCH");
    /** What else maps of one region share. */
    private static final Set<String> SHARED = Set.of("OBJECT", "BMAJ", "BMIN", "BPA");

    public SkyFrame {
        cards = List.copyOf(cards);
    }

    /** One line of a header; {@code text} is true for a quoted value. */
    public record Card(String key, String value, boolean text, String comment) {}

    /**
     * The frame of a map.
     *
     * @param across FITS number of the axis along x
     * @param up FITS number of the axis along y
     */
    static SkyFrame of(Header header, int across, int up) {
        List<Card> cards = new ArrayList<>();
        for (Cursor<String, HeaderCard> at = header.iterator(); at.hasNext(); ) {
            HeaderCard card = at.next();
            String key = renamed(card.getKey(), across, up);
            if (key != null && card.getValue() != null) {
                String comment = card.getComment() == null ? "" : card.getComment();
                cards.add(new Card(key, card.getValue(), card.isStringValue(), comment));
            }
        }
        return new SkyFrame(cards);
    }

    /** A frame without sky: the coordinates are numbers with a name, and the first pixel has these. */
    static SkyFrame plain(String x, int firstX, String y, int firstY) {
        return new SkyFrame(List.of(
                new Card("CTYPE1", x, true, ""),
                new Card("CRPIX1", "1", false, ""),
                new Card("CRVAL1", Integer.toString(firstX), false, ""),
                new Card("CDELT1", "1", false, ""),
                new Card("CTYPE2", y, true, ""),
                new Card("CRPIX2", "1", false, ""),
                new Card("CRVAL2", Integer.toString(firstY), false, ""),
                new Card("CDELT2", "1", false, "")));
    }

    /** The key with new axis numbers; null if it tells nothing of the two axes. */
    private static String renamed(String key, int across, int up) {
        if (GENERAL.contains(key) || SHARED.contains(key)) {
            return key;
        }
        Matcher axis = OF_AXIS.matcher(key);
        Matcher axes = OF_AXES.matcher(key);
        Matcher parameter = PARAMETER.matcher(key);
        if (axis.matches()) {
            int i = place(axis.group(2), across, up);
            return i == 0 ? null : axis.group(1) + i;
        }
        if (axes.matches()) {
            int i = place(axes.group(2), across, up);
            int j = place(axes.group(3), across, up);
            return i == 0 || j == 0 ? null : axes.group(1) + i + "_" + j;
        }
        if (parameter.matches()) {
            int i = place(parameter.group(2), across, up);
            return i == 0 ? null : parameter.group(1) + i + parameter.group(3);
        }
        return null;
    }

    private static int place(String number, int across, int up) {
        int n = Integer.parseInt(number);
        return n == across ? 1 : n == up ? 2 : 0;
    }

    /** True if the header said nothing of coordinates. */
    boolean isEmpty() {
        return cards.stream().noneMatch(c -> c.key.startsWith("CTYPE"));
    }

    /** This frame without what the other one says differently of object and beam. */
    SkyFrame shared(SkyFrame other) {
        Map<String, String> theirs = other.values();
        return new SkyFrame(cards.stream()
                .filter(c -> !SHARED.contains(c.key) || c.value.equals(theirs.get(c.key)))
                .toList());
    }

    /**
     * How the pixels of two maps of one size lie apart, in words; empty if they are at the same places or one of the two
     * does not say. Coordinates are compared before projection, so that the same sky about another reference point
     * differs.
     */
    Optional<String> difference(SkyFrame other, int width, int height) {
        if (isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> a = values();
        Map<String, String> b = other.values();
        for (String key : List.of("CTYPE1", "CTYPE2")) {
            String one = a.getOrDefault(key, "").strip();
            String two = b.getOrDefault(key, "").strip();
            if (!one.equals(two)) {
                return Optional.of(key + " is '" + one + "', there '" + two + "'");
            }
        }
        if (a.containsKey("EQUINOX")
                && b.containsKey("EQUINOX")
                && number(a, "EQUINOX", 0) != number(b, "EQUINOX", 0)) {
            return Optional.of("EQUINOX is " + a.get("EQUINOX") + ", there " + b.get("EQUINOX"));
        }
        double most = 0;
        for (double[] corner : new double[][] {{1, 1}, {width, 1}, {1, height}}) {
            most = Math.max(most, apart(a, b, corner));
        }
        return most <= SAME
                ? Optional.empty()
                : Optional.of(String.format(Locale.ROOT, "places differ by up to %.3g pixels", most));
    }

    /** Distance in pixels of the first map between the places of one pixel in both. */
    private static double apart(Map<String, String> a, Map<String, String> b, double[] pixel) {
        double[][] m = steps(a);
        double[] one = world(a, m, pixel);
        double[] two = world(b, steps(b), pixel);
        double x = two[0] - one[0];
        double y = two[1] - one[1];
        double determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
        return Math.hypot((m[1][1] * x - m[0][1] * y) / determinant, (m[0][0] * y - m[1][0] * x) / determinant);
    }

    private static double[] world(Map<String, String> cards, double[][] steps, double[] pixel) {
        double x = pixel[0] - number(cards, "CRPIX1", 0);
        double y = pixel[1] - number(cards, "CRPIX2", 0);
        return new double[] {
            number(cards, "CRVAL1", 0) + steps[0][0] * x + steps[0][1] * y,
            number(cards, "CRVAL2", 0) + steps[1][0] * x + steps[1][1] * y
        };
    }

    /** World coordinate per pixel, {@code [2 x 2]}, in the units of the header. */
    private static double[][] steps(Map<String, String> cards) {
        double dx = number(cards, "CDELT1", 1);
        double dy = number(cards, "CDELT2", 1);
        if (cards.keySet().stream().anyMatch(k -> k.startsWith("CD1_") || k.startsWith("CD2_"))) {
            return new double[][] {
                {number(cards, "CD1_1", 0), number(cards, "CD1_2", 0)},
                {number(cards, "CD2_1", 0), number(cards, "CD2_2", 0)}
            };
        }
        if (cards.keySet().stream().anyMatch(k -> k.startsWith("PC"))) {
            return new double[][] {
                {dx * number(cards, "PC1_1", 1), dx * number(cards, "PC1_2", 0)},
                {dy * number(cards, "PC2_1", 0), dy * number(cards, "PC2_2", 1)}
            };
        }
        double turn = Math.toRadians(number(cards, "CROTA2", 0));
        return new double[][] {
            {dx * Math.cos(turn), -dy * Math.sin(turn)},
            {dx * Math.sin(turn), dy * Math.cos(turn)}
        };
    }

    /**
     * Arcseconds per pixel along x and y, x counted positive towards larger right ascension; empty unless both axes are
     * angles on the sky, in degrees, and lie along those of the image.
     */
    public Optional<double[]> arcseconds() {
        Map<String, String> cards = values();
        double[][] m = steps(cards);
        boolean sky = cards.getOrDefault("CTYPE1", "").matches("(RA--|GLON|ELON).*")
                && cards.getOrDefault("CTYPE2", "").matches("(DEC-|GLAT|ELAT).*")
                && cards.getOrDefault("CUNIT1", "deg").strip().equals("deg");
        double size = Math.max(Math.abs(m[0][0]), Math.abs(m[1][1]));
        boolean straight = Math.max(Math.abs(m[0][1]), Math.abs(m[1][0])) < 1e-3 * size;
        return sky && straight && m[0][0] != 0 && m[1][1] != 0
                ? Optional.of(new double[] {3600 * m[0][0], 3600 * m[1][1]})
                : Optional.empty();
    }

    /** Adds the cards to a header that has none of them. */
    void addTo(Header header) throws HeaderCardException {
        for (Card card : cards) {
            Optional<BigDecimal> number = card.text ? Optional.empty() : decimal(card.value);
            header.addLine(
                    number.isPresent()
                            ? new HeaderCard(card.key, number.get(), card.comment)
                            : new HeaderCard(card.key, card.value, card.comment));
        }
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        cards.forEach(c -> values.put(c.key, c.value));
        return values;
    }

    private static double number(Map<String, String> cards, String key, double otherwise) {
        return Optional.ofNullable(cards.get(key))
                .flatMap(SkyFrame::decimal)
                .map(BigDecimal::doubleValue)
                .orElse(otherwise);
    }

    /** Fortran writes exponents with a D. */
    private static Optional<BigDecimal> decimal(String value) {
        try {
            return Optional.of(new BigDecimal(value.strip().replace('D', 'E').replace('d', 'E')));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
