package uk.ac.manchester.tornado.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

class KernelContextTest {
    @Test
    void isWorkItemZeroWhenAKernelRunsAsPlainJava() {
        KernelContext context = new KernelContext();
        Integer[] all = {
            context.globalIdx, context.globalIdy, context.globalIdz,
            context.groupIdx, context.groupIdy, context.groupIdz,
            context.localIdx, context.localIdy, context.localIdz,
            context.globalGroupSizeX, context.globalGroupSizeY, context.globalGroupSizeZ,
            context.localGroupSizeX, context.localGroupSizeY, context.localGroupSizeZ
        };
        for (Integer index : all) {
            assertEquals(0, index);
        }
        context.localBarrier();
        context.globalBarrier();
    }

    @Test
    void allocatesLocalArraysOfTheirSize() {
        KernelContext context = new KernelContext();
        assertArrayEquals(new int[3], context.allocateIntLocalArray(3));
        assertArrayEquals(new long[3], context.allocateLongLocalArray(3));
        assertArrayEquals(new float[3], context.allocateFloatLocalArray(3));
        assertArrayEquals(new double[3], context.allocateDoubleLocalArray(3));
        assertArrayEquals(new byte[3], context.allocateByteLocalArray(3));
        assertArrayEquals(new HalfFloat[3], context.allocateHalfFloatLocalArray(3));
    }

    @Test
    void addsAtomically() {
        KernelContext context = new KernelContext();
        IntArray ints = IntArray.fromElements(1, 2);
        LongArray longs = LongArray.fromElements(1L << 40, 2);
        int[] local = {5, 6};
        context.atomicAdd(ints, 1, 40);
        context.atomicAdd(longs, 0, 1);
        context.atomicAdd(local, 0, -7);
        assertArrayEquals(new int[] {1, 42}, ints.toHeapArray());
        assertArrayEquals(new long[] {(1L << 40) + 1, 2}, longs.toHeapArray());
        assertArrayEquals(new int[] {-2, 6}, local);
    }

    @Test
    void tellsASubclassEveryIndexAndReplacesItsBarriers() {
        class WorkItem extends KernelContext {
            private int barriers;

            WorkItem() {
                super(new int[] {1, 2, 3}, new int[] {4, 5, 6}, new int[] {7, 8, 9}, new int[] {10, 11, 12}, new int[] {
                    13, 14, 15
                });
            }

            @Override
            public void localBarrier() {
                barriers++;
            }

            @Override
            public void globalBarrier() {
                barriers++;
            }
        }
        WorkItem item = new WorkItem();
        assertEquals(1, item.globalIdx);
        assertEquals(2, item.globalIdy);
        assertEquals(3, item.globalIdz);
        assertEquals(4, item.groupIdx);
        assertEquals(5, item.groupIdy);
        assertEquals(6, item.groupIdz);
        assertEquals(7, item.localIdx);
        assertEquals(8, item.localIdy);
        assertEquals(9, item.localIdz);
        assertEquals(10, item.globalGroupSizeX);
        assertEquals(11, item.globalGroupSizeY);
        assertEquals(12, item.globalGroupSizeZ);
        assertEquals(13, item.localGroupSizeX);
        assertEquals(14, item.localGroupSizeY);
        assertEquals(15, item.localGroupSizeZ);
        KernelContext asKernelSeesIt = item;
        asKernelSeesIt.localBarrier();
        asKernelSeesIt.globalBarrier();
        assertEquals(2, item.barriers);
    }
}
