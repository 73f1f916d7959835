package org.unblend.model;

/**
 * What the message of an {@link IllegalArgumentException} says by the convention of this program: {@code reason; remedy}.
 *
 * @param reason what is wrong
 * @param remedy what to do about it
 */
public record Complaint(String reason, String remedy) {

    /** The parts of a message; without a remedy in it, "correct it". */
    public static Complaint of(IllegalArgumentException e) {
        return of(e.getMessage(), "correct it");
    }

    /**
     * The parts of a message.
     *
     * @param otherwise the remedy where the message has none
     */
    public static Complaint of(String message, String otherwise) {
        String[] parts = message.split("; ", 2);
        return new Complaint(parts[0], parts.length > 1 ? parts[1] : otherwise);
    }
}
