package org.unblend.cli;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Priors of the components of a factor as a command line writes them: one for all, or one each, separated by commas. */
final class PriorList {
    /** Where an argument is a number, a prior begins with letters. */
    private static final String BEFORE_A_PRIOR = ",(?=\\s*[A-Za-z]{2})";

    private PriorList() {}

    /** The priors in order, at least one. */
    static List<String> split(String text) {
        return Stream.of(text.split(BEFORE_A_PRIOR, -1)).map(String::strip).toList();
    }

    /**
     * One prior for each of so many components.
     *
     * @param option name of the option, such as {@code --prior-w}
     * @param factor name of the factor
     */
    static List<String> of(String text, int components, String option, String factor, MatrixOptions options) {
        List<String> given = split(text);
        if (given.size() == 1) {
            return Collections.nCopies(components, given.get(0));
        }
        if (given.size() != components) {
            throw options.bad(
                    "C002",
                    option + " gives " + given.size() + " priors, and " + components + " components of " + factor
                            + " are free",
                    "give one for all, or one each in the order of the components");
        }
        return given;
    }
}
