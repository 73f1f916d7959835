package org.unblend.cli;

import java.io.PrintWriter;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Mistake;

/** Prints mistakes: code, reason, place, the line with a marker, and what to do. */
final class Messages {
    private Messages() {}

    static void print(BadInput bad, PrintWriter err) {
        bad.mistakes().forEach(m -> print(m, err));
        int n = bad.mistakes().size();
        err.println(n + (n == 1 ? " mistake" : " mistakes") + "; nothing was run and nothing written");
    }

    private static void print(Mistake mistake, PrintWriter err) {
        err.println("error[" + mistake.code() + "]: " + mistake.reason());
        err.println("  --> " + mistake.place());
        String excerpt = mistake.place().excerpt();
        if (!excerpt.isBlank()) {
            String shown = excerpt.length() > 160 ? excerpt.substring(0, 160) + " ..." : excerpt;
            err.println("  | " + shown);
            int column = mistake.place().column();
            if (column > 0 && column <= shown.length()) {
                err.println("  | " + " ".repeat(column - 1) + "^");
            }
        }
        err.println("  = help: " + mistake.remedy());
        err.println();
    }
}
