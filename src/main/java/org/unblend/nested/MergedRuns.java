package org.unblend.nested;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs of one problem, and pieces of runs, as one run with more live points: births and deaths are simply put together
 * (Higson et al. 2019, Statistics and Computing 29, 891, section 3).
 *
 * @param points all points by ascending likelihood; threads of different runs have different numbers
 * @param groups threads of like beginnings: those from the whole prior, and those of each segment
 * @param remaining how many points, at the end, were all still alive when their run stopped
 * @param weights of the points
 */
record MergedRuns(List<Point> points, List<int[]> groups, int remaining, NestedWeights weights) {

    /** Number of threads. */
    int threads() {
        return groups.stream().mapToInt(g -> g.length).sum();
    }

    static MergedRuns of(List<RunRecord> runs) {
        record Entry(Point point, boolean alive) {}
        List<Entry> entries = new ArrayList<>();
        int threads = 0;
        IntStream.Builder whole = IntStream.builder();
        List<int[]> groups = new ArrayList<>();
        for (RunRecord run : runs) {
            int first = threads;
            int dead = run.points().size() - run.remaining();
            for (int i = 0; i < run.points().size(); i++) {
                Point p = run.points().get(i);
                int thread = first + p.thread();
                threads = Math.max(threads, thread + 1);
                entries.add(new Entry(new Point(p.u(), p.theta(), p.logL(), p.birth(), thread), i >= dead));
            }
            IntStream own = IntStream.range(first, threads);
            if (run.fromPrior()) {
                own.forEach(whole::add);
            } else {
                groups.add(own.toArray());
            }
        }
        groups.add(0, whole.build().toArray());
        // Stable: points of a plateau keep the order of their runs.
        entries.sort(Comparator.comparingDouble(e -> e.point().logL()));
        int remaining = 0;
        while (remaining < entries.size()
                && entries.get(entries.size() - 1 - remaining).alive()) {
            remaining++;
        }
        List<Point> points = entries.stream().map(Entry::point).toList();
        double[] birth = points.stream().mapToDouble(Point::birth).toArray();
        double[] logL = points.stream().mapToDouble(Point::logL).toArray();
        return new MergedRuns(points, groups, remaining, NestedWeights.of(birth, logL));
    }
}
