/**
 * The program that makes the built-in network: {@link org.unblend.chemistry.reduce.MakeNetwork} reduces a full network that
 * the user gives and checks each omission against it.
 */
package org.unblend.chemistry.reduce;
