/** What is done to a matrix before it is factorised, and how factors are brought back to the units of the data. */
package org.unblend.nmf.prepare;
