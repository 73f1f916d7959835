package org.unblend.io;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.family.ZeroInflated;
import org.unblend.model.op.Product;

/** A factorisation's graph as the text of a model file (format model/1) with its priors. */
public final class ModelJson {
    private ModelJson() {}

    /**
     * The text of the model file. Data and constants are left to the run.
     *
     * @throws IllegalArgumentException if the graph holds another operation than the matrix product
     */
    public static String text(ModelGraph graph) throws IOException {
        ObjectNode model =
                JsonNodeFactory.instance.objectNode().put("format", "model/1").put("name", graph.name());
        ObjectNode axes = model.putObject("axes");
        axes(graph).forEach((name, axis) -> {
            if (axis.equals(Axis.of(name, axis.length()))) {
                axes.put(name, axis.length());
            } else {
                axis.labels().forEach(axes.withArray(name)::add);
            }
        });
        ArrayNode nodes = model.putArray("nodes");
        ObjectNode priors = model.putObject("priors");
        for (Node node : graph.nodes()) {
            ObjectNode out = nodes.addObject();
            if (node instanceof Parameter p) {
                out.put("parameter", p.name());
                dims(out, p.dims());
                distribution(priors.putObject(p.name()), p.prior());
            } else if (node instanceof Constant c) {
                out.put("data", c.name());
                dims(out, c.dims());
            } else if (node instanceof Observation o) {
                out.put("observe", o.name());
                dims(out, o.dims());
                distribution(out, o.likelihood());
            } else if (node instanceof Deterministic d && d.op() instanceof Product product) {
                out.put("product", d.name()).put("left", product.left()).put("right", product.right());
            } else {
                throw new IllegalArgumentException("the node " + node.name() + " is no part of a factorisation");
            }
        }
        return ResultRecord.text(model);
    }

    private static Map<String, Axis> axes(ModelGraph graph) {
        Map<String, Axis> axes = new LinkedHashMap<>();
        graph.nodes().forEach(n -> n.dims().axes().forEach(a -> axes.put(a.name(), a)));
        return axes;
    }

    private static void dims(ObjectNode out, Dims dims) {
        ArrayNode axes = out.putArray("axes");
        dims.axes().forEach(a -> axes.add(a.name()));
    }

    private static void distribution(ObjectNode out, Distribution distribution) {
        ObjectNode arguments = out.putObject(distribution.name());
        List<String> names = distribution.argumentNames();
        for (int i = 0; i < names.size(); i++) {
            Arg arg = distribution.args().get(i);
            if (i == 1 && distribution instanceof Independent d && d.family() instanceof ZeroInflated mixed) {
                arguments = arguments
                        .putObject(ZeroInflated.ELSE)
                        .putObject(mixed.otherwise().name());
            }
            if (arg instanceof Arg.Ref ref) {
                arguments.put(names.get(i), ref.node());
            } else if (arg instanceof Arg.Value v && Double.isFinite(v.value())) {
                // Files have no infinity: an end that is left out is open.
                arguments.put(names.get(i), v.value());
            }
        }
    }
}
