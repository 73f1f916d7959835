/** Random streams, special functions and small kernels that everything above uses. */
package org.unblend.math;
