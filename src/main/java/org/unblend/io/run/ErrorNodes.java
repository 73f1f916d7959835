package org.unblend.io.run;

import java.util.List;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.model.Axis;
import org.unblend.model.ErrorAxis;
import org.unblend.model.GraphBuilder;
import org.unblend.model.Op;
import org.unblend.model.op.Forward;
import org.unblend.model.op.Select;

/**
 * The nodes of an operation. A forward model that gives errors beside values is evaluated once, in a node of its own; values
 * and errors are cut from it.
 */
final class ErrorNodes {
    private ErrorNodes() {}

    /**
     * Adds the nodes.
     *
     * @param name of the node, for the values or, if no second name is given, for the errors
     * @param node may name a second node for the errors under {@code error}
     * @return names of all nodes that were added
     */
    static List<String> add(GraphBuilder builder, String name, Op op, Fields node) {
        Optional<Axis> values =
                op instanceof Forward f ? ErrorAxis.values(f.model().output()) : Optional.empty();
        if (values.isEmpty()) {
            builder.deterministic(name, op);
            return List.of(name);
        }
        Axis both = ErrorAxis.of(values.get());
        int m = values.get().length();
        String whole = name + " (whole)";
        builder.deterministic(whole, op);
        Select errors = new Select(whole, both.name(), both.labels().subList(m, 2 * m), values.get());
        Optional<String> second = node.find("error").flatMap(node::asText);
        if (second.isEmpty()) {
            builder.deterministic(name, errors);
            return List.of(name, whole);
        }
        builder.deterministic(name, new Select(whole, both.name(), both.labels().subList(0, m), values.get()));
        builder.deterministic(second.get(), errors);
        return List.of(name, second.get(), whole);
    }
}
