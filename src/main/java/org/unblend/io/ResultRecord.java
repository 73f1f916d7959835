package org.unblend.io;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Evidence;
import org.unblend.infer.Knob;
import org.unblend.infer.Plan;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Provenance;
import org.unblend.infer.Result;
import org.unblend.infer.Task;
import org.unblend.model.Deterministic;
import org.unblend.model.op.Forward;

/** The record of a result: the resolved run, the plan and its reasons, the headline, provenance, what to cite. */
public final class ResultRecord {
    private ResultRecord() {}

    /**
     * The text of {@code result.json}, format {@code result/1}.
     *
     * @param run name of the run
     * @param request what was asked for on the command line, if it was not a run file
     */
    public static String json(
            String run, Map<String, String> request, Plan plan, Problem problem, Result result, Provenance provenance)
            throws IOException {
        CompiledModel model = problem.model();
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", "result/1").put("run", run);
        if (!request.isEmpty()) {
            ObjectNode asked = root.putObject("request");
            new TreeMap<>(request).forEach(asked::put);
        }
        root.put("model", model.graph().name()).put("model_hash", model.fingerprint());
        root.put("verdict", result.verdict().toString());
        ArrayNode want = root.putArray("want");
        problem.tasks().stream()
                .map(t -> t.name().toLowerCase(Locale.ROOT))
                .sorted()
                .forEach(want::add);
        if (!problem.tasks().equals(Set.of(Task.POINT))) {
            Precision wanted = problem.precision();
            ObjectNode precision = root.putObject("precision");
            precision.put("dlogz", wanted.dlogz()).put("ess", wanted.ess());
            if (Double.isFinite(wanted.logZError())) {
                precision.put("logz_error", wanted.logZError());
            }
            if (Double.isFinite(wanted.quantileError())) {
                precision.put("quantile_error", wanted.quantileError());
            }
        }
        ObjectNode engine = root.putObject("engine");
        engine.put("name", plan.engine().name()).put("reason", plan.reason());
        ObjectNode knobs = engine.putObject("knobs");
        Map<String, Knob> known =
                plan.engine().knobs().stream().collect(Collectors.toMap(Knob::name, Function.identity()));
        new TreeMap<>(problem.knobs()).forEach((name, value) -> {
            if (known.containsKey(name) && !known.get(name).words().isEmpty()) {
                knobs.put(name, known.get(name).shown(value));
            } else {
                knobs.put(name, value);
            }
        });
        ArrayNode others = engine.putArray("others");
        plan.others().forEach(o -> others.addObject().put("name", o.engine()).put("reason", o.reason()));
        result.evidence().ifPresent(e -> {
            ObjectNode node = root.putObject("evidence");
            evidence(node, e);
            e.other().ifPresent(o -> evidence(node.putObject("other"), o));
        });
        ObjectNode effort = root.putObject("effort");
        effort.put("evaluations", result.effort().evaluations())
                .put("batches", result.effort().batches())
                .put("failed", result.effort().failed());
        result.effort().stopped().ifPresent(why -> effort.put("stopped", why));
        ObjectNode info = root.putObject("info");
        result.info().forEach(i -> info.put(i.name(), i.value()));
        provenance(root.putObject("provenance"), provenance);
        ArrayNode cite = root.putArray("cite");
        citations(model, plan).forEach(cite::add);
        return text(root);
    }

    /** How a result was made. */
    static void provenance(ObjectNode made, Provenance provenance) {
        made.put("version", provenance.version())
                .put("java", provenance.java())
                .put("platform", provenance.platform())
                .put("threads", provenance.threads())
                .put("seed", provenance.seed())
                .put("started", provenance.started())
                .put("seconds", provenance.seconds())
                .put("resumed", provenance.resumed());
        ArrayNode sources = made.putArray("sources");
        provenance.sources().forEach(sources::add);
    }

    /** JSON as the program writes it. */
    static String text(ObjectNode root) throws IOException {
        // The standard indenter takes the line separator of the machine; files have line feeds everywhere.
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
        return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    }

    /** What to cite for what ran. */
    public static Set<String> citations(CompiledModel model, Plan plan) {
        Set<String> all = new TreeSet<>(plan.engine().citations());
        for (Deterministic d : model.graph().deterministics()) {
            if (d.op() instanceof Forward f) {
                all.addAll(f.model().citations());
            }
        }
        return all;
    }

    private static void evidence(ObjectNode node, Evidence e) {
        node.put("logz", e.logZ())
                .put("logz_error", e.error())
                .put("information_nats", e.information())
                .put("method", e.method());
    }
}
