package org.unblend.io.json;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown where input is wrong; carries every mistake that was found. */
public final class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    public BadInput(List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(m -> m.code() + " " + m.place() + ": " + m.reason() + "; " + m.remedy())
                .collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    public BadInput(String code, Place place, String reason, String remedy) {
        this(List.of(new Mistake(code, place, reason, remedy)));
    }

    /** The mistakes, in the order in which they were found. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
