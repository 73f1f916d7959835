package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import org.unblend.io.json.Place;

/** Data of one node by reference, as an entry under {@code "data"} of a run file. */
sealed interface DataEntry permits Column, MatrixEntry, ErrorsEntry {

    /** Where the run file says so. */
    Place place();

    /** The files that hold the data. */
    List<Path> sources();
}
