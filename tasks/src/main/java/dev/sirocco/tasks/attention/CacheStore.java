package dev.sirocco.tasks.attention;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Packs keys and values into the cache, a block of a head a work-item: what rotates pairs of elements cannot. */
public final class CacheStore {
    private CacheStore() {}

    /** {@return blocks of a head} */
    static int blocks(int headDim) {
        return (headDim - 1) / CacheRows.BLOCK + 1;
    }

    /**
     * Packs a chunk's keys and values.
     *
     * @param k            (batch, kvHeads, headDim), rotated
     * @param v            (batch, kvHeads, headDim)
     * @param packedKeys   (kvHeads, capacity, headDim), see {@link KvCache}: position p goes to slot p mod capacity
     * @param packedValues as keys
     * @param step         see {@link StepState}
     * @param format       of the cache, see {@link CacheFormat#code}; not fp32
     * @param batch        the most rows that a step can have
     * @param parts        kvHeads · ⌈headDim / 32⌉
     * @param kvHeads      key and value heads
     * @param headDim      elements of a head
     * @param capacity     slots of the cache
     */
    public static void packRows(
            FloatArray k,
            FloatArray v,
            ByteArray packedKeys,
            ByteArray packedValues,
            IntArray step,
            int format,
            int batch,
            int parts,
            int kvHeads,
            int headDim,
            int capacity) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int part = 0; part < parts; part++) {
                if (t < step.get(StepState.ROWS)) {
                    int head = part % kvHeads;
                    int block = part / kvHeads;
                    int from = (t * kvHeads + head) * headDim;
                    int row = head * capacity + (step.get(StepState.POSITION) + t) % capacity;
                    CacheRows.pack(format, k, from, packedKeys, row, headDim, block);
                    CacheRows.pack(format, v, from, packedValues, row, headDim, block);
                }
            }
        }
    }
}
