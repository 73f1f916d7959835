/** Matrices from and to files: tables, NPY, Matrix Market, FITS. The format follows from the name of the file. */
package org.unblend.io.matrix;
