package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.diagnose.Alignment;
import org.unblend.io.AtomicFile;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Loss;
import org.unblend.nmf.Penalty;
import org.unblend.nmf.Solver;
import org.unblend.nmf.Solvers;
import org.unblend.nmf.StopRule;
import org.unblend.nmf.rank.RankRow;
import org.unblend.nmf.rank.RankScan;
import org.unblend.nmf.rank.RankSettings;
import org.unblend.nmf.rank.RankTable;
import org.unblend.nmf.rank.Score;
import org.unblend.nmf.start.ManyStarts;
import org.unblend.nmf.start.RandomStart;
import org.unblend.plot.RankPlot;
import org.unblend.simulate.NeuralAssemblies;

/**
 * Compares ranks of simulated spike counts. Keys: {@code entries} and {@code quarters}, the ranks that predict held-out
 * data best; {@code alike}, how many ranks held-out entries cannot tell from the best; {@code stable}, the largest rank
 * whose components all come back; {@code left} and {@code right}, held-out deviance of the smallest and the largest rank
 * minus that of the best; {@code rise}, the same of the rank after the best, NaN if none is; {@code cosine}, the least
 * cosine similarity of a fitted component to the true one.
 *
 * <p>Draws {@code ranks.svg}.
 */
record AssembliesCheck(NeuralAssemblies.Recording recording, RankSettings settings, int starts) implements Check {

    static final AssembliesCheck STANDARD = new AssembliesCheck(
            NeuralAssemblies.Recording.STANDARD,
            new RankSettings(1, 8, 4, 2, 6, 0.8, true, new StopRule(200, 1e-5, 1e-3, 10)),
            5);

    @Override
    public Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        NeuralAssemblies spikes = NeuralAssemblies.simulate(recording, RandomStream.of(1));
        FactorProblem problem =
                FactorProblem.of(spikes.counts(), Loss.POISSON, recording.assemblies(), Penalty.NONE, Penalty.NONE);
        RankTable table = RankScan.of(problem, settings, RandomStream.of(2), parallel);
        List<RankRow> rows = table.rows();
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("entries", Measured.exact(table.best()));
        ours.put("alike", Measured.exact(table.alike().size()));
        ours.put("quarters", Measured.exact(table.bestByQuarters().orElse(0)));
        ours.put("stable", Measured.exact(table.mostStable().orElse(0)));
        ours.put("left", excess(rows.get(0).speckles()));
        ours.put("right", excess(rows.get(rows.size() - 1).speckles()));
        ours.put(
                "rise",
                rows.stream()
                        .filter(r -> r.rank() == table.best() + 1)
                        .findFirst()
                        .map(r -> excess(r.speckles()))
                        .orElse(Measured.exact(Double.NaN)));
        Solver solver = Solvers.best(problem).orElseThrow();
        RandomStream start = RandomStream.of(3);
        ManyStarts fits = ManyStarts.fit(
                problem, solver, starts, t -> RandomStart.of(problem, start.split(t)), settings.stop(), parallel);
        ours.put(
                "cosine",
                Measured.exact(
                        least(Alignment.of(spikes.w(), fits.bestFit().factors().w()))));
        AtomicFile.write(folder.resolve("ranks.svg"), RankPlot.svg("Simulated assemblies: how many parts", rows));
        return ours;
    }

    private static Measured excess(Score score) {
        return new Measured(score.excess(), score.excessError());
    }

    private static double least(Alignment alignment) {
        double least = 1;
        for (double cosine : alignment.cosine()) {
            least = Math.min(least, cosine);
        }
        return least;
    }
}
