package org.unblend.model;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown where a model cannot be built. Carries every flaw that was found, not only the first. */
public final class InvalidModel extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<Flaw> flaws;

    public InvalidModel(List<Flaw> flaws) {
        super(flaws.stream()
                .map(f -> f.code() + ": " + (f.node().isEmpty() ? "" : f.node() + ": ") + f.reason() + "; "
                        + f.remedy())
                .collect(Collectors.joining("\n")));
        this.flaws = List.copyOf(flaws);
    }

    public InvalidModel(String code, String node, String reason, String remedy) {
        this(List.of(new Flaw(code, node, reason, remedy)));
    }

    /** All flaws, in the order of the model. */
    public List<Flaw> flaws() {
        return flaws;
    }
}
