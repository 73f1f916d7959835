/**
 * Radiative transfer of molecular lines: molecules, escape probability, statistical equilibrium.
 *
 * <p>{@link org.unblend.radiative.MoleculeCatalog} finds a {@link org.unblend.radiative.Molecule}, built in or read from
 * a LAMDA file; {@link org.unblend.radiative.OneZone} solves it at a point into a {@link
 * org.unblend.radiative.ZoneState}; {@link org.unblend.radiative.OneZoneModel} offers that to model graphs, {@link
 * org.unblend.radiative.LineTable} as a calculator. A further shape of the zone is one more constant of {@link
 * org.unblend.radiative.Geometry}.
 *
 * <p>RADEX (van der Tak et al. 2007, A&amp;A 468, 627) is the reference, and its conventions are kept: photon energies
 * from the levels, the central line of sight, the width of a Gaussian. Two things differ: constants are those of CODATA
 * 2018, and the escape probability is smooth and positive at every optical depth, so that the spurious masers of RADEX,
 * which grow where its form turns negative, do not occur. The constants {@code RADEX_...} of the geometry have its branches
 * for comparison; where they jump, a point may have no solution, which is said.
 *
 * <p>{@link org.unblend.radiative.ZoneGradient} differentiates a solved point implicitly: one more linear system gives the
 * derivatives with respect to every input. {@link org.unblend.radiative.Physics} gathers what can be chosen.
 *
 * <p>Tried and dropped: the damped plain iteration alone (30 to 9,000 systems a point where Newton's method takes 5 to
 * 70, and 14 % of points of CN unsolved); Newton's method with full steps (one point in a thousand ends in a maser that
 * does not exist); with steps in the logarithms (twice as many slow points).
 */
package org.unblend.radiative;
