/** The language: named axes, nodes, distributions, operations and forward models that make up a {@link org.unblend.model.ModelGraph}. */
package org.unblend.model;
