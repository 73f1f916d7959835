package org.unblend.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One command line, run in this process.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err its progress and errors
 */
record Cli(int exit, String out, String err) {

    static Cli run(Object... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), false, System::nanoTime);
        String[] words = new String[args.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = args[i].toString();
        }
        int exit = Main.execute(console, words);
        return new Cli(exit, out.toString(), err.toString());
    }
}
