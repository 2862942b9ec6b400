package dev.sirocco.tasks.attention;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Keys and values of one layer. Keys are stored rotated. Owned by the generation session: the arrays' memory goes when
 * they are no longer reachable.
 *
 * @param keys   (kvHeads, capacity, headDim), fp32
 * @param values (kvHeads, capacity, headDim), fp32
 */
public record KvCache(FloatArray keys, FloatArray values) {
    public KvCache {
        if (keys.getSize() != values.getSize()) {
            throw new IllegalArgumentException("a cache of " + keys.getSize() + " key and " + values.getSize()
                    + " value elements: they must be equal");
        }
    }

    /**
     * {@return a new cache}
     *
     * @param kvHeads key and value heads
     * @param headDim elements of a head
     * @param buffer  how positions map to slots
     */
    public static KvCache allocate(int kvHeads, int headDim, RollingBuffer buffer) {
        long elements = (long) kvHeads * headDim * buffer.capacity();
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a KV cache of " + buffer.capacity() + " positions × " + kvHeads + " heads × " + headDim
                            + " elements exceeds 2^31 − 1 elements: choose a smaller context or window");
        }
        // New arrays are zero; what is never written takes no memory on devices that share it.
        return new KvCache(new FloatArray((int) elements), new FloatArray((int) elements));
    }

    /** {@return bytes of both arrays} */
    public long sizeBytes() {
        return 2L * keys.getSize() * Float.BYTES;
    }
}
