package dev.sirocco.tasks.attention;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Grouped-query attention with a sliding window (Jiang et al., arXiv 2310.06825) and online softmax (Milakov and
 * Gimelshein, arXiv 1805.02867). Position i sees j with {@code i − window < j ≤ i}.
 */
public final class WindowAttention {
    /** Keys whose scores are taken together, so that the output is rescaled once for all of them. */
    private static final int TILE = 16;

    /** Query heads that a work-item may take. */
    private static final int MOST_SHARING = 8;

    /** Stands for minus infinity, which fast-math comparisons do not know; e^(MASKED − score) is 0. */
    private static final float MASKED = -1e30f;

    private WindowAttention() {}

    /**
     * Attends; one work-item a token and some query heads that share a key head, so that what is read of the cache
     * serves all of them. The chunk's own keys and values are in the cache already.
     *
     * @param q            (batch, heads, headDim), rotated
     * @param keys         (kvHeads, capacity, headDim), see {@link KvCache}
     * @param values       (kvHeads, capacity, headDim)
     * @param packedKeys   as keys
     * @param packedValues as values
     * @param out          (batch, heads, headDim)
     * @param step         see {@link StepState}
     * @param format       of the cache, see {@link CacheFormat#code}
     * @param batch        the most rows that a step can have
     * @param parts        heads / sharing
     * @param sharing      query heads of a work-item, see {@link #sharing}
     * @param kvHeads      key and value heads: query head h uses head h / (heads / kvHeads)
     * @param headDim      elements of a head
     * @param capacity     slots of the cache, see {@link RollingBuffer}
     * @param window       positions that a query sees, itself included; at least 1
     */
    public static void attendWindow(
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            ByteArray packedKeys,
            ByteArray packedValues,
            FloatArray out,
            IntArray step,
            int format,
            int batch,
            int parts,
            int sharing,
            int kvHeads,
            int headDim,
            int capacity,
            int window) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int part = 0; part < parts; part++) {
                if (t < step.get(StepState.ROWS)) {
                    float[] scores = new float[TILE];
                    float[] best = new float[MOST_SHARING];
                    float[] total = new float[MOST_SHARING];
                    for (int h = 0; h < MOST_SHARING; h++) {
                        best[h] = MASKED;
                    }
                    for (int h = 0; h < MOST_SHARING; h++) {
                        total[h] = 0f;
                    }
                    int last = step.get(StepState.POSITION) + t;
                    int first = TornadoMath.max(0, last - window + 1);
                    int rows = (t * parts + part) * sharing * headDim;
                    int cache = part / (parts / kvHeads) * capacity;
                    for (int d = 0; d < sharing * headDim; d++) {
                        out.set(rows + d, 0f);
                    }
                    int slot = first % capacity;
                    for (int start = first; start <= last; start += TILE) {
                        int count = TornadoMath.min(TILE, last - start + 1);
                        for (int h = 0; h < sharing; h++) {
                            int row = rows + h * headDim;
                            score(format, q, row, keys, packedKeys, cache, slot, count, headDim, capacity, scores);
                            float tileBest = best[h];
                            for (int i = 0; i < TILE; i++) {
                                tileBest = TornadoMath.max(tileBest, scores[i]);
                            }
                            float correction = TornadoMath.exp(best[h] - tileBest);
                            best[h] = tileBest;
                            for (int d = 0; d < headDim; d++) {
                                out.set(row + d, out.get(row + d) * correction);
                            }
                            float sum = total[h] * correction;
                            for (int i = 0; i < count; i++) {
                                float weight = TornadoMath.exp(scores[i] - tileBest);
                                sum += weight;
                                int at = cache + wrap(slot + i, capacity);
                                CacheRows.add(format, values, packedValues, at, headDim, weight, out, row);
                            }
                            total[h] = sum;
                        }
                        slot = wrap(slot + TILE, capacity);
                    }
                    for (int h = 0; h < sharing; h++) {
                        float normalise = 1f / total[h];
                        for (int d = 0; d < headDim; d++) {
                            int at = rows + h * headDim + d;
                            out.set(at, out.get(at) * normalise);
                        }
                    }
                }
            }
        }
    }

    /**
     * {@return how many query heads one work-item should take: the largest part of those that share a key head, for
     * which a work-item keeps state}
     */
    public static int sharing(int heads, int kvHeads) {
        int group = heads / kvHeads;
        int sharing = Math.min(group, MOST_SHARING);
        while (group % sharing != 0) {
            sharing--;
        }
        return sharing;
    }

    /** Scores of the keys in {@code count} slots from {@code slot} on; those of a full tile beyond are masked. */
    private static void score(
            int format,
            FloatArray q,
            int row,
            FloatArray keys,
            ByteArray packedKeys,
            int cache,
            int slot,
            int count,
            int headDim,
            int capacity,
            float[] scores) {
        float scale = 1f / TornadoMath.sqrt((float) headDim);
        for (int i = 0; i < TILE; i++) {
            float score = MASKED;
            if (i < count) {
                int at = cache + wrap(slot + i, capacity);
                score = scale * CacheRows.dot(format, keys, packedKeys, at, headDim, q, row);
            }
            scores[i] = score;
        }
    }

    private static int wrap(int slot, int capacity) {
        return slot >= capacity ? slot - capacity : slot;
    }
}
