/**
 * Astrochemistry: abundances of species from the conditions of the gas.
 *
 * <p>A {@link org.unblend.chemistry.Network} of gas-phase reactions comes from a file of UMIST or KIDA ({@link
 * org.unblend.chemistry.NetworkReader}). {@link org.unblend.chemistry.ChemistryModel} compiles it with the processes on
 * grains (H2 formation, freezing, desorption) and the shielding of H2 and CO into flat arrays with a sparse analytic
 * Jacobian, and its {@link org.unblend.chemistry.Run}s take gas through a collapse and a warming, or hold it as it is, with
 * {@link org.unblend.math.Rosenbrock}.
 *
 * <p>Choices that measurement decided: rate coefficients are extrapolated beyond their range of temperature (holding them
 * at its ends is wrong by factors of 100 and more); self-shielding is part of the Jacobian; the sum of the ices is a
 * component of its own, which keeps the Jacobian of desorption sparse; a one-step method goes on after an event of
 * evaporation without starting anew.
 */
package org.unblend.chemistry;
