package org.unblend.nmf;

import java.util.Optional;

/** Told of each look at a running fit, and may end it. Called from the thread that called the solver. */
@FunctionalInterface
public interface Watcher {

    /** Watches nothing. */
    Watcher NONE = m -> Optional.empty();

    /** Why the fit must end now, or empty to go on. */
    Optional<String> look(Moment moment);
}
