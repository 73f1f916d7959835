package org.unblend.nested;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.density.Parts;
import org.unblend.density.Target;

/**
 * A target's parts as {@link BlockExplorer} goes through them: in one sweep each block is moved by as many slices as it has
 * coordinates, some slices move all coordinates together, so that what hangs together across blocks moves too, and what
 * groups share moves once more with the values of the groups kept. The two ways of moving what groups share complement one
 * another: with fixed coordinates of the cube the groups move along, which suits data that say little of each group, with fixed
 * values they do not, which suits data that say much (Yu and Meng 2011, Journal of Computational and Graphical Statistics
 * 20, 531).
 *
 * @param parts the parts
 * @param whole slices of all coordinates per sweep
 * @param cost number of slices of all coordinates whose evaluations a sweep takes
 */
record Blocks(Parts parts, int whole, double cost) {
    /** Dimension below which a run is short whatever the explorer. */
    static final int FEWEST_DIMENSIONS = 20;

    /** Factor on evaluations per sweep that makes a clear gain. */
    private static final double CLEARLY = 4;

    /** What a glide costs beside a slice: one evaluation beside two or three. */
    private static final double GLIDE = 0.5;

    /** Part of a sweep's cost that slices of all coordinates add. */
    private static final double TOGETHER = 0.25;

    /** The parts of this target, if it has any. */
    static Optional<Blocks> of(Target target) {
        return target.parts().map(parts -> {
            List<Parts.Block> blocks = parts.blocks();
            double cost = 0;
            for (Parts.Block b : blocks.subList(0, blocks.size() - 1)) {
                cost += b.share() * b.coordinates().length;
            }
            int whole = (int) Math.max(1, Math.round(TOGETHER * cost));
            double glides =
                    parts.glides().stream().mapToDouble(Parts.Glide::share).sum();
            return new Blocks(parts, whole, cost + whole + GLIDE * glides);
        });
    }

    /** Blocks but for the last, which is all coordinates. */
    int count() {
        return parts.blocks().size() - 1;
    }

    /**
     * True from 20 dimensions on if a sweep counts as at most a quarter of the evaluations of as many slices of all
     * coordinates as there are coordinates.
     */
    boolean worthwhile() {
        return dimension() >= FEWEST_DIMENSIONS && CLEARLY * cost <= dimension();
    }

    /** What a sweep costs, for plans. */
    String describe() {
        return String.format(
                Locale.ROOT,
                "%d blocks of coordinates, a sweep over all %d of them takes the evaluations of %.1f slices of the whole",
                count(),
                dimension(),
                cost);
    }

    private int dimension() {
        return parts.blocks().get(count()).coordinates().length;
    }
}
