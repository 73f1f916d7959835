package org.unblend.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "validate")
final class ValidateCommand implements Callable<Integer> {
    ValidateCommand(Console console) {}

    @Override
    public Integer call() {
        return 0;
    }
}
