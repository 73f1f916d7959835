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
 *
 * <p>Tried and dropped for line temperatures: four layers of 64 and an absolute loss in place of three of 96 and a squared
 * one (HCN: a lower median, 0.18 instead of 0.31 %, but a longer tail, 4.9 instead of 3.7 % at the 99th percentile).
 */
package org.unblend.emulator;
