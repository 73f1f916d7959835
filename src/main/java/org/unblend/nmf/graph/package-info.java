/** Point factorisations as answers to model graphs: the pattern, its priors as penalties, and one engine per solver. */
package org.unblend.nmf.graph;
