package org.unblend.infer;

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
 */
public record Result(
        String engine,
        Samples samples,
        Optional<Evidence> evidence,
        List<Finding> findings,
        Effort effort,
        List<Info> info) {

    public Result {
        findings = List.copyOf(findings);
        info = List.copyOf(info);
    }

    /** A named figure. */
    public record Info(String name, String value) {}

    /** The worst severity among the findings. */
    public Finding.Severity verdict() {
        return findings.stream().map(Finding::severity).max(Enum::compareTo).orElse(Finding.Severity.OK);
    }
}
