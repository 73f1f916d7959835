package org.unblend.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Fit;
import org.unblend.infer.Knob;
import org.unblend.infer.Match;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.io.NestedRecord;
import org.unblend.nested.MergedResults;
import org.unblend.nested.NestedEngine;

/**
 * Runs of nested sampling that are already there, as an answer to the question that they share.
 *
 * @param records at least two of one model, with seeds of their own
 */
record MergedEngine(List<NestedRecord> records) implements Engine {

    @Override
    public String name() {
        return new NestedEngine().name();
    }

    @Override
    public List<Knob> knobs() {
        return List.of();
    }

    @Override
    public Match match(CompiledModel model, Set<Task> tasks) {
        return new Match(Fit.PREFERRED, records.size() + " results of this model are merged, nothing is sampled");
    }

    @Override
    public Result run(Problem problem, RunContext context) {
        Result merged =
                MergedResults.of(records.stream().map(NestedRecord::result).toList());
        List<Finding> findings = new ArrayList<>(merged.findings());
        records.forEach(r -> verdict(r).ifPresent(findings::add));
        List<Evidence> refined =
                records.stream().flatMap(r -> r.refined().stream()).toList();
        if (!refined.isEmpty()) {
            findings.add(Finding.ok(
                    "refined evidences",
                    "they are not merged, since what one kind of proposal misses all of them miss: "
                            + refined.stream()
                                    .map(e -> String.format(Locale.ROOT, "%.3f +- %.3f", e.logZ(), e.error()))
                                    .collect(Collectors.joining(", "))
                            + "; value and error of the merged ln Z are those of nested sampling alone"));
        }
        return new Result(
                merged.engine(), merged.samples(), merged.evidence(), findings, merged.effort(), merged.info());
    }

    /** What the diagnosis of one of them says, unless all was fine. */
    private static Optional<Finding> verdict(NestedRecord r) {
        String where = r.directory().normalize().toString();
        if (r.verdict().equals(Finding.Severity.OK.toString())) {
            return Optional.empty();
        }
        String message = where + " says " + r.verdict();
        String remedy = "read " + r.directory().normalize().resolve("diagnosis.txt");
        return Optional.of(
                r.verdict().equals(Finding.Severity.DO_NOT_USE.toString())
                        ? Finding.fatal("merged results", message, remedy)
                        : Finding.caution("merged results", message, remedy));
    }

    @Override
    public List<String> citations() {
        List<String> all = new ArrayList<>(new NestedEngine().citations());
        all.add("Higson et al. 2019, Statistics and Computing 29, 891 (merging)");
        return all;
    }
}
