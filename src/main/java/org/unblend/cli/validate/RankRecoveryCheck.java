package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.unblend.math.Parallel;
import org.unblend.mcmc.factor.RankSearch;

/**
 * Ranks of simulated factorisations by evidence. Keys: {@code sets}, how many are done; for each noise {@code NOISE right},
 * the fraction of sets whose best rank is the true one; {@code NOISE excess}, the number of right verdicts less the sum of
 * the probabilities stated of the best ranks, with the standard deviation that these imply; {@code NOISE brier}, the mean of
 * Brier's score less what the stated probabilities expect, with its standard deviation.
 *
 * @param sets number of sets for each noise at last
 * @param atOnce number of sets, of all kinds of noise together, that a call adds to those that are kept
 * @param search the search, whose ranks reach beyond those that occur
 */
record RankRecoveryCheck(int sets, int atOnce, RankSearch search) implements DetailedCheck {
    static final RankRecoveryCheck STANDARD = new RankRecoveryCheck(100, 30, new RankSearch(1, 5, 4, 4));

    /** A search that takes a moment and shows whether the program is the one that made the kept trials. */
    private static final RankSearch SIGN = new RankSearch(1, 2, 4, 2);

    /**
     * Trials are kept in {@code trials.csv} of the folder: the next call, also after an interruption, goes on where this one
     * ends. Sets of all kinds take turns, so that those kept at any time are balanced; the table is of those.
     */
    @Override
    public Outcome detailed(Path folder, Path data, Parallel parallel, Consumer<String> told) throws IOException {
        KeptLines file = new KeptLines(folder.resolve("trials.csv"), program(), RankTrial.HEADER);
        Map<KnownRank, RankTrial> kept = new ConcurrentHashMap<>();
        file.lines().stream().map(RankTrial::read).forEach(t -> kept.put(t.set(), t));
        List<KnownRank> wanted = new ArrayList<>();
        for (int number = 0; number < sets; number++) {
            for (String noise : KnownRank.NOISES) {
                wanted.add(new KnownRank(noise, number));
            }
        }
        List<KnownRank> left =
                wanted.stream().filter(s -> !kept.containsKey(s)).limit(atOnce).toList();
        parallel.forRanges(left.size(), 1, (from, to) -> {
            String line = RankTrial.of(left.get(from), search).line();
            file.add(line);
            told.accept("  " + line);
            // As it is read again later, digits that the file has not are left out.
            kept.put(left.get(from), RankTrial.read(line));
        });
        Map<String, Measured> ours = new LinkedHashMap<>();
        ours.put("sets", Measured.exact(kept.size()));
        StringBuilder table = new StringBuilder(RankScores.HEADER);
        for (String noise : KnownRank.NOISES) {
            List<RankTrial> all = wanted.stream()
                    .filter(s -> s.noise().equals(noise))
                    .map(kept::get)
                    .filter(Objects::nonNull)
                    .toList();
            for (int rank = 1; rank <= KnownRank.RANKS; rank++) {
                int truth = rank;
                List<RankTrial> some =
                        all.stream().filter(t -> t.set().truth() == truth).toList();
                if (!some.isEmpty()) {
                    table.append(new RankScores(some).row(noise, Integer.toString(rank)));
                }
            }
            RankScores scores = new RankScores(all);
            table.append(scores.row(noise, "all"));
            ours.put(noise + " right", Measured.exact(scores.right() / all.size()));
            ours.put(noise + " excess", scores.excess());
            ours.put(noise + " brier", scores.excessBrier());
        }
        return new Outcome(
                ours, String.format(Locale.ROOT, """
                ## By true rank

                %d of %d sets are done, which are in `trials.csv`; a call adds %d. Expected: the sum of the probabilities stated of
                the best ranks. Decided: one rank is told from all others, by Bayes factors above e and above twice their errors.

                %s""", kept.size(), sets * KnownRank.NOISES.size(), atOnce, table));
    }

    /** Evidences of small searches, which change with anything that the trials depend on. */
    private String program() {
        return search + " "
                + KnownRank.NOISES.stream()
                        .map(noise -> RankTrial.of(new KnownRank(noise, 3), SIGN)
                                .line()
                                .split(",")[3])
                        .collect(Collectors.joining(" "));
    }
}
