package org.unblend.radiative;

import org.unblend.model.MalformedFile;

/** Thrown where a file does not follow the LAMDA format. */
public final class LamdaFormatException extends MalformedFile {
    private static final long serialVersionUID = 1L;

    /**
     * @param file name of the file
     * @param line line, from 1
     * @param column column, from 1
     * @param reason what is wrong
     * @param remedy what to do about it
     */
    public LamdaFormatException(String file, int line, int column, String reason, String remedy) {
        super(file, line, column, reason, remedy);
    }
}
