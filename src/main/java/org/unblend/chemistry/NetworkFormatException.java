package org.unblend.chemistry;

import org.unblend.model.MalformedFile;

/** Thrown where a network file is not as its format says. */
public final class NetworkFormatException extends MalformedFile {
    private static final long serialVersionUID = 1L;

    NetworkFormatException(String file, int line, int column, String reason, String remedy) {
        super(file, line, column, reason, remedy);
    }
}
