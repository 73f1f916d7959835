package org.unblend.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code summary}: shows a result again. */
@Command(
        name = "summary",
        description = "Shows the summary and the diagnosis of a result.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend summary results/ngc1068/latest"})
final class SummaryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "a result directory")
    private Path directory;

    private final Console console;

    SummaryCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(directory.resolve("summary.txt"))) {
            throw new BadInput(
                    "W005",
                    Place.of(directory),
                    "is no result directory: it has no summary.txt",
                    "name the directory that 'unblend run' printed");
        }
        print(directory, console.out());
        if (!Files.isRegularFile(directory.resolve("diagnosis.txt"))) {
            // Ranks that are compared by point fits have no draws to diagnose.
            return ExitCode.OK;
        }
        String diagnosis = JsonReader.text(directory.resolve("diagnosis.txt"));
        console.out().println();
        console.out().print(diagnosis);
        console.out().flush();
        return diagnosis.startsWith("DO NOT USE") ? ExitCode.NOT_USABLE : ExitCode.OK;
    }

    static void print(Path directory, PrintWriter out) {
        out.print(JsonReader.text(directory.resolve("summary.txt")));
        Path comparison = directory.resolve("comparison.txt");
        if (Files.isRegularFile(comparison)) {
            out.println();
            out.print(JsonReader.text(comparison));
        }
        out.flush();
    }
}
