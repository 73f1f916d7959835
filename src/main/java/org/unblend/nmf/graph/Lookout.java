package org.unblend.nmf.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.infer.Progress;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.nmf.Moment;
import org.unblend.nmf.Watcher;

/** Watches fits from several starts at once: keeps their looks, reports progress and ends them all with the budget. */
final class Lookout {
    private final String engine;
    private final RunContext context;
    private final double scale;
    private final int limit;
    private final List<List<Result.Look>> looks = new ArrayList<>();
    private double best = Double.POSITIVE_INFINITY;
    private Optional<String> exhausted = Optional.empty();

    /**
     * @param scale what an objective is multiplied by to be told
     * @param limit iterations that a start may take
     */
    Lookout(String engine, RunContext context, double scale, int starts, int limit) {
        this.engine = engine;
        this.context = context;
        this.scale = scale;
        this.limit = limit;
        for (int t = 0; t < starts; t++) {
            looks.add(new ArrayList<>());
        }
    }

    /** The watcher of one start. */
    Watcher of(int start) {
        return moment -> look(start, moment);
    }

    private synchronized Optional<String> look(int start, Moment moment) {
        double objective = scale * moment.objective();
        looks.get(start)
                .add(new Result.Look(moment.iteration(), context.clock().getAsDouble(), objective, moment.kkt()));
        best = Math.min(best, objective);
        context.progress()
                .report(new Progress.Status(
                        engine,
                        (double) iterations() / ((double) limit * looks.size()),
                        String.format(Locale.ROOT, "objective %.6g", best),
                        String.format(
                                Locale.ROOT,
                                "start %d of %d, iteration %d, KKT residual %.1e",
                                start + 1,
                                looks.size(),
                                moment.iteration(),
                                moment.kkt()),
                        iterations(),
                        "ok"));
        if (exhausted.isEmpty()) {
            exhausted = context.budget().exhausted();
        }
        return exhausted;
    }

    /** The looks at one start. */
    synchronized List<Result.Look> looks(int start) {
        return looks.get(start);
    }

    /** Why the fits had to end, if they had. */
    synchronized Optional<String> exhausted() {
        return exhausted;
    }

    private long iterations() {
        return looks.stream()
                .filter(l -> !l.isEmpty())
                .mapToLong(l -> l.get(l.size() - 1).iteration())
                .sum();
    }
}
