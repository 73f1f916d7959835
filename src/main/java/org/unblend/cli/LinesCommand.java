package org.unblend.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "lines")
final class LinesCommand implements Callable<Integer> {
    LinesCommand(Console console) {}

    @Override
    public Integer call() {
        return 0;
    }
}
