package org.unblend.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.unblend.density.CompiledModel;
import org.unblend.io.run.LoadedRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code check}: reads everything that a run needs and reports all mistakes. */
@Command(
        name = "check",
        description = "Reads a run with its model, priors and data, and reports every mistake at once.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend check runs/ngc1068.json"})
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private final Options options = new Options();

    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        LoadedRun run = Setup.load(options);
        if (RankRun.wanted(run)) {
            String what = RankRun.check(PreparedRun.of(run).run());
            console.out()
                    .println(options.run + " is in order: ranks of model "
                            + run.model().graph().name() + " " + what);
            return ExitCode.OK;
        }
        Setup setup = Setup.of(run);
        CompiledModel model = setup.run().model();
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s is in order: model %s with %d parameters and %d data, engine %s%n",
                        options.run,
                        model.graph().name(),
                        model.dimension(),
                        model.observedEntries(),
                        setup.plan().engine().name());
        setup.run().sources().forEach(s -> console.out().println("  " + s.file()));
        return ExitCode.OK;
    }
}
