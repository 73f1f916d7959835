package org.unblend.chemistry;

import java.io.IOException;

/** Thrown where a network file is not as its format says; knows the place. */
public final class NetworkFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;
    private final String reason;
    private final String remedy;

    NetworkFormatException(String file, int line, int column, String reason, String remedy) {
        super(file + ":" + line + ":" + column + ": " + reason + "; " + remedy);
        this.file = file;
        this.line = line;
        this.column = column;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The file. */
    public String file() {
        return file;
    }

    /** Line, counted from 1. */
    public int line() {
        return line;
    }

    /** Column, counted from 1. */
    public int column() {
        return column;
    }

    /** What is wrong. */
    public String reason() {
        return reason;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
