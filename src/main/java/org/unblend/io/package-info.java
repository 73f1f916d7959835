/** Files: models, priors, runs, data, the result directory and its exports. */
package org.unblend.io;
