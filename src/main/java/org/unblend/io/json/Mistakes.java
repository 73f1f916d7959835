package org.unblend.io.json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Collects mistakes while input is read, so that the user sees all of them at once. */
public final class Mistakes {
    /** Without repetitions: two readers of one table find the same mistake. */
    private final Set<Mistake> found = new LinkedHashSet<>();

    public void add(String code, Place place, String reason, String remedy) {
        found.add(new Mistake(code, place, reason, remedy));
    }

    /** What {@code reading} gives, or empty with its mistakes added. */
    public <T> Optional<T> attempt(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (BadInput e) {
            found.addAll(e.mistakes());
            return Optional.empty();
        }
    }

    /** True if there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws BadInput if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new BadInput(List.copyOf(found));
        }
    }
}
