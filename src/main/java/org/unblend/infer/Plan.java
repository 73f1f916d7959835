package org.unblend.infer;

import java.util.List;

/**
 * The planner's choice.
 *
 * @param engine the engine that will run
 * @param reason why
 * @param others the engines that will not, with their reasons
 */
public record Plan(Engine engine, String reason, List<Rejected> others) {

    public Plan {
        others = List.copyOf(others);
    }

    /** The same with one more reason. */
    public Plan with(String moreReason) {
        return new Plan(engine, reason + "; " + moreReason, others);
    }

    /** An engine that was not chosen. */
    public record Rejected(String engine, Fit fit, String reason) {}
}
