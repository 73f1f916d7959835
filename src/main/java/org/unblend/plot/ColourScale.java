package org.unblend.plot;

import java.util.Locale;

/**
 * Colours of an image, from nearly white at 0 to dark blue at 1: a cubehelix, whose brightness falls evenly, so that an
 * image keeps its order in print without colour (Green 2011, Bulletin of the Astronomical Society of India 39, 289, with
 * start 3, -0.25 rotations, hue 1.1, gamma 1).
 */
final class ColourScale {
    /** Steps that are told apart. */
    static final int LEVELS = 48;

    private static final double LIGHTEST = 0.97;
    private static final double DARKEST = 0.1;
    private static final double START = 3;
    private static final double ROTATIONS = -0.25;
    private static final double HUE = 1.1;

    private ColourScale() {}

    /** The level of a value from 0 to 1; beyond that the first and last one. */
    static int level(double value) {
        return (int) Math.max(0, Math.min(LEVELS - 1, Math.floor(value * LEVELS)));
    }

    /** The colour of a level as {@code #rrggbb}. */
    static String colour(int level) {
        double lightness = LIGHTEST + (DARKEST - LIGHTEST) * level / (LEVELS - 1);
        double angle = 2 * Math.PI * (START / 3 + 1 + ROTATIONS * (1 - lightness));
        double amplitude = HUE * lightness * (1 - lightness) / 2;
        double cos = amplitude * Math.cos(angle);
        double sin = amplitude * Math.sin(angle);
        return String.format(
                Locale.ROOT,
                "#%02x%02x%02x",
                byteOf(lightness - 0.14861 * cos + 1.78277 * sin),
                byteOf(lightness - 0.29227 * cos - 0.90649 * sin),
                byteOf(lightness + 1.97294 * cos));
    }

    private static int byteOf(double share) {
        return (int) Math.round(255 * Math.max(0, Math.min(1, share)));
    }
}
