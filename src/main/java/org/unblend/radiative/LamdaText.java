package org.unblend.radiative;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a LAMDA file, read one after the other, and the words on the present line. */
final class LamdaText {
    /** Fortran writes three-digit exponents without a letter. */
    private static final Pattern NO_LETTER = Pattern.compile("([-+]?(?:\\d+\\.?\\d*|\\.\\d+))([-+]\\d+)");

    private final String file;
    private final List<String> lines;
    private final Matcher word = Pattern.compile("\\S+").matcher("");
    private int number;
    private String line = "";
    private int column;
    private int end;

    LamdaText(String file, List<String> lines) {
        this.file = file;
        this.lines = lines;
    }

    /** Skips a header line, which begins with an exclamation mark and names {@code what} follows. */
    void header(String what) throws LamdaFormatException {
        advance("the header line above " + what);
        if (!line.stripLeading().startsWith("!")) {
            throw fault(
                    "expected the header line (beginning with '!') above " + what + ", found '" + brief() + "'",
                    "check that the count given above agrees with the number of lines that follow it");
        }
    }

    /** Moves to a line that holds {@code what}. */
    void data(String what) throws LamdaFormatException {
        advance(what);
        if (line.stripLeading().startsWith("!")) {
            throw fault(
                    "expected " + what + ", found the header '" + brief() + "'",
                    "check that the count given above agrees with the number of lines that follow it");
        }
    }

    private void advance(String what) throws LamdaFormatException {
        column = 0;
        if (number == lines.size()) {
            throw fault("the file ends where " + what + " should follow", "fetch the file again, it is cut short");
        }
        line = lines.get(number++);
        end = 0;
        word.reset(line);
    }

    /** The next number on this line. */
    double real(String what) throws LamdaFormatException {
        String text = next(what);
        double value;
        try {
            value = Double.parseDouble(text.replace('D', 'E').replace('d', 'e'));
        } catch (NumberFormatException e) {
            Matcher m = NO_LETTER.matcher(text);
            if (!m.matches()) {
                throw fault("expected " + what + ", found '" + text + "'", "write a number there");
            }
            value = Double.parseDouble(m.group(1) + "E" + m.group(2));
        }
        if (!Double.isFinite(value)) {
            throw fault(what + " is not finite: '" + text + "'", "write a finite number there");
        }
        return value;
    }

    /** The next number on this line, which must be at least {@code low}. */
    double real(String what, double low) throws LamdaFormatException {
        double value = real(what);
        if (value < low) {
            throw fault(what + " is " + value + ", below " + low, "correct the value");
        }
        return value;
    }

    /** The next word on this line, a whole number from {@code low} to {@code high}. */
    int whole(String what, int low, int high) throws LamdaFormatException {
        String text = next(what);
        try {
            int value = Integer.parseInt(text);
            if (value >= low && value <= high) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw fault("expected " + what + ", found '" + text + "'", "write a whole number there");
        }
        throw fault(what + " is " + text + ", outside " + low + " to " + high, "correct the number");
    }

    private String next(String what) throws LamdaFormatException {
        boolean found = word.find(end);
        if (!found || word.group().startsWith("!")) {
            column = found ? word.start() : line.stripTrailing().length();
            throw fault(what + " is missing at the end of the line", "add it");
        }
        column = word.start();
        end = word.end();
        return word.group();
    }

    /** True if another word that is no comment stands on this line; its place becomes that of the next fault. */
    boolean more() {
        boolean found = word.find(end) && !word.group().startsWith("!");
        if (found) {
            column = word.start();
        }
        return found;
    }

    /** Number of lines that follow this one. */
    int left() {
        return lines.size() - number;
    }

    /** What is left of this line, without a comment that begins with '!'. */
    String rest() {
        String rest = line.substring(end);
        int mark = rest.indexOf('!');
        return (mark < 0 ? rest : rest.substring(0, mark)).strip();
    }

    /** The whole of this line. */
    String line() {
        return line;
    }

    /** A fault at the present place. */
    LamdaFormatException fault(String reason, String remedy) {
        return new LamdaFormatException(file, Math.max(1, number), column + 1, reason, remedy);
    }

    private String brief() {
        String s = line.strip();
        return s.length() <= 40 ? s : s.substring(0, 40) + "...";
    }
}
