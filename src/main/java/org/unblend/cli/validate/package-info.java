/**
 * The validation table: published and analytic results that the program reproduces. A case is a folder of
 * {@code validation/} whose {@code case.json} states source, values and tolerances; a {@link
 * org.unblend.cli.validate.Check} computes ours.
 */
package org.unblend.cli.validate;
