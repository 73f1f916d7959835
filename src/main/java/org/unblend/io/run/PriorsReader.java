package org.unblend.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;

/** Reads a prior set, format {@code priors/1}. */
final class PriorsReader {
    private PriorsReader() {}

    /** The priors by parameter name, in the order of the file. */
    static Map<String, Prior> read(Path file, Mistakes mistakes) {
        Fields fields = Fields.ofFile(file, "priors/1", mistakes);
        fields.text("name", "");
        fields.text("about", "");
        fields.text("source", "");
        Map<String, Prior> priors = priors(fields.object("priors"), mistakes);
        fields.done();
        return priors;
    }

    /** The same of the object that holds them. */
    static Map<String, Prior> priors(Fields all, Mistakes mistakes) {
        Map<String, Prior> priors = new LinkedHashMap<>();
        for (String name : all.keys()) {
            Json value = all.require(name).orElseThrow();
            Fields one = Fields.of(value, mistakes);
            String unit = one.text("unit", "");
            DistributionReader.read(one, List.of("unit"), mistakes)
                    .ifPresent(d -> priors.put(name, new Prior(d, unit, value.place())));
            one.done();
        }
        return priors;
    }
}
