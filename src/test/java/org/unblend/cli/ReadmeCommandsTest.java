package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.radiative.ReferenceData;

/** Runs every {@code ./unblend} command of the README, and compares what is printed with what the README shows. */
class ReadmeCommandsTest {
    /** Results of commands go into a temporary directory, so that a test run leaves nothing in the checkout. */
    @TempDir
    Path directory;

    /** Where the README expects reference data. */
    private static final String DATA = "../shared/data/";

    private final String readme;

    ReadmeCommandsTest() throws IOException {
        readme = Files.readString(Path.of("README.md"));
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        // In blocks of their own, and inline.
        Matcher inline = Pattern.compile("(?m)(?:^|`)\\./unblend ([^`\\n]+)").matcher(readme);
        while (inline.find()) {
            if (!commands.contains(inline.group(1))) {
                commands.add(inline.group(1));
            }
        }
        return commands;
    }

    private Cli run(String command) throws IOException {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        String result = directory.resolve("ngc1068").toString();
        words.replaceAll(w -> w.equals("results/ngc1068/latest") ? result : w);
        words.replaceAll(w -> w.equals("in.csv") || w.equals("out.csv") || w.startsWith("results/")
                ? directory.resolve(w).toString()
                : w);
        words.replaceAll(w -> w.startsWith(DATA)
                ? ReferenceData.path(w.substring(DATA.length())).toString()
                : w);
        if (words.get(0).equals("run")) {
            String name = words.get(1).replaceAll(".*/|\\.json", "");
            words.addAll(List.of("--out", directory.resolve(name).toString()));
        }
        if (words.get(0).equals("validate")) {
            words.addAll(List.of("--folder", copyOfValidation().toString()));
        }
        if (command.startsWith("emulate")) {
            Files.writeString(directory.resolve("in.csv"), "tkin,n_h2,N/dv\n20,1e4,1e16\n50,1e5,1e18\n");
        } else if (command.startsWith("chemistry")) {
            Files.createDirectories(directory.resolve("results"));
            Files.writeString(
                    directory.resolve("in.csv"),
                    "av_mag,n_h_cm3,zeta_1p3e-17,chi_habing,tkin_K,mz\n10,1e5,1,1,30,1\n3,1e4,10,100,80,0.5\n");
        } else if (command.contains("in.csv")) {
            Files.writeString(
                    directory.resolve("in.csv"),
                    "molecule,tkin_K,n_h2_cm3,column_cm2,dv_kms,tbg_K\nco,20,1e4,1e16,1,2.73\nHCO+,50,1e5,1e14,2,2.73\n");
        }
        return Cli.run(words.toArray());
    }

    private Path copyOfValidation() throws IOException {
        Path copy = directory.resolve("validation");
        try (Stream<Path> all = Files.walk(Path.of("validation"))) {
            for (Path path : all.toList()) {
                Path target = copy.resolve(Path.of("validation").relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
        return copy;
    }

    @Test
    void everyCommandWorksAndPrintsWhatTheReadmeShows() throws IOException {
        List<String> commands = commands();
        assertTrue(commands.contains("run runs/ngc1068.json"), commands.toString());
        assertTrue(commands.size() >= 6, commands.toString());
        for (String command : commands) {
            if (!command.contains(DATA)) {
                works(command);
            }
        }
    }

    @Test
    void commandsOnReferenceDataWorkWhereTheseAre() throws IOException {
        List<String> commands =
                commands().stream().filter(c -> c.contains(DATA)).toList();
        assertEquals(2, commands.size(), commands.toString());
        ReferenceData.path("real");
        for (String command : commands) {
            works(command);
        }
    }

    private void works(String command) throws IOException {
        Cli cli = run(command);
        assertEquals(0, cli.exit(), command + "\n" + cli.out() + cli.err());
        shown(command, cli.out());
    }

    /** The block that the README marks as this command's output holds the same words, and numbers of the same size. */
    private void shown(String command, String printed) {
        Matcher block = Pattern.compile(
                        "<!-- output: \\./unblend " + Pattern.quote(command) + " -->\n```\n(.*?)```", Pattern.DOTALL)
                .matcher(readme);
        if (!block.find()) {
            return;
        }
        for (String line : block.group(1).lines().filter(l -> !l.isBlank()).toList()) {
            String first = line.strip().split(" +")[0];
            assertTrue(
                    printed.lines().anyMatch(l -> l.strip().startsWith(first)),
                    "the README shows '" + line + "', but the program printed\n" + printed);
        }
        Matcher shown = Pattern.compile("logZ (-?[0-9.]+) ± ([0-9.]+)").matcher(block.group(1));
        Matcher ours = Pattern.compile("logZ (-?[0-9.]+) ± ([0-9.]+)").matcher(printed);
        if (shown.find() && ours.find()) {
            // The seed is the same; another Java version may round otherwise and so draw otherwise.
            double allowed = 4 * Math.hypot(Double.parseDouble(shown.group(2)), Double.parseDouble(ours.group(2)));
            assertEquals(Double.parseDouble(shown.group(1)), Double.parseDouble(ours.group(1)), allowed);
        }
    }
}
