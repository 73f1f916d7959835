package org.unblend.io.run;

import java.nio.file.Path;
import java.util.List;
import org.unblend.io.json.Place;

/**
 * The standard deviations that were given with the maps of another node, {@code { "sd_of": "X" }}; 1 where a map has none.
 *
 * @param of the name of that node
 * @param place where the run file says so
 */
record ErrorsEntry(String of, Place place) implements DataEntry {

    @Override
    public List<Path> sources() {
        return List.of();
    }
}
