package org.unblend.radiative;

import java.util.Optional;

/**
 * How the lines of a zone are computed.
 *
 * @param geometry shape of the zone
 * @param excitation what the populations follow from
 * @param intensity what the integrated intensity is
 * @param dust warm dust behind the zone, if any
 * @param radiation a further radiation field, if any
 */
public record Physics(
        Geometry geometry,
        Excitation excitation,
        Intensity intensity,
        Optional<Background.Dust> dust,
        Optional<Background.Table> radiation) {

    /** A uniform sphere with the intensities of RADEX and no radiation but a black body. */
    public static final Physics STANDARD =
            new Physics(Geometry.SPHERE, Excitation.FULL, Intensity.CENTRE, Optional.empty(), Optional.empty());

    public Physics {
        boolean sphere = geometry == Geometry.SPHERE || geometry == Geometry.RADEX_SPHERE;
        if (intensity == Intensity.SOURCE && !sphere) {
            throw new IllegalArgumentException(
                    "the mean intensity of an unresolved source is known for a sphere, not for" + " " + geometry
                            + "; choose 'centre' or 'integrated'");
        }
    }

    /** The same in another geometry. */
    public Physics in(Geometry other) {
        return new Physics(other, excitation, intensity, dust, radiation);
    }

    /** The same with another excitation. */
    public Physics with(Excitation other) {
        return new Physics(geometry, other, intensity, dust, radiation);
    }

    /** The same with another intensity. */
    public Physics with(Intensity other) {
        return new Physics(geometry, excitation, other, dust, radiation);
    }

    /** The radiation that falls on the zone with a black body of the given temperature [K]. */
    Background background(double tbg) {
        return new Background(tbg, dust, radiation);
    }
}
