package org.unblend.io.json;

/**
 * One thing that is wrong with what the user gave.
 *
 * @param code short stable code, such as {@code J003}
 * @param place where
 * @param reason what is wrong, with the offending value
 * @param remedy the one thing to do
 */
public record Mistake(String code, Place place, String reason, String remedy) {}
