package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Trials that are finished, a line each in a file, so that hours of work survive an interruption and the numbers behind a
 * table can be seen. Trials of another program are dropped. Threads may add trials at the same time.
 */
final class KeptTrials {
    private static final String HEADER = "problem,seed,log_z,error,ess,evaluations,cpu_s,refined,warned";

    private final KeptLines file;
    private final Map<String, SeedScores.Trial> trials = new ConcurrentHashMap<>();

    /**
     * Reads what was kept.
     *
     * @param file is made, or made anew where it belongs to another program
     * @param program digest of the program
     */
    KeptTrials(Path file, String program) throws IOException {
        this.file = new KeptLines(file, program, HEADER);
        this.file.lines().forEach(line -> read(line.split(",")));
    }

    private void read(String[] cells) {
        trials.put(
                key(cells[0], Integer.parseInt(cells[1])),
                new SeedScores.Trial(
                        Double.parseDouble(cells[2]),
                        Double.parseDouble(cells[3]),
                        Double.parseDouble(cells[4]),
                        Long.parseLong(cells[5]),
                        Double.parseDouble(cells[6]),
                        Boolean.parseBoolean(cells[7]),
                        Boolean.parseBoolean(cells[8])));
    }

    /** The trial of this problem with this seed, if it was kept. */
    Optional<SeedScores.Trial> find(String problem, int seed) {
        return Optional.ofNullable(trials.get(key(problem, seed)));
    }

    /** Keeps a trial. */
    void add(String problem, int seed, SeedScores.Trial t) {
        trials.put(key(problem, seed), t);
        List<?> cells =
                List.of(problem, seed, t.logZ(), t.error(), t.ess(), t.evaluations(), t.cpu(), t.refined(), t.warned());
        file.add(String.join(",", cells.stream().map(Object::toString).toList()));
    }

    private static String key(String problem, int seed) {
        return problem + "," + seed;
    }
}
