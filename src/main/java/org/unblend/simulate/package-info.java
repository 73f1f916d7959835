/** Synthetic measurements with known truth. Every simulator is a pure function of its settings and a random stream. */
package org.unblend.simulate;
