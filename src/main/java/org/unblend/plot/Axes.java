package org.unblend.plot;

/** Ticks and labels around one panel. */
record Axes(Svg svg, double x, double y, double width, double height) {
    private static final double MAJOR = 4.5;
    private static final double MINOR = 2.5;
    private static final double LABEL_SIZE = 12;
    private static final double NUMBER_SIZE = 10;
    /** How far a number may reach beyond the end of its axis, so that it does not touch those of the next panel. */
    private static final double OVERHANG = 3.5;

    private static final double LINE = 14;

    /** Ticks inwards from the lower edge, their numbers below it if wanted. */
    void bottom(Scale.Ticks ticks, boolean numbers) {
        Outline marks = new Outline();
        double reach = -1e9;
        for (Scale.Tick tick : ticks.ticks()) {
            double at = x + tick.place() * width;
            if (tick.place() < -1e-9 || tick.place() > 1 + 1e-9) {
                continue;
            }
            marks.move(at, y + height).line(at, y + height - (tick.label().isEmpty() ? MINOR : MAJOR));
            double half = Theme.width(tick.label(), NUMBER_SIZE) / 2;
            boolean room = at - half > Math.max(reach, x - OVERHANG) && at + half < x + width + OVERHANG;
            if (numbers && !tick.label().isEmpty() && room) {
                svg.text(at, y + height + 14, "ub-num", tick.label());
                reach = at + half + 2;
            }
        }
        svg.path(marks, "ub-tick");
    }

    /** Ticks inwards from the left edge, their numbers beside it if wanted. */
    void left(Scale.Ticks ticks, boolean numbers) {
        Outline marks = new Outline();
        for (Scale.Tick tick : ticks.ticks()) {
            double at = y + (1 - tick.place()) * height;
            if (tick.place() < -1e-9 || tick.place() > 1 + 1e-9) {
                continue;
            }
            marks.move(x, at).line(x + (tick.label().isEmpty() ? MINOR : MAJOR), at);
            double half = NUMBER_SIZE / 2;
            boolean room = at - half > y - OVERHANG && at + half < y + height + OVERHANG;
            if (numbers && !tick.label().isEmpty() && room) {
                svg.text(x - 5, at + 3.5, "ub-numr", tick.label());
            }
        }
        svg.path(marks, "ub-tick");
    }

    /** Ticks outwards from the right edge with their numbers. */
    void right(Scale.Ticks ticks) {
        Outline marks = new Outline();
        for (Scale.Tick tick : ticks.ticks()) {
            double at = y + (1 - tick.place()) * height;
            if (tick.place() < -1e-9 || tick.place() > 1 + 1e-9) {
                continue;
            }
            marks.move(x + width, at).line(x + width + (tick.label().isEmpty() ? MINOR : MAJOR), at);
            if (!tick.label().isEmpty()) {
                svg.text(x + width + MAJOR + 3, at + 3.5, "ub-numl", tick.label());
            }
        }
        svg.path(marks, "ub-tick");
    }

    /** The axis label, its first line so far below the lower edge. */
    void bottomLabel(String text, double below) {
        String[] lines = lines(text, width);
        for (int k = 0; k < lines.length; k++) {
            double size = Theme.fit(lines[k], LABEL_SIZE, width + 6);
            svg.text(x + width / 2, y + height + below + LINE * k, "ub-label", lines[k], 0, size);
        }
    }

    /** The axis label, turned, its last line so far left of the left edge. */
    void leftLabel(String text, double beside) {
        String[] lines = lines(text, height);
        for (int k = 0; k < lines.length; k++) {
            double size = Theme.fit(lines[k], LABEL_SIZE, height + 6);
            svg.text(x - beside - LINE * (lines.length - 1 - k), y + height / 2, "ub-label", lines[k], -90, size);
        }
    }

    /** The label in one line, or with the unit in a second one if it is too long for the room. */
    private static String[] lines(String text, double room) {
        int unit = text.lastIndexOf(" [");
        return unit < 0 || Theme.width(text, LABEL_SIZE) <= room + 6
                ? new String[] {text}
                : new String[] {text.substring(0, unit), text.substring(unit + 1)};
    }
}
