package org.unblend.radiative;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line as people write it: {@code CO(3-2)}, {@code HCN 4-3}, {@code HCO+ (J=4-3)}.
 *
 * @param molecule name of the molecule, such as {@code HCO+}
 * @param transition labels of upper and lower level joined by a minus sign, such as {@code 3-2}
 */
public record LineName(String molecule, String transition) {
    private static final Pattern FORM = Pattern.compile(
            "([^\\s()]+)(?:\\s*\\(\\s*(?:J\\s*=\\s*)?([^\\s()]+-[^\\s()]+)\\s*\\)|\\s+(?:J\\s*=\\s*)?([^\\s()]+-[^\\s()]+))");

    /**
     * Reads a name; a dash or a minus sign of typography stands for the plain minus sign.
     *
     * @throws IllegalArgumentException if the text is no name of a line
     */
    public static LineName parse(String text) {
        Matcher m = FORM.matcher(text.strip().replaceAll("[\u2010-\u2014\u2212]", "-"));
        if (!m.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name of a line; write molecule and levels as in CO(3-2) or HCO+ 4-3");
        }
        return new LineName(m.group(1), m.group(2) != null ? m.group(2) : m.group(3));
    }

    @Override
    public String toString() {
        return molecule + "(" + transition + ")";
    }
}
