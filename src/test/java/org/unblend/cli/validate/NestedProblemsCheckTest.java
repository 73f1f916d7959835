package org.unblend.cli.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.math.Parallel;

class NestedProblemsCheckTest {

    /** Errors of sd 0.1 as claimed, {@code off} from the truth. */
    private static SeedScores scores(double off, double claimed, int warnings) {
        return new SeedScores(
                "toy",
                2,
                -3,
                IntStream.range(0, 32)
                        .mapToObj(i -> new SeedScores.Trial(
                                -3 + off + 0.1 * (i % 2 == 0 ? 1 : -1), claimed, 500, 1000, 0.01, false, i < warnings))
                        .toList());
    }

    @Test
    void theRuleTellsRightErrorsFromWrongOnes() {
        assertTrue(scores(0, 0.1, 0).calibrated());
        assertFalse(scores(0.1, 0.1, 0).calibrated(), "a shift of one error is 5.7 standard errors of the mean");
        assertFalse(scores(0, 0.05, 0).calibrated(), "errors twice too small");
        assertFalse(scores(0, 0.3, 0).calibrated(), "errors three times too large");
        assertFalse(scores(0.6, 1, 0).honest() && scores(0, 0.05, 29).honest());
        assertTrue(scores(5, 0.1, 30).honest());
        assertTrue(scores(5, 0.1, 30).row().contains("| warns |"));
        assertTrue(scores(5, 0.1, 3).row().contains("**fails**"));
    }

    /**
     * Six seeds of quick problems: one false alarm in 2,000 for each, were the seeds to change. Three were too few to go by: with seeds
     * 1 to 3 shells2 fails at mean z 2.03 of 2.02 allowed, over the 32 of the table mean z is -0.02 and its scatter 1.16.
     */
    @Test
    void quickProblemsAreSolved(@TempDir Path folder) throws IOException {
        solved(folder, new NestedProblemsCheck(List.of("shells2", "cake4", "regression1"), 6));
    }

    @Test
    @Tag("slow")
    void allProblemsAreSolvedOrRunsWarn(@TempDir Path folder) throws IOException {
        solved(folder, NestedProblemsCheck.STANDARD);
    }

    /** A kept trial is not made again, one cut off by an interruption is, and those of another program are dropped. */
    @Test
    void goesOnWhereItWasInterrupted(@TempDir Path folder) throws IOException {
        NestedProblemsCheck check = new NestedProblemsCheck(List.of("cake4"), 3);
        String table =
                check.detailed(folder, Path.of(""), Parallel.SERIAL, s -> {}).details();
        Path file = folder.resolve("trials.csv");
        String text = Files.readString(file);
        String changed = text.replaceFirst("cake4,1,[^,]*", "cake4,1,-7");
        Files.writeString(file, changed.substring(0, changed.length() - 5));
        NestedProblemsCheck.Outcome again = check.detailed(folder, Path.of(""), Parallel.SERIAL, s -> {});
        assertTrue(again.values().get("cake4").value() < -3, "the first trial comes from the file");
        assertEquals(changed.replaceAll(",[^,]*,([^,]*,[^,]*\n)", ",$1"), withoutTimes(file));
        Files.writeString(file, text.replaceFirst("# program", "# program x"));
        assertEquals(
                table.replaceAll("\\| [0-9.]+ \\| 3 \\|", ""),
                check.detailed(folder, Path.of(""), Parallel.SERIAL, s -> {})
                        .details()
                        .replaceAll("\\| [0-9.]+ \\| 3 \\|", ""));
    }

    private static String withoutTimes(Path file) throws IOException {
        return Files.readString(file).replaceAll(",[^,]*,([^,]*,[^,]*\n)", ",$1");
    }

    private static void solved(Path folder, NestedProblemsCheck check) throws IOException {
        DetailedCheck.Outcome outcome = check.detailed(folder, Path.of(""), Parallel.SERIAL, s -> {});
        assertEquals(0, outcome.values().get("dishonest").value(), outcome.details());
        assertEquals(0, outcome.values().get("dear").value(), outcome.details());
    }
}
