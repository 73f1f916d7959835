package org.unblend.plot;

/** The {@code d} attribute of a path, built step by step. Steps after the first are relative, which is shorter. */
final class Outline {
    private final StringBuilder text = new StringBuilder();
    private double lastX;
    private double lastY;

    Outline move(double x, double y) {
        lastX = round(x);
        lastY = round(y);
        text.append('M')
                .append(Svg.number(lastX))
                .append(' ')
                .append(Svg.number(lastY))
                .append('l');
        return this;
    }

    Outline line(double x, double y) {
        // Differences of rounded positions, so that rounding errors do not add up.
        double roundX = round(x);
        double roundY = round(y);
        char end = text.charAt(text.length() - 1);
        String dy = Svg.number(roundY - lastY);
        text.append(end == 'l' ? "" : " ").append(Svg.number(roundX - lastX));
        text.append(dy.startsWith("-") ? "" : " ").append(dy);
        lastX = roundX;
        lastY = roundY;
        return this;
    }

    /** Closes the present loop. */
    Outline close() {
        text.append('z');
        return this;
    }

    boolean isEmpty() {
        return text.isEmpty();
    }

    private static double round(double x) {
        return Math.round(x * 100) / 100.0;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
