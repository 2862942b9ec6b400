package dev.sirocco.runtime.strict;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Kernels that the embedded runtime compiles and a TornadoVM SDK refuses or gets wrong, each for one reason. */
final class UnsuitableKernels {
    private static final int SIZE = 8;

    private UnsuitableKernels() {}

    static void shiftsLogically(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, out.get(i) >>> 3);
        }
    }

    static void shiftsLogicallyInAHelper(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, logicalShift(out.get(i)));
        }
    }

    private static int logicalShift(int value) {
        return value >>> 3;
    }

    static void masksAByte(ByteArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, (in.get(i) & 0xFF) - 200);
        }
    }

    static void returnsFromAHelpersLoop(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, firstNegative(out));
        }
    }

    private static int firstNegative(FloatArray values) {
        for (int i = 0; i < SIZE; i++) {
            if (values.get(i) < 0f) {
                return i;
            }
        }
        return -1;
    }

    static void makesHalfFloats(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, new HalfFloat(out.get(i)).getFloat32());
        }
    }

    static void addsHalfFloats(HalfFloatArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, HalfFloat.add(in.get(i), in.get(0)).getFloat32());
        }
    }

    static void sharesHalves(KernelContext context, HalfFloatArray in, FloatArray out) {
        HalfFloat[] shared = context.allocateHalfFloatLocalArray(32);
        shared[context.localIdx] = in.get(context.globalIdx);
        out.set(context.globalIdx, shared[context.localIdx].getFloat32());
    }

    static void readsAHalfFromBytes(ByteArray in, FloatArray out) {
        for (@Parallel int i = 0; i < SIZE / 2; i++) {
            out.set(i, in.getHalfFloat(2 * i).getFloat32());
        }
    }

    static void writesAHalfIntoBytes(HalfFloatArray in, ByteArray out) {
        for (@Parallel int i = 0; i < SIZE / 2; i++) {
            out.setHalfFloat(2 * i, in.get(i));
        }
    }

    static void looksForWhatIsNoNumber(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            float value = out.get(i);
            out.set(i, value != value ? 0f : value);
        }
    }

    static void comparesWithInfinity(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, TornadoMath.max(Float.NEGATIVE_INFINITY, out.get(i)));
        }
    }

    static void floorsWithJavaLangMath(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, (float) Math.floor(out.get(i)));
        }
    }

    static void hasAPrivateByteArray(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            byte[] bytes = new byte[2];
            bytes[0] = (byte) i;
            out.set(i, bytes[0]);
        }
    }

    static void countsOnZeroes(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            int[] counts = new int[4];
            counts[out.get(i) & 3] += 1;
            out.set(i, counts[0]);
        }
    }

    static void fillsAPart(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            int[] counts = new int[4];
            for (int j = 0; j < 3; j++) {
                counts[j] = 1;
            }
            out.set(i, counts[out.get(i) & 3]);
        }
    }

    static void fillsOnCondition(IntArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            int[] counts = new int[4];
            for (int j = 0; j < 4; j++) {
                if (out.get(i) > j) {
                    counts[j] = 1;
                }
            }
            out.set(i, counts[out.get(i) & 3]);
        }
    }

    static void dot(FloatArray out) {
        for (@Parallel int i = 0; i < SIZE; i++) {
            out.set(i, 1f);
        }
    }
}
