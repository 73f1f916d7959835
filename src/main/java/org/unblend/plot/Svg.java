package org.unblend.plot;

/**
 * Builds one SVG image as text. Coordinates are pixels, y downwards, written with at most two decimals; the same calls
 * give the same text. Nothing outside the image is referred to.
 */
final class Svg {
    private final StringBuilder text = new StringBuilder(1 << 16);

    /**
     * Starts an image with a white ground.
     *
     * @param title shown by browsers and read by screen readers
     */
    Svg(double width, double height, String title) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(number(width))
                .append("\" height=\"")
                .append(number(height))
                .append("\" viewBox=\"0 0 ")
                .append(number(width))
                .append(' ')
                .append(number(height))
                .append("\" role=\"img\">\n<title>")
                .append(escape(title))
                .append("</title>\n<style>")
                .append(Theme.STYLE)
                .append("</style>\n");
        rect(0, 0, width, height, "ub-ground");
    }

    /** A rectangle. */
    void rect(double x, double y, double width, double height, String style) {
        text.append("<rect class=\"").append(style).append('"');
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        text.append("/>\n");
    }

    /** The frame around a panel. */
    void frame(double x, double y, double width, double height) {
        Outline outline = new Outline().move(x, y);
        outline.line(x + width, y)
                .line(x + width, y + height)
                .line(x, y + height)
                .close();
        path(outline, "ub-frame");
    }

    /** A filled circle. */
    void dot(double x, double y, double radius, String style) {
        text.append("<circle class=\"").append(style).append('"');
        attribute("cx", x);
        attribute("cy", y);
        attribute("r", radius);
        text.append("/>\n");
    }

    /** A straight line. */
    void line(double x1, double y1, double x2, double y2, String style) {
        path(new Outline().move(x1, y1).line(x2, y2), style);
    }

    /** A path; empty ones are left out. */
    void path(Outline outline, String style) {
        if (!outline.isEmpty()) {
            text.append("<path class=\"")
                    .append(style)
                    .append("\" d=\"")
                    .append(outline)
                    .append("\"/>\n");
        }
    }

    /** Shapes of one colour, {@code #rrggbb}, whose edges meet without seams; empty ones are left out. */
    void fill(Outline outline, String colour) {
        if (!outline.isEmpty()) {
            text.append("<path shape-rendering=\"crispEdges\" fill=\"")
                    .append(colour)
                    .append("\" d=\"")
                    .append(outline)
                    .append("\"/>\n");
        }
    }

    /** A line of text; the style tells size and anchor. */
    void text(double x, double y, String style, String content) {
        text(x, y, style, content, 0, 0);
    }

    /**
     * A line of text.
     *
     * @param degrees clockwise rotation about (x, y)
     * @param size font size in pixels, 0 for that of the style
     */
    void text(double x, double y, String style, String content, double degrees, double size) {
        text.append("<text class=\"").append(style).append('"');
        attribute("x", x);
        attribute("y", y);
        if (degrees != 0) {
            text.append(" transform=\"rotate(")
                    .append(number(degrees))
                    .append(' ')
                    .append(number(x))
                    .append(' ')
                    .append(number(y))
                    .append(")\"");
        }
        if (size != 0) {
            text.append(" style=\"font-size:").append(number(size)).append("px\"");
        }
        text.append('>').append(escape(content)).append("</text>\n");
    }

    /** Opens a frame: what follows up to {@link #close} has its origin at (x, y) and is cut off at the edges. */
    void open(double x, double y, double width, double height) {
        text.append("<svg overflow=\"hidden\"");
        attribute("x", x);
        attribute("y", y);
        attribute("width", width);
        attribute("height", height);
        text.append(">\n");
    }

    /** Closes the frame opened last. */
    void close() {
        text.append("</svg>\n");
    }

    /** The finished image. */
    String finish() {
        return text + "</svg>\n";
    }

    private void attribute(String name, double value) {
        text.append(' ').append(name).append("=\"").append(number(value)).append('"');
    }

    /** At most two decimals, no trailing zeros. */
    static String number(double x) {
        long hundredths = Math.round(x * 100);
        StringBuilder out = new StringBuilder(8);
        if (hundredths < 0) {
            out.append('-');
            hundredths = -hundredths;
        }
        out.append(hundredths / 100);
        long rest = hundredths % 100;
        if (rest != 0) {
            out.append('.').append(rest / 10);
            if (rest % 10 != 0) {
                out.append(rest % 10);
            }
        }
        return out.toString();
    }

    /** Text as XML content or attribute; characters that XML forbids become the replacement character. */
    static String escape(String content) {
        StringBuilder out = new StringBuilder(content.length() + 16);
        content.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    boolean forbidden = c < 0x20 && c != '\t' && c != '\n' && c != '\r'
                            || c >= 0xD800 && c <= 0xDFFF
                            || c == 0xFFFE
                            || c == 0xFFFF;
                    out.appendCodePoint(forbidden ? 0xFFFD : c);
                }
            }
        });
        return out.toString();
    }
}
