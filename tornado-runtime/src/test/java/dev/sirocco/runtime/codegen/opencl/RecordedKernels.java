package dev.sirocco.runtime.codegen.opencl;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels whose text is recorded: jumps, work-groups, lanes. */
final class RecordedKernels {
    private RecordedKernels() {}

    /** Breaks and continues of the inner and the outer loop. */
    static void labelled(IntArray in, IntArray out) {
        for (@Parallel int row = 0; row < 8; row++) {
            int sum = 0;
            rows:
            for (int i = 0; i < 8; i++) {
                int k = 0;
                while (true) {
                    int v = in.get((row * 8 + i + k) & 63);
                    if (v < 0) {
                        break rows;
                    }
                    if (v == 0) {
                        continue rows;
                    }
                    if (v > 100 || k > 5) {
                        break;
                    }
                    k++;
                    if ((v & 1) == 0) {
                        continue;
                    }
                    sum += v;
                }
                sum -= k;
            }
            out.set(row, sum);
        }
    }

    @SuppressWarnings("fallthrough")
    static void fallThrough(IntArray in, IntArray out) {
        for (@Parallel int row = 0; row < 8; row++) {
            int state = 0;
            loop:
            for (int i = 0; i < 8; i++) {
                switch (in.get(row * 8 + i) & 7) {
                    case 0:
                        break loop;
                    case 1:
                        continue;
                    case 2:
                        state += 2;
                    case 3:
                        state *= 3;
                        break;
                    default:
                        state ^= i;
                }
                state++;
            }
            out.set(row, state);
        }
    }

    /** The tree needs a local size that is a power of two. */
    static void groupSums(KernelContext context, FloatArray x, FloatArray sums) {
        int local = context.localIdx;
        float[] partial = context.allocateFloatLocalArray(16);
        partial[local] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = context.localGroupSizeX / 2; stride > 0; stride = stride / 2) {
            if (local < stride) {
                partial[local] = partial[local] + partial[local + stride];
            }
            context.localBarrier();
        }
        if (local == 0) {
            sums.set(context.groupIdx, partial[0]);
        }
    }

    /** One block of 32 bytes a row, in eight lanes. */
    static void dots(ByteArray w, ByteArray x, FloatArray out, int rows) {
        for (@Parallel int row = 0; row < rows; row++) {
            float[] lanes = new float[8];
            for (int k = 0; k < 8; k++) {
                int i = row * 32 + 4 * k;
                int j = 4 * k;
                lanes[k] += 0.5f
                        * (w.get(i) * x.get(j)
                                + w.get(i + 1) * x.get(j + 1)
                                + w.get(i + 2) * x.get(j + 2)
                                + w.get(i + 3) * x.get(j + 3));
            }
            float sum = 0f;
            for (int k = 0; k < 8; k++) {
                sum += lanes[k];
            }
            out.set(row, sum);
        }
    }

    static void histogram(KernelContext context, IntArray values, IntArray counts) {
        context.atomicAdd(counts, values.get(context.globalIdx), 1);
    }
}
