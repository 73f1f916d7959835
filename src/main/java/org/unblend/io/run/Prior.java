package org.unblend.io.run;

import org.unblend.io.json.Place;
import org.unblend.model.Distribution;

/**
 * A prior as a file gives it.
 *
 * @param unit unit of its numbers; empty if not stated
 * @param place where it stands
 */
record Prior(Distribution distribution, String unit, Place place) {}
