package org.unblend.math;

/**
 * An immutable key from which independent random numbers grow. A stream is split by name or by index, never advanced,
 * so what a part of a computation draws depends on its place in the computation and not on the order in which threads
 * reach it.
 *
 * <p>Keys are mixed with the finaliser of SplitMix64 (Steele, Lea and Flood 2014, OOPSLA, "Fast splittable pseudorandom
 * number generators"); the numbers themselves come from {@link RandomSource}.
 *
 * @param high upper 64 bits of the key
 * @param low lower 64 bits of the key
 */
public record RandomStream(long high, long low) {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    /** Sets names apart from indices, so that no name equals a path of indices. */
    private static final long NAMED = 0x5851F42D4C957F2DL;

    /** The root stream of a seed. Equal seeds give equal streams. */
    public static RandomStream of(long seed) {
        return new RandomStream(mix(seed + GOLDEN), mix(seed ^ 0xD1B54A32D192ED03L));
    }

    /** The sub-stream with this name; different names give unrelated streams. */
    public RandomStream split(String name) {
        RandomStream s = new RandomStream(high ^ NAMED, low).split(name.length());
        for (int i = 0; i < name.length(); i++) {
            s = s.split(name.charAt(i));
        }
        return s;
    }

    /** The sub-stream with this index; different indices give unrelated streams. */
    public RandomStream split(long index) {
        long h = mix(high + GOLDEN * (index + 1));
        return new RandomStream(mix(h ^ low), mix(low + Long.rotateLeft(h, 31) + index));
    }

    /** A fresh generator at the start of this stream; every call returns the same sequence. */
    public RandomSource generator() {
        return new RandomSource(mix(high), mix(low), mix(high ^ GOLDEN), mix(low + GOLDEN));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
