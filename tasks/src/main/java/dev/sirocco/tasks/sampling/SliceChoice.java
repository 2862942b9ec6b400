package dev.sirocco.tasks.sampling;

import dev.sirocco.tasks.StepState;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Finds the largest logit of each slice, and then of all. In every kernel {@code logits} is (vocab), and {@code best},
 * {@code ids} and {@code numbers} are (slices): a slice's largest logit, its id, and how many of its logits are
 * numbers. A step without rows has no logits: its slices are empty.
 */
public final class SliceChoice {
    /** What logits that are numbers lie within. */
    private static final float LIMIT = 1e30f;

    /** Elements of local memory: the most work-items of a group. */
    private static final int CAPACITY = 1024;

    private SliceChoice() {}

    /** Looks at slices, one work-item each. */
    public static void chooseInSlices(
            FloatArray logits, FloatArray best, IntArray ids, IntArray numbers, IntArray step, int slices, int vocab) {
        for (@Parallel int slice = 0; slice < slices; slice++) {
            int share = (vocab - 1) / slices + 1;
            int from = TornadoMath.min(slice * share, vocab);
            int to = TornadoMath.min(from + share, step.get(StepState.ROWS) > 0 ? vocab : 0);
            float largest = -LIMIT;
            int id = vocab;
            int count = 0;
            for (int i = from; i < to; i++) {
                float logit = logits.get(i);
                count += logit > -LIMIT && logit < LIMIT ? 1 : 0;
                if (logit > largest) {
                    largest = logit;
                    id = i;
                }
            }
            best.set(slice, largest);
            ids.set(slice, id);
            numbers.set(slice, count);
        }
    }

    /**
     * Looks at slices, one group each.
     *
     * @param lanes work-items of a group, a power of two
     */
    public static void chooseInGroups(
            KernelContext context,
            FloatArray logits,
            FloatArray best,
            IntArray ids,
            IntArray numbers,
            IntArray step,
            int slices,
            int vocab,
            int lanes) {
        float[] values = context.allocateFloatLocalArray(CAPACITY);
        int[] indices = context.allocateIntLocalArray(CAPACITY);
        int[] counts = context.allocateIntLocalArray(CAPACITY);
        int lane = context.localIdx;
        int slice = context.groupIdx;
        int share = (vocab - 1) / slices + 1;
        int from = TornadoMath.min(slice * share, vocab);
        int to = TornadoMath.min(from + share, step.get(StepState.ROWS) > 0 ? vocab : 0);
        float largest = -LIMIT;
        int id = vocab;
        int count = 0;
        for (int i = from + lane; i < to; i += lanes) {
            float logit = logits.get(i);
            count += logit > -LIMIT && logit < LIMIT ? 1 : 0;
            if (logit > largest) {
                largest = logit;
                id = i;
            }
        }
        values[lane] = largest;
        indices[lane] = id;
        counts[lane] = count;
        context.localBarrier();
        for (int stride = lanes / 2; stride > 0; stride = stride / 2) {
            if (lane < stride) {
                float other = values[lane + stride];
                int otherId = indices[lane + stride];
                counts[lane] += counts[lane + stride];
                if (other > values[lane] || (other == values[lane] && otherId < indices[lane])) {
                    values[lane] = other;
                    indices[lane] = otherId;
                }
            }
            context.localBarrier();
        }
        if (lane == 0) {
            best.set(slice, values[0]);
            ids.set(slice, indices[0]);
            numbers.set(slice, counts[0]);
        }
    }

    /**
     * Looks at the slices.
     *
     * @param token (2): the id, and how many logits are numbers
     * @param logit (1): the token's
     * @param once  1
     */
    public static void chooseSlice(
            FloatArray best, IntArray ids, IntArray numbers, IntArray token, FloatArray logit, int slices, int once) {
        for (@Parallel int i = 0; i < once; i++) {
            float largest = best.get(0);
            int id = ids.get(0);
            int count = numbers.get(0);
            for (int slice = 1; slice < slices; slice++) {
                count += numbers.get(slice);
                if (best.get(slice) > largest) {
                    largest = best.get(slice);
                    id = ids.get(slice);
                }
            }
            token.set(i, id);
            token.set(i + 1, count);
            logit.set(i, largest);
        }
    }
}
