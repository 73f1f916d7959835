package org.unblend.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.unblend.io.json.BadInput;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Entry point of the command line. */
@Command(
        name = "unblend",
        description = "Takes blended measurements apart and says how sure it is.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {"", "First command to try: ./unblend run runs/ngc1068.json"})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec;

    Main() {}

    public static void main(String[] args) {
        System.exit(execute(Console.system(), args));
    }

    /** Runs one command line and returns its exit code. */
    static int execute(Console console, String... args) {
        CommandLine line = new CommandLine(new Main())
                .addSubcommand(new RunCommand(console))
                .addSubcommand(new PlanCommand(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new SummaryCommand(console))
                .addSubcommand(new DiagnoseCommand(console))
                .addSubcommand(new CompareCommand(console))
                .addSubcommand(new MergeCommand(console))
                .addSubcommand(new FactoriseCommand(console))
                .addSubcommand(new TransformCommand(console))
                .addSubcommand(new RanksCommand(console))
                .addSubcommand(new LinesCommand(console))
                .addSubcommand(new MoleculesCommand(console))
                .addSubcommand(new ChemistryCommand(console))
                .addSubcommand(new TrainCommand(console))
                .addSubcommand(new EmulateCommand(console))
                .addSubcommand(new ValidateCommand(console))
                .addSubcommand(new BenchCommand(console))
                .setOut(console.out())
                .setErr(console.err())
                .setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((e, a) -> {
            usageError(e, console.err());
            return ExitCode.BAD_INPUT;
        });
        line.setExecutionExceptionHandler((e, c, p) -> {
            if (e instanceof BadInput bad) {
                Messages.print(bad, console.err());
                return ExitCode.BAD_INPUT;
            }
            if (e instanceof IOException || e instanceof UncheckedIOException) {
                console.err().println("error[F004]: reading or writing failed: " + e.getMessage());
                console.err().println("  = help: check path, permissions and free space");
                return ExitCode.BAD_INPUT;
            }
            internal(e, args, console.err());
            return ExitCode.INTERNAL;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    private static void usageError(ParameterException e, PrintWriter err) {
        err.println("error[C000]: " + e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
            err.println("  = help: unblend "
                    + (e.getCommandLine().getParent() == null
                            ? ""
                            : e.getCommandLine().getCommandName() + " ") + "--help");
        }
    }

    private static void internal(Exception e, String[] args, PrintWriter err) {
        err.println("internal error: " + e);
        err.println("This is a fault of the program, not of your input. Please report it with what follows:");
        err.println("  unblend " + Version.text() + ", Java " + Runtime.version() + ", " + System.getProperty("os.name")
                + " " + System.getProperty("os.arch"));
        err.println("  unblend " + String.join(" ", args));
        e.printStackTrace(err);
    }
}
