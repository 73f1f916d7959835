/** The language, compiled: a graph becomes flat batched functions of plain arrays that a generic engine can call. */
package org.unblend.density;
