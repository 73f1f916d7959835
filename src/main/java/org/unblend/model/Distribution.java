package org.unblend.model;

import java.util.List;

/** The distribution of a node's values: a prior of a parameter, or the likelihood of an observation. */
public sealed interface Distribution permits Independent, Dirichlet {

    /** Name in files, such as {@code normal}. */
    String name();

    /** The arguments, in the order of the family. */
    List<Arg> args();

    /** Names of the arguments, in the same order. */
    List<String> argumentNames();

    /** True if the density does not integrate to one. */
    boolean improper();

    /** True if the values are drawn from a density and, with some probability, are one fixed number. */
    boolean mixed();

    /** True if the values are whole numbers. */
    boolean discrete();
}
