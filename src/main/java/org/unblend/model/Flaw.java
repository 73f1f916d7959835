package org.unblend.model;

/**
 * One thing that is wrong with a model.
 *
 * @param code a short stable code, such as {@code M012}
 * @param node the node it was found at, empty where it concerns no single node
 * @param reason what is wrong, with the offending values
 * @param remedy the one thing to do about it
 */
public record Flaw(String code, String node, String reason, String remedy) {}
