package dev.sirocco.runtime.strict;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What is near to something unsuitable and is right on both runtimes. */
final class SuitableKernels {
    private static final int SIZE = 8;

    private SuitableKernels() {}

    static void shiftsAndMasks(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, (out.get(i) >> 3) & 0x1FFFFFFF);
        }
    }

    static void readsHalves(HalfFloatArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, in.get(i).getFloat32());
        }
    }

    static void countsNumbers(FloatArray in, IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, in.get(i) > -1e30f && in.get(i) < 1e30f ? 1 : 0);
        }
    }

    static void masksNibbles(ByteArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            int pair = in.get(i);
            out.set(i, ((pair & 0xF) - 8) * (((pair >> 4) & 0xF) - 8));
        }
    }

    static void widensAByteWithoutSign(ByteArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            int value = in.get(i);
            out.set(i, (value < 0 ? value + 256 : value) - 200);
        }
    }

    static void breaksAHelpersLoop(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, firstNegative(out));
        }
    }

    private static int firstNegative(FloatArray values) {
        int found = -1;
        for (int i = 0; i < SIZE; i++) {
            if (values.get(i) < 0f) {
                found = i;
                break;
            }
        }
        return found;
    }

    static void fillsInALoop(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            float[] sums = new float[4];
            clear(sums);
            for (int j = 0; j < 12; j++) {
                sums[j % 4] += out.get(j % SIZE);
            }
            out.set(i, sums[0] + sums[1] + sums[2] + sums[3]);
        }
    }

    private static void clear(float[] sums) {
        for (int i = 0; i < 4; i++) {
            sums[i] = 0f;
        }
    }

    static void fillsOneByOne(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            float[] pair = new float[2];
            pair[0] = out.get(i);
            pair[1] = 1f;
            out.set(i, pair[i % 2]);
        }
    }

    static void fillsPartsAsFarAsItReads(IntArray n, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            float[] values = new float[2 * SIZE];
            int length = n.get(i);
            for (int j = 0; j < length; j++) {
                values[j] = out.get(j);
            }
            for (int j = 0; j < length; j++) {
                values[SIZE + j] = 1f;
            }
            float sum = 0f;
            for (int j = 0; j < length; j++) {
                sum += values[j] * values[SIZE + j];
            }
            out.set(i, sum);
        }
    }

    static void readsWhatItHasJustWritten(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            float[] values = new float[SIZE];
            values[i] = 2f;
            out.set(i, values[i]);
        }
    }
}
