package org.unblend.nested;

import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/** Makes the explorer that settings ask for. */
final class Explorers {
    private Explorers() {}

    /**
     * The way that is gone.
     *
     * @return not {@link Way#AUTO} but where direct draws and slices take turns
     */
    static Way way(Target target, NestedSettings settings) {
        if (settings.explorer() != Way.AUTO) {
            return settings.explorer();
        }
        if (settings.steps() == 0) {
            return Way.REGIONS;
        }
        // The parts of a model with much data take a while to find.
        return target.cubeDimension() >= Blocks.FEWEST_DIMENSIONS
                        && Blocks.of(target).filter(Blocks::worthwhile).isPresent()
                ? Way.BLOCKS
                : Way.AUTO;
    }

    static Explorer of(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        return switch (way(target, settings)) {
            case AUTO -> new ThriftyExplorer(target, evaluator, settings, random, parallel);
            case REGIONS -> new RegionExplorer(target, evaluator, settings, random, parallel);
            case SLICES -> new SliceExplorer(target, evaluator, settings, random, parallel);
            case GRADIENT -> new ReflectionExplorer(target, evaluator, settings, random, parallel);
            case BLOCKS -> new BlockExplorer(target, evaluator, settings, random, parallel);
        };
    }

    /** The explorer that makes the chains of a run with these settings. */
    static Explorer ofChains(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel) {
        return way(target, settings).chains()
                ? of(target, evaluator, settings, random, parallel)
                : new SliceExplorer(target, evaluator, settings, random, parallel);
    }
}
