package dev.sirocco.tasks.attention;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Grouped-query attention with a sliding window (Jiang et al., arXiv 2310.06825) and online softmax (Milakov and
 * Gimelshein, arXiv 1805.02867). Position i sees j with {@code i − window < j ≤ i}.
 */
public final class WindowAttention {
    /** Keys whose scores are taken together, so that the output is rescaled once for all of them. */
    private static final int TILE = 16;

    /** Stands for minus infinity, which fast-math comparisons do not know; e^(MASKED − score) is 0. */
    private static final float MASKED = -1e30f;

    private WindowAttention() {}

    /**
     * Attends; one work-item a token and query head. The chunk's own keys and values are in the cache already.
     *
     * @param q        (batch, heads, headDim), rotated
     * @param keys     (kvHeads, capacity, headDim)
     * @param values   (kvHeads, capacity, headDim)
     * @param out      (batch, heads, headDim)
     * @param step     see {@link StepState}
     * @param batch    the most rows that a step can have
     * @param heads    query heads, a multiple of kvHeads: query head h uses head h / (heads / kvHeads)
     * @param kvHeads  key and value heads
     * @param headDim  elements of a head
     * @param capacity slots of the cache, see {@link RollingBuffer}
     * @param window   positions that a query sees, itself included; at least 1
     */
    public static void attendWindow(
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            IntArray step,
            int batch,
            int heads,
            int kvHeads,
            int headDim,
            int capacity,
            int window) {
        for (@Parallel int t = 0; t < batch; t++) {
            for (@Parallel int head = 0; head < heads; head++) {
                if (t < step.get(StepState.ROWS)) {
                    int position = step.get(StepState.POSITION) + t;
                    int first = position - window + 1;
                    first = first < 0 ? 0 : first;
                    int row = (t * heads + head) * headDim;
                    int cache = head / (heads / kvHeads) * capacity;
                    attendHead(q, keys, values, out, row, cache, first, position, headDim, capacity);
                }
            }
        }
    }

    /** One head of one token: positions first … last of the cache whose slot 0 is row {@code cache}. */
    private static void attendHead(
            FloatArray q,
            FloatArray keys,
            FloatArray values,
            FloatArray out,
            int row,
            int cache,
            int first,
            int last,
            int headDim,
            int capacity) {
        float[] scores = new float[TILE];
        float scale = 1f / TornadoMath.sqrt((float) headDim);
        for (int d = 0; d < headDim; d++) {
            out.set(row + d, 0f);
        }
        float best = MASKED;
        float total = 0f;
        int slot = first % capacity;
        for (int start = first; start <= last; start += TILE) {
            int tileSlot = slot;
            float tileBest = best;
            for (int i = 0; i < TILE; i++) {
                float score = MASKED;
                if (start + i <= last) {
                    score = 0f;
                    int key = (cache + slot) * headDim;
                    for (int d = 0; d < headDim; d++) {
                        score += q.get(row + d) * keys.get(key + d);
                    }
                    score = score * scale;
                    slot = slot + 1 == capacity ? 0 : slot + 1;
                }
                scores[i] = score;
                tileBest = TornadoMath.max(tileBest, score);
            }
            float correction = TornadoMath.exp(best - tileBest);
            best = tileBest;
            total = total * correction;
            for (int d = 0; d < headDim; d++) {
                out.set(row + d, out.get(row + d) * correction);
            }
            for (int i = 0; i < TILE; i++) {
                if (start + i <= last) {
                    float weight = TornadoMath.exp(scores[i] - best);
                    total += weight;
                    int value = (cache + tileSlot) * headDim;
                    for (int d = 0; d < headDim; d++) {
                        out.set(row + d, out.get(row + d) + weight * values.get(value + d));
                    }
                    tileSlot = tileSlot + 1 == capacity ? 0 : tileSlot + 1;
                }
            }
        }
        float normalise = 1f / total;
        for (int d = 0; d < headDim; d++) {
            out.set(row + d, out.get(row + d) * normalise);
        }
    }
}
