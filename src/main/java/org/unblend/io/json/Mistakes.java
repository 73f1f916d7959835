package org.unblend.io.json;

import java.util.ArrayList;
import java.util.List;

/** Collects mistakes while input is read, so that the user sees all of them at once. */
public final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    public void add(String code, Place place, String reason, String remedy) {
        found.add(new Mistake(code, place, reason, remedy));
    }

    public void add(BadInput bad) {
        found.addAll(bad.mistakes());
    }

    /** True if there is none. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** @throws BadInput if there is any */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new BadInput(found);
        }
    }
}
