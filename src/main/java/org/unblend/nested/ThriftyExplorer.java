package org.unblend.nested;

import java.util.Locale;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * Direct draws from the region as long as they are the cheaper way to a point, slices when not. What a point costs is
 * counted in evaluations: that of slices from the batches so far, that of direct draws from recent batches and, while
 * slices are in use, from one batch after each fit of the region. Draws that are refused before an evaluation count for a fiftieth
 * of one. The clock has no say.
 */
final class ThriftyExplorer implements Explorer {
    /** How much cheaper the other way must look: the counts scatter. */
    private static final double CLEARLY = 1.2;

    /** Weight of older counts after each new fit of the region, which changes what direct draws cost. */
    private static final double MEMORY = 0.7;

    /**
     * Evaluations that a draw outside of the cube is counted for. Without that an ellipsoid in 100 dimensions of which a thousandth
     * lies in the cube would be drawn from for hours, to save evaluations of a microsecond.
     */
    private static final double REFUSED = 0.02;

    /** Evaluations per slice, until it is known. */
    private static final double SLICE = 2.5;

    private final LiveRegion region;
    private final RegionExplorer draws;
    private final SliceExplorer slices;
    private final Cost drawCost = new Cost(0, 1);
    private final Cost sliceCost;
    private boolean slicing;

    ThriftyExplorer(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        int d = target.cubeDimension();
        this.region = new LiveRegion(target, settings, random, parallel);
        this.draws = new RegionExplorer(target, evaluator, settings, random, region);
        this.slices = new SliceExplorer(target, evaluator, settings, random, region);
        this.sliceCost = new Cost(SLICE * settings.steps() * d, 1);
    }

    @Override
    public Candidates next(Front front) {
        boolean fresh = region.update(front, slicing ? LiveRegion.Use.SLICES : LiveRegion.Use.DRAWS);
        if (fresh) {
            drawCost.fade(MEMORY);
        }
        Candidates c;
        if (slicing && !fresh) {
            c = slices.next(front);
            sliceCost.add(c.chains().orElseThrow().evaluations(), c.rows());
        } else {
            long before = draws.refused();
            c = draws.next(front);
            drawCost.add(c.rows() + REFUSED * (draws.refused() - before), c.above(front.threshold()));
        }
        double ratio = drawCost.perPoint() / sliceCost.perPoint();
        slicing = slicing ? ratio > 1 / CLEARLY : ratio > CLEARLY;
        return c;
    }

    @Override
    public String describe() {
        return String.format(
                Locale.ROOT,
                "%s, %.0f per point",
                slicing ? slices.describe() : draws.describe(),
                (slicing ? sliceCost : drawCost).perPoint());
    }

    /** Evaluations and the points that they gave, one more than were found at the start. */
    private static final class Cost {
        private double evaluations;
        private double points;

        Cost(double evaluations, double points) {
            this.evaluations = evaluations;
            this.points = points;
        }

        void add(double moreEvaluations, double morePoints) {
            evaluations += moreEvaluations;
            points += morePoints;
        }

        void fade(double by) {
            evaluations *= by;
            points *= by;
        }

        double perPoint() {
            return evaluations / points;
        }
    }
}
