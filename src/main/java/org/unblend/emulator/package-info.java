/**
 * Emulators: networks in the place of a forward model that takes long.
 *
 * <p>An {@link org.unblend.emulator.Emulator} holds its networks together with their scaling, its domain, and its error as
 * a function of the inputs; {@link org.unblend.emulator.LineEmulator} puts those of several molecules in the place of
 * radiative transfer. They are made by {@link org.unblend.emulator.train} from any {@link
 * org.unblend.model.ForwardModel}.
 *
 * <p>Outputs are learnt as logarithms, or as inverse hyperbolic sines where they may vanish or change sign: ln(y / floor)
 * far above a floor and y / floor below, so that what nobody can observe costs no accuracy.
 */
package org.unblend.emulator;
