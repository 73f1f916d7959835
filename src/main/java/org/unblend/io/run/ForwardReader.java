package org.unblend.io.run;

import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;

/** Makes the forward model that a node asks for under the key {@code model}. */
@FunctionalInterface
interface ForwardReader {

    /**
     * The forward model, or empty with a note in the mistakes.
     *
     * @param node the node's fields; the keys {@code forward} and {@code inputs} are read elsewhere
     * @param axes the axes of the model file
     */
    Optional<ForwardModel> read(Fields node, Map<String, Axis> axes, Mistakes mistakes);
}
