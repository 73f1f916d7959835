package org.unblend.infer;

import java.util.Optional;

/** Tells an engine whether it must end early. Asked between batches. */
@FunctionalInterface
public interface Budget {

    /** Never ends a run. */
    Budget UNLIMITED = Optional::empty;

    /** Why the run must end now (a time limit, the user's wish), or empty to go on. */
    Optional<String> exhausted();
}
