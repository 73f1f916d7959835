/**
 * The program that makes the built-in molecules: {@link org.unblend.radiative.fit.MakeMolecules} fits compact forms to
 * the collision rates of LAMDA files. The rest of Unblend reads only what it wrote.
 *
 * <p>Relative errors against the files, of the rates at 10 to 300 K, and of the fluxes of lines with J_up up to 10 and
 * T_R above 10 mK at random points (10 to 200 K, 1e4 to 1e6 cm^-3; in brackets 10 to 300 K, 1e2 to 1e8 cm^-3); the test
 * sources hold {@code RadiativeFigures}, which prints them:
 *
 * <pre>
 *                rates          fluxes
 *                median  95 %   median          95 %            largest
 *   CO   p-H2    1.9 %   21 %   0.04 (0.07) %   0.4 (1.0) %     3 %
 *        o-H2    1.2      7
 *   CS           0.6      6     0.09 (0.05)     0.7 (0.7)       3
 *   HCN          0.7      6     0.12 (0.12)     0.7 (1.0)       4
 *   HCO+         2.2     16     0.24 (0.14)     0.8 (0.7)      10
 * </pre>
 *
 * <p>Those of HNC, N2H+ and SiO, fitted with more weight on fast transitions, stand in validation/collision-fits. That
 * weight made the other molecules a little better too; they keep their fits because trained emulators rest on them. SiO
 * with 30 or 40 levels instead of 25 was twice as bad.
 *
 * <p>Tried and dropped: scaling laws of the rates (infinite-order sudden, energy-corrected sudden; median errors of the
 * fluxes of 2 to 4 %); singular vectors of the rates by temperature (as good, with three times the numbers); 221 terms
 * in place of 186 (no better outside the fitted points); equal weights of all levels (a fifth worse).
 */
package org.unblend.radiative.fit;
