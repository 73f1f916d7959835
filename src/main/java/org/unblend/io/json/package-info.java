/** JSON with places: every value remembers the line, column and pointer it was read from, so that errors can point. */
package org.unblend.io.json;
