/**
 * The program that makes the built-in molecules: {@link org.unblend.radiative.fit.MakeMolecules} fits compact forms to
 * the collision rates of LAMDA files. The rest of Unblend reads only what it wrote.
 *
 * <p>Tried and dropped, by the errors of line fluxes: scaling laws (infinite-order sudden, energy-corrected sudden;
 * medians of 2 to 4 %), and singular vectors of the rates by temperature (as good, with three times the numbers).
 */
package org.unblend.radiative.fit;
