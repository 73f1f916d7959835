/** Nested sampling. */
package org.unblend.nested;
