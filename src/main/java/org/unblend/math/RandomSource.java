package org.unblend.math;

import java.util.random.RandomGenerator;

/**
 * The generator xoshiro256++ 1.0 (Blackman and Vigna 2021, ACM TOMS 47, 36): 256 bits of state, period 2^256 - 1. Not
 * thread-safe: one belongs to one task, obtained from {@link RandomStream#generator()}.
 */
public final class RandomSource implements RandomGenerator {
    private long s0;
    private long s1;
    private long s2;
    private long s3;

    RandomSource(long s0, long s1, long s2, long s3) {
        // The all-zero state is the one fixed point of the generator.
        boolean zero = (s0 | s1 | s2 | s3) == 0;
        this.s0 = zero ? 1 : s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** A uniform number strictly between 0 and 1, safe for quantiles: an odd multiple of 2^-53, exact in a double. */
    public double nextOpen() {
        return ((nextLong() >>> 12) + 0.5) * 0x1p-52;
    }
}
