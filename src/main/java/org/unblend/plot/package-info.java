/** Figures drawn as SVG text, without AWT. */
package org.unblend.plot;
