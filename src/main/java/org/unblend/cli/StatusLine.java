package org.unblend.cli;

import java.util.Locale;
import org.unblend.infer.Progress;

/**
 * One line for every engine: done, time left, headline quantity, the engine's own figures, speed, health. Overwritten on
 * a terminal; elsewhere a plain line every ten seconds.
 */
final class StatusLine implements Progress {
    private static final double TERMINAL_SECONDS = 0.2;
    private static final double PLAIN_SECONDS = 10;
    private static final int WIDEST = 119;

    private final Console console;
    private final long start;
    private double last = Double.NEGATIVE_INFINITY;
    private int width;

    StatusLine(Console console) {
        this.console = console;
        start = console.clock().getAsLong();
    }

    @Override
    public void report(Status status) {
        double now = console.secondsSince(start);
        if (now - last < (console.terminal() ? TERMINAL_SECONDS : PLAIN_SECONDS)) {
            return;
        }
        last = now;
        String line = text(status, now);
        if (console.terminal()) {
            // A line that wraps cannot be overwritten.
            line = line.length() > WIDEST ? line.substring(0, WIDEST) : line;
            console.err().print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            console.err().flush();
            width = line.length();
        } else {
            console.err().println(line);
        }
    }

    /** Removes the line from a terminal. */
    void clear() {
        if (width > 0) {
            console.err().print("\r" + " ".repeat(width) + "\r");
            console.err().flush();
            width = 0;
        }
    }

    private static String text(Status s, double seconds) {
        double left = s.done() > 0.01 ? seconds * (1 - s.done()) / s.done() : Double.NaN;
        return String.format(
                Locale.ROOT,
                "%s %3.0f %%  eta %s | %s | %s | %.0f eval/s | %s",
                s.engine(),
                100 * s.done(),
                Double.isNaN(left) ? "?" : duration(left),
                s.headline(),
                s.detail(),
                s.evaluations() / Math.max(seconds, 1e-3),
                s.health());
    }

    /** A duration in the unit that suits it, such as {@code 12 s} or {@code 3 min}. */
    static String duration(double seconds) {
        if (seconds < 90) {
            return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
        }
        return seconds < 5400
                ? String.format(Locale.ROOT, "%.0f min", seconds / 60)
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
