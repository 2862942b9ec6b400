package dev.sirocco.benchmarks.random;

/**
 * The generator SplitMix64, inlined by the compiler where {@link java.util.SplittableRandom} is not: filling a large
 * file is bound by it. Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014.
 *
 * <p>Not safe for use by several threads.
 */
final class SplitMix {
    /** The largest magnitude of {@link #nextUnitDeviation}. */
    static final float LARGEST_DEVIATION = (float) Math.sqrt(3);

    private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;

    private long state;

    SplitMix(long seed) {
        state = seed;
    }

    /** {@return a generator for one part of a whole; parts do not depend on each other} */
    static SplitMix forPart(long seed, String name, long part) {
        return new SplitMix(mix(mix(seed + GOLDEN_GAMMA * name.hashCode()) + part));
    }

    long next() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** {@return an even draw with mean 0 and standard deviation 1, so of magnitude up to the root of 3} */
    float nextUnitDeviation() {
        return (next() >> 40) * (LARGEST_DEVIATION / (1 << 23));
    }

    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        long b = (a ^ (a >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return b ^ (b >>> 31);
    }
}
