/** Radiative transfer of molecular lines: molecules, escape probability, statistical equilibrium. */
package org.unblend.radiative;
