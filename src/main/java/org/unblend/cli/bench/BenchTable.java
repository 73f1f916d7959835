package org.unblend.cli.bench;

import java.util.Locale;

/** Races as rows of a Markdown table. */
final class BenchTable {
    static final String HEADER =
            "| case | input | goal | ours | rival | iterations, ours : rival | CPU s, ours : rival |"
                    + " objective, ours : rival | rival / ours, min / median / max | aim |\n"
                    + "|---|---|---|---|---|---|---|---|---|---|\n";

    private BenchTable() {}

    /** One row; of several starts the medians of iterations and objectives. */
    static String row(BenchCase item, Input input, Race race, RaceResult result) {
        double[] ratios = result.ratios();
        double median = RaceResult.median(ratios);
        String verdict = !result.reached() ? "**goal not reached**" : median >= item.wanted() ? "met" : "**missed**";
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %.0f : %.0f | %.3g : %.3g | %.8g : %.8g | %.2f / %.2f / %.2f | %.0f, %s |%n",
                item.name(),
                input.size(),
                race.goal().text(),
                race.ours().name(),
                race.rival().name(),
                RaceResult.median(result.iterations()),
                RaceResult.median(result.rivalIterations()),
                RaceResult.medianSeconds(result.ours()),
                RaceResult.medianSeconds(result.rival()),
                RaceResult.medianObjective(result.ours()),
                RaceResult.medianObjective(result.rival()),
                ratios[0],
                median,
                ratios[ratios.length - 1],
                item.wanted(),
                verdict);
    }
}
