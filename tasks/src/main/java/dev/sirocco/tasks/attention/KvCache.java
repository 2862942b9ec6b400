package dev.sirocco.tasks.attention;

import dev.sirocco.tasks.StepGraph;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Keys and values of one layer. Keys are stored rotated. Owned by the generation session: the arrays' memory goes when
 * they are no longer reachable. Of the arrays of fp32 and those of other formats, the ones that are not used have one
 * element.
 *
 * @param format       of the elements
 * @param buffer       how positions map to slots
 * @param keys         (kvHeads, capacity, headDim), fp32
 * @param values       (kvHeads, capacity, headDim), fp32
 * @param packedKeys   (kvHeads, capacity, headDim), any other format
 * @param packedValues (kvHeads, capacity, headDim), any other format
 */
public record KvCache(
        CacheFormat format,
        RollingBuffer buffer,
        FloatArray keys,
        FloatArray values,
        ByteArray packedKeys,
        ByteArray packedValues) {

    /**
     * {@return a new cache}
     *
     * @param kvHeads key and value heads
     * @param headDim elements of a head
     * @param buffer  how positions map to slots
     * @throws IllegalArgumentException when a head is no whole number of the format's blocks, or an array would be too
     *     large
     */
    public static KvCache allocate(CacheFormat format, int kvHeads, int headDim, RollingBuffer buffer) {
        long bytes = format.sizeBytes((long) kvHeads * buffer.capacity(), headDim);
        long elements = format == CacheFormat.F32 ? bytes / Float.BYTES : bytes;
        if (elements > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a KV cache of " + buffer.capacity() + " positions × " + kvHeads + " heads × " + headDim
                            + " elements exceeds 2^31 − 1 elements: choose a smaller context or window");
        }
        // New arrays are zero; what is never written takes no memory on devices that share it.
        int floats = format == CacheFormat.F32 ? (int) elements : 1;
        int packed = format == CacheFormat.F32 ? 1 : (int) elements;
        return new KvCache(
                format,
                buffer,
                new FloatArray(floats),
                new FloatArray(floats),
                new ByteArray(packed),
                new ByteArray(packed));
    }

    /**
     * Adds the task that packs a chunk's keys and values, where a cache is not of fp32.
     *
     * @param k (batch, kvHeads, headDim), rotated
     * @param v (batch, kvHeads, headDim)
     */
    public void addStore(StepGraph step, String task, FloatArray k, FloatArray v, int kvHeads, int headDim) {
        step.tasks()
                .task(
                        task,
                        CacheStore::packRows,
                        k,
                        v,
                        packedKeys,
                        packedValues,
                        step.state(),
                        format.code(),
                        step.batch(),
                        kvHeads * CacheStore.blocks(headDim),
                        kvHeads,
                        headDim,
                        buffer.capacity());
    }

    /** {@return the arrays that kernels read and write} */
    public List<Object> arrays() {
        return List.of(keys, values, packedKeys, packedValues);
    }

    /** {@return bytes of keys and values} */
    public long sizeBytes() {
        return 2L * (format == CacheFormat.F32 ? keys.getNumBytesOfSegment() : packedKeys.getNumBytesOfSegment());
    }
}
