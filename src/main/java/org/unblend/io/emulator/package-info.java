/** Files of emulators: trained ones, recipes for training, what an interrupted training keeps, and exports. */
package org.unblend.io.emulator;
