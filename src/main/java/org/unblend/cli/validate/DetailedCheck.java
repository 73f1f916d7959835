package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.unblend.math.Parallel;

/** A check that has more to show than one value per row. */
interface DetailedCheck extends Check {

    /**
     * Our values and what belongs below the table.
     *
     * @param values our values by key
     * @param details Markdown
     */
    record Outcome(Map<String, Measured> values, String details) {}

    /** As {@link #compute}, with details. */
    Outcome detailed(Path folder, Path data, Parallel parallel, Consumer<String> told) throws IOException;

    @Override
    default Map<String, Measured> compute(Path folder, Path data, Parallel parallel, Consumer<String> told)
            throws IOException {
        return detailed(folder, data, parallel, told).values();
    }
}
