package org.unblend.nested;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How nested sampling finds new points above its threshold. */
public enum Way {
    /**
     * Slices within blocks where that is a clear gain, see {@link Blocks#worthwhile}. Else direct draws as long as they take
     * fewer evaluations than slices, then slices; direct draws alone without steps.
     */
    AUTO(false),
    /** Direct draws from ellipsoids around the live points, alone. */
    REGIONS(false),
    /** Slice sampling alone. */
    SLICES(true),
    /** Slice sampling within blocks of coordinates that touch a part of the likelihood. */
    BLOCKS(true),
    /** Reflections at the border of what is above the threshold, by the derivatives of the likelihood. */
    GRADIENT(true);

    private final boolean chains;

    Way(boolean chains) {
        this.chains = chains;
    }

    /** True if all points are ends of chains. */
    boolean chains() {
        return chains;
    }

    /** Its name in run files. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All names, in order. */
    static List<String> words() {
        return Arrays.stream(values()).map(Way::word).toList();
    }
}
