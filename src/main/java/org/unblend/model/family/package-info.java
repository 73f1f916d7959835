/** The families of distributions, one per file. Each is a page: density, quantile, draw, support and derivatives. */
package org.unblend.model.family;
