/**
 * Maps of lines: FITS images and tables with a row per pixel become a matrix lines x pixels, and strengths per pixel
 * become FITS images again, with the world coordinates of the maps.
 */
package org.unblend.io.maps;
