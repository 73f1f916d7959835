package org.unblend.model;

import java.io.IOException;

/** Thrown where a file is not as its format says; knows the place. */
public abstract class MalformedFile extends IOException {
    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final int column;
    private final String reason;
    private final String remedy;

    /**
     * @param file name of the file
     * @param line line, from 1
     * @param column column, from 1
     * @param reason what is wrong
     * @param remedy what to do about it
     */
    protected MalformedFile(String file, int line, int column, String reason, String remedy) {
        super(file + ":" + line + ":" + column + ": " + reason + "; " + remedy);
        this.file = file;
        this.line = line;
        this.column = column;
        this.reason = reason;
        this.remedy = remedy;
    }

    /** The file's name. */
    public String file() {
        return file;
    }

    /** Line of the fault, from 1. */
    public int line() {
        return line;
    }

    /** Column of the fault, from 1. */
    public int column() {
        return column;
    }

    /** What is wrong. */
    public String reason() {
        return reason;
    }

    /** What to do about it. */
    public String remedy() {
        return remedy;
    }
}
