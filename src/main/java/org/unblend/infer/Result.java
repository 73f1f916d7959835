package org.unblend.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an engine returns.
 *
 * @param engine name of the engine
 * @param samples draws of the posterior
 * @param evidence the evidence, if the engine computes it
 * @param findings the engine's own checks, in order
 * @param effort what it cost
 * @param info figures worth telling, as (name, value) lines
 * @param explored the draws of the nested-sampling run behind importance draws; empty if there was none, or if it is
 *     {@code samples}
 * @param trace the way of the best start of a point fit, in order; empty for other results
 */
public record Result(
        String engine,
        Samples samples,
        Optional<Evidence> evidence,
        List<Finding> findings,
        Effort effort,
        List<Info> info,
        Optional<Samples> explored,
        List<Look> trace) {

    public Result {
        findings = List.copyOf(findings);
        info = List.copyOf(info);
        trace = List.copyOf(trace);
    }

    /** A result without draws of another kind. */
    public Result(
            String engine,
            Samples samples,
            Optional<Evidence> evidence,
            List<Finding> findings,
            Effort effort,
            List<Info> info,
            List<Look> trace) {
        this(engine, samples, evidence, findings, effort, info, Optional.empty(), trace);
    }

    /** A result without a trace. */
    public Result(
            String engine,
            Samples samples,
            Optional<Evidence> evidence,
            List<Finding> findings,
            Effort effort,
            List<Info> info) {
        this(engine, samples, evidence, findings, effort, info, List.of());
    }

    /** The same with draws and evidence that rest on those of this result, which are kept beside them. */
    public Result refined(Samples draws, Evidence better) {
        return new Result(
                engine,
                draws,
                Optional.of(better),
                findings,
                effort,
                info,
                Optional.of(explored.orElse(samples)),
                trace);
    }

    /** The same with one more finding. */
    public Result with(Finding finding) {
        List<Finding> all = new ArrayList<>(findings);
        all.add(finding);
        return new Result(engine, samples, evidence, all, effort, info, explored, trace);
    }

    /** The draws of nested sampling, if there are any: {@code explored}, or {@code samples} with their path. */
    public Optional<Samples> nested() {
        return explored.isPresent()
                ? explored
                : Optional.of(samples).filter(s -> s.path().isPresent());
    }

    /** A named figure. */
    public record Info(String name, String value) {}

    /**
     * One look at a point fit under way.
     *
     * @param iteration iterations done
     * @param seconds since the run began; NaN if unknown
     * @param objective negative log posterior up to a constant
     * @param residual KKT residual: 0 at a stationary point
     */
    public record Look(int iteration, double seconds, double objective, double residual) {}

    /** The worst severity among the findings. */
    public Finding.Severity verdict() {
        return findings.stream().map(Finding::severity).max(Enum::compareTo).orElse(Finding.Severity.OK);
    }
}
