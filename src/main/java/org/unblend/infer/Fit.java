package org.unblend.infer;

/** How well an engine suits a graph and a task; the planner takes the highest. */
public enum Fit {
    /** The engine cannot do it. */
    INCOMPATIBLE,
    /** It works, but what comes out depends on the method: only if it is asked for by name. */
    ON_REQUEST,
    /** It works, but others are made for it. */
    COMPATIBLE,
    /** A good general choice. */
    PREFERRED,
    /** Made for exactly this structure. */
    IDEAL
}
