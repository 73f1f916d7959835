package org.unblend.density;

import java.util.ArrayList;
import java.util.List;
import org.unblend.model.ModelGraph;
import org.unblend.model.Parameter;

/**
 * Where each parameter lies in the flat vector θ: topological order of the graph, row-major within a parameter.
 *
 * @param slots one per parameter
 */
public record Layout(List<Slot> slots) {

    /**
     * The place of one parameter.
     *
     * @param parameter the parameter
     * @param offset first column of θ
     */
    public record Slot(Parameter parameter, int offset) {
        /** Number of columns. */
        public int size() {
            return parameter.dims().size();
        }
    }

    /** The layout of a graph's parameters. */
    public static Layout of(ModelGraph graph) {
        List<Slot> slots = new ArrayList<>();
        int offset = 0;
        for (Parameter p : graph.parameters()) {
            slots.add(new Slot(p, offset));
            offset += p.dims().size();
        }
        return new Layout(List.copyOf(slots));
    }

    /** Number of columns of θ. */
    public int dimension() {
        Slot last = slots.get(slots.size() - 1);
        return last.offset() + last.size();
    }

    /** Names of the columns: {@code T_kin}, or {@code W[AGN,c0]} for an entry of a parameter with axes. */
    public List<String> names() {
        return slots.stream()
                .flatMap(s -> s.parameter().dims().entryLabels().stream()
                        .map(l -> l.isEmpty()
                                ? s.parameter().name()
                                : s.parameter().name() + "[" + l + "]"))
                .toList();
    }
}
