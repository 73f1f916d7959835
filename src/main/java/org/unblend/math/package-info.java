/** Random streams, special functions, small kernels and dense networks with their training, for everything above. */
package org.unblend.math;
