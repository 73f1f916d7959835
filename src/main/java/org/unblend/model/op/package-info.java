/** The operations of a model graph, one per file, each with its shape rule, its unit rule and its derivative. */
package org.unblend.model.op;
