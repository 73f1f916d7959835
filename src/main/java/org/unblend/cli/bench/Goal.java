package org.unblend.cli.bench;

import java.util.Locale;

/**
 * The objective to which both sides are timed.
 *
 * @param kind how it is found
 * @param iterations iterations after which it is found
 * @param tolerance relative excess over it that is allowed
 */
record Goal(Kind kind, int iterations, double tolerance) {
    enum Kind {
        /** The lower of the objectives that the two sides reach after so many iterations. */
        BEST,
        /** What the rival reaches after so many iterations; the rival's time is that of these iterations. */
        RIVAL,
        /** For each start and each side what it reaches itself after so many iterations. */
        OWN
    }

    /** As a clause. */
    String text() {
        String excess = tolerance == 0 ? "" : String.format(Locale.ROOT, "(1 + %.0e) x ", tolerance);
        return excess
                + switch (kind) {
                    case BEST -> "the best objective of both after ";
                    case RIVAL -> "the rival's objective after ";
                    case OWN -> "each start's own objective after ";
                }
                + iterations
                + " iterations";
    }
}
