package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.unblend.cli.validate.Validation;
import org.unblend.math.Parallel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code validate}: regenerates the table of published and analytic results that the program reproduces. */
@Command(
        name = "validate",
        description = "Recomputes the published and analytic results in validation/ and writes their tables.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Without a name all quick cases run; the others run when they are named.",
            "Example: unblend validate linear-regression"
        })
final class ValidateCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "CASE", description = "folders of the cases (default: all quick ones)")
    private List<String> names = List.of();

    @Option(names = "--folder", paramLabel = "DIR", description = "folder of the cases (default: validation)")
    private Path folder = Path.of("validation");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "reference data; cases that need them are skipped where they are absent"
                    + " (default: ../shared/data)")
    private Path data = Path.of(System.getProperty("unblend.data", "../shared/data"));

    @Option(names = "--threads", paramLabel = "N", description = "threads (default: all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final Console console;

    ValidateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        ExecutorService executor = Machine.workers(Math.max(1, threads));
        try {
            Validation validation =
                    new Validation(folder, data, new Parallel(executor), Setup.PLANNER, console.out()::println);
            return validation.run(names) == 0 ? ExitCode.OK : ExitCode.NOT_USABLE;
        } finally {
            executor.shutdownNow();
        }
    }
}
