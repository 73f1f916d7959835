/** Where point factorisations begin: random factors, factors from singular vectors, growth one component at a time. */
package org.unblend.nmf.start;
