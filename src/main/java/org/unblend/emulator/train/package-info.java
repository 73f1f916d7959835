/**
 * How emulators are made: {@link org.unblend.emulator.train.EmulatorTraining} spreads points over the domain, asks the
 * forward model, trains networks and their error, and measures both on points of their own. A {@link
 * org.unblend.emulator.train.Learner} does the optimisation; what is kept between interruptions goes to a {@link
 * org.unblend.emulator.train.TrainingStore}.
 */
package org.unblend.emulator.train;
