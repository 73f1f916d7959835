package org.unblend.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.ModelGraph;
import org.unblend.model.Nearest;
import org.unblend.model.Parameter;

/**
 * Reads values of parameters with two axes from a table each.
 *
 * @param code of a name that is no such parameter
 * @param what the tables are, to be told
 * @param place where the run file names them
 */
record FactorTables(String code, String what, Place place) {

    /**
     * The values by parameter, row-major; without those that cannot be read, which are noted. Names along axes that no data
     * have, such as those of components, are ignored: components are matched by what they are.
     */
    Map<String, double[]> read(Map<String, Path> files, ModelGraph graph, Mistakes mistakes) {
        Map<String, double[]> all = new LinkedHashMap<>();
        files.forEach((node, file) -> {
            Optional<Parameter> known = graph.parameters().stream()
                    .filter(p -> p.name().equals(node))
                    .findFirst();
            if (known.isEmpty() || known.get().dims().axes().size() != 2) {
                mistakes.add(
                        code,
                        place,
                        what + " names '" + node + "', which is no parameter with two axes",
                        Nearest.hint(
                                node,
                                graph.parameters().stream()
                                        .filter(p -> p.dims().axes().size() == 2)
                                        .map(Parameter::name)
                                        .toList()));
                return;
            }
            Dims dims = known.get().dims();
            Axis rows = dims.axes().get(0);
            Axis columns = dims.axes().get(1);
            MatrixEntry entry = MatrixEntry.plain(
                    file, new MatrixEntry.Side(rows.name(), place), new MatrixEntry.Side(columns.name(), place), place);
            mistakes.attempt(() -> MatrixReader.read(file, false))
                    .map(m -> new LabelledMatrix(
                            m.values(),
                            observed(graph, rows) ? m.rows() : List.of(),
                            observed(graph, columns) ? m.columns() : List.of()))
                    .flatMap(m -> MatrixValues.of(entry, file, m, dims, mistakes))
                    .ifPresent(values -> all.put(node, values));
        });
        return all;
    }

    private static boolean observed(ModelGraph graph, Axis axis) {
        return graph.observations().stream().anyMatch(o -> o.dims().axes().contains(axis));
    }
}
