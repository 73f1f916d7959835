/**
 * Model, prior and run files. The way of the data: {@link org.unblend.io.run.RunLoader} reads the run file, the priors
 * and the tables it names, hands them to the model reader, and gives a {@link org.unblend.io.run.LoadedRun}.
 */
package org.unblend.io.run;
