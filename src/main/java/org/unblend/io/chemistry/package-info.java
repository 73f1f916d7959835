/** Tables of conditions for the chemical model and of its abundances; networks from files. */
package org.unblend.io.chemistry;
