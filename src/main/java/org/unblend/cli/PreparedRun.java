package org.unblend.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.unblend.density.CompiledModel;
import org.unblend.density.Factorisation;
import org.unblend.infer.Task;
import org.unblend.io.json.BadInput;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunFile;
import org.unblend.math.Dense;
import org.unblend.model.Complaint;
import org.unblend.model.Constant;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.InvalidModel;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.family.Normal;

/**
 * A run whose data are prepared before they are factorised, as the options of {@code factorise} prepare them: the graph
 * has the prepared data and errors in the place of those that were given.
 *
 * @param run the run with the prepared graph
 * @param data how to go back; empty if nothing is to be done
 */
record PreparedRun(LoadedRun run, Optional<PreparedData> data) {

    /** @throws BadInput if these data cannot be prepared so, or something else than factors at a mode is wanted */
    static PreparedRun of(LoadedRun run) {
        Optional<RunFile.Prepare> prepare = run.file().prepare();
        if (prepare.isEmpty()) {
            return new PreparedRun(run, Optional.empty());
        }
        RunFile.Prepare p = prepare.get();
        Set<Task> want = run.file().want();
        if (!want.equals(Set.of(Task.POINT)) && !want.equals(Set.of(Task.RANK))) {
            throw bad(
                    p,
                    "data are prepared for point estimates and ranks, and something else is wanted",
                    "take out negatives, scale_rows and transform: the noise model says the same of the data as they are");
        }
        if (!run.start().isEmpty() && (p.what().squareRoot() || p.what().unitRows())) {
            throw bad(
                    p,
                    "tables of 'init' are in the units of the data, which scale_rows and transform change",
                    "prepare the data and the tables beforehand, or leave one of them out");
        }
        try {
            return of(run, p, Factorisation.of(run.model().graph()));
        } catch (InvalidModel e) {
            throw bad(p, e.getMessage(), "correct the data");
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e);
            throw bad(p, wrong.reason(), wrong.remedy());
        }
    }

    private static BadInput bad(RunFile.Prepare p, String reason, String remedy) {
        return new BadInput("R022", p.place(), reason, remedy);
    }

    private static PreparedRun of(LoadedRun run, RunFile.Prepare prepare, Factorisation form) {
        FactorModel.Noise noise = FactorModel.Noise.valueOf(form.noise().name());
        List<Node> nodes = run.model().graph().nodes();
        Optional<Constant> errors = form.scale()
                .flatMap(Factorisation.Scale::node)
                .filter(Constant.class::isInstance)
                .map(Constant.class::cast);
        LabelledMatrix x = new LabelledMatrix(
                form.matrix(form.x().data()),
                form.mean().dims().axes().get(0).labels(),
                form.mean().dims().axes().get(1).labels());
        boolean normal = noise == FactorModel.Noise.NORMAL;
        MatrixData given = new MatrixData(
                x,
                Optional.of(form.matrix(form.x().weights())),
                errors.filter(e -> normal)
                        .map(e -> form.matrix(form.knownScale().orElseThrow())),
                run.maps().map(m -> m.grid()),
                List.of());
        PreparedData done = PrepareOptions.prepared(
                prepare.what(), given, noise, run.file().weighted(form.x().name()));
        Observation before = form.x();
        Dims dims = form.mean().dims();
        Distribution likelihood =
                prepare.what().squareRoot() ? Normal.mean(form.mean().name()).sd(1) : before.likelihood();
        Observation after = new Observation(
                before.name(),
                dims,
                before.unit(),
                likelihood,
                MatrixData.flat(done.data().x().values().dense()),
                MatrixData.flat(done.data().weights().orElseThrow()));
        Optional<Dense> sd = done.data().sd();
        ModelGraph graph = new ModelGraph(
                run.model().graph().name(),
                nodes.stream()
                        .map(n -> n.equals(before)
                                ? after
                                : errors.filter(n::equals).isPresent() && sd.isPresent()
                                        ? new Constant(
                                                n.name(), dims, errors.get().unit(), MatrixData.flat(sd.get()))
                                        : n)
                        .toList());
        return new PreparedRun(run.with(new CompiledModel(graph)), Optional.of(done));
    }

    /** What was done, for the record of the run. */
    Map<String, String> request() {
        Map<String, String> request = new TreeMap<>();
        run.file().prepare().ifPresent(p -> PrepareOptions.addTo(p.what(), request));
        return request;
    }
}
