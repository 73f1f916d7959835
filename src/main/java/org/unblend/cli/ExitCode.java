package org.unblend.cli;

/** Exit codes of every verb. */
final class ExitCode {
    static final int OK = 0;
    static final int NOT_USABLE = 1;
    static final int BAD_INPUT = 2;
    static final int INTERNAL = 3;

    private ExitCode() {}
}
