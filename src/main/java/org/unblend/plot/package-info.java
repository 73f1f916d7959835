/**
 * Figures drawn as SVG text, without AWT.
 *
 * <p>Tried and dropped: kernels tilted like the correlation within round neighbourhoods, which drew the 86.5 % region of a
 * normal law of correlation -0.9 10 % too large; neighbours are sought in the kernel's own metric instead (6 %).
 */
package org.unblend.plot;
