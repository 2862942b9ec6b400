package dev.sirocco.runtime;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** Small kernels that every device must run. */
final class ContractKernels {
    private ContractKernels() {}

    static void scaleAndAdd(FloatArray x, FloatArray y, float factor) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            y.set(i, y.get(i) + factor * x.get(i));
        }
    }

    static void twice(FloatArray x, FloatArray y) {
        for (@Parallel int i = 0; i < y.getSize(); i++) {
            y.set(i, 2 * x.get(i));
        }
    }

    static void addOne(IntArray x) {
        for (@Parallel int i = 0; i < x.getSize(); i++) {
            x.set(i, x.get(i) + 1);
        }
    }

    static void multiplyTable(IntArray table, int rows, int columns) {
        for (@Parallel int row = 0; row < rows; row++) {
            for (@Parallel int column = 0; column < columns; column++) {
                table.set(row * columns + column, row * column);
            }
        }
    }

    static void allScalars(DoubleArray out, byte b, short s, int i, long l, float f, double d) {
        for (@Parallel int k = 0; k < 1; k++) {
            out.set(0, b);
            out.set(1, s);
            out.set(2, i);
            out.set(3, l);
            out.set(4, f);
            out.set(5, d);
        }
    }

    static void widen(ByteArray b, ShortArray s, LongArray sum) {
        for (@Parallel int i = 0; i < sum.getSize(); i++) {
            sum.set(i, (long) b.get(i) * s.get(i));
        }
    }

    static void ids(KernelContext context, IntArray global, IntArray group, IntArray local) {
        int x = context.globalIdx;
        int y = context.globalIdy;
        int z = context.globalIdz;
        int at = (z * context.globalGroupSizeY + y) * context.globalGroupSizeX + x;
        global.set(at, x + 100 * y + 10000 * z);
        group.set(at, context.groupIdx + 100 * context.groupIdy + 10000 * context.groupIdz);
        local.set(at, context.localIdx + 100 * context.localIdy + 10000 * context.localIdz);
    }

    /** Sums each group of x in local memory. The tree needs a local size that is a power of two. */
    static void groupSums(KernelContext context, FloatArray x, FloatArray sums) {
        int local = context.localIdx;
        int size = context.localGroupSizeX;
        float[] partial = context.allocateFloatLocalArray(64);
        partial[local] = x.get(context.globalIdx);
        context.localBarrier();
        for (int stride = size / 2; stride > 0; stride = stride / 2) {
            if (local < stride) {
                partial[local] = partial[local] + partial[local + stride];
            }
            context.localBarrier();
        }
        if (local == 0) {
            sums.set(context.groupIdx, partial[0]);
        }
    }

    /** Reverses each group through two local arrays. */
    static void reverseGroups(KernelContext context, IntArray x, IntArray y) {
        int local = context.localIdx;
        int[] first = context.allocateIntLocalArray(32);
        int[] second = context.allocateIntLocalArray(32);
        first[local] = x.get(context.globalIdx);
        context.localBarrier();
        second[local] = first[context.localGroupSizeX - 1 - local];
        context.localBarrier();
        y.set(context.globalIdx, second[local]);
    }

    /** Products of neighbours in a group, by way of a local array of halves. */
    static void halfProducts(KernelContext context, FloatArray x, HalfFloatArray y) {
        int local = context.localIdx;
        HalfFloat[] shared = context.allocateHalfFloatLocalArray(32);
        shared[local] = new HalfFloat(x.get(context.globalIdx));
        context.localBarrier();
        y.set(context.globalIdx, HalfFloat.mult(shared[local], shared[context.localGroupSizeX - 1 - local]));
    }

    static void histogram(KernelContext context, IntArray values, IntArray counts) {
        context.atomicAdd(counts, values.get(context.globalIdx), 1);
    }

    static void accumulate(IntArray x, IntArray sum) {
        for (@Parallel int i = 0; i < 1; i++) {
            sum.set(i, sum.get(i) + x.get(i));
        }
    }
}
