package org.unblend.model;

/**
 * One named input of a forward model.
 *
 * @param name name by which a model file connects it
 * @param unit unit of its values, such as {@code cm-3}; {@code 1} if dimensionless
 * @param domain the values for which the model is valid
 */
public record Port(String name, String unit, Support domain) {}
