package org.unblend.cli;

import java.nio.file.Path;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.model.Complaint;

/** Mistakes of the command line that no file has made. */
final class BadOption {
    private BadOption() {}

    static BadInput of(String reason, String remedy) {
        return new BadInput("C002", Place.of(Path.of("command line")), reason, remedy);
    }

    /** What an argument was refused for. */
    static BadInput of(IllegalArgumentException e) {
        Complaint wrong = Complaint.of(e);
        return of(wrong.reason(), wrong.remedy());
    }
}
