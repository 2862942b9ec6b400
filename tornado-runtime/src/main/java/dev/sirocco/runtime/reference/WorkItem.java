package dev.sirocco.runtime.reference;

import dev.sirocco.runtime.driver.LaunchGrid;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/**
 * One work-item as its kernel sees it. Because one item of a group runs at a time, the inherited atomics, which are
 * plain additions, are atomic here.
 */
final class WorkItem extends KernelContext {
    /** Fills local arrays, so that a kernel that reads what it never wrote shows. */
    private static final int UNWRITTEN = 0x5A5A5A5A;

    private final WorkGroup group;
    private final int index;
    private final Semaphore resumption = new Semaphore(0);
    private Thread thread;
    private boolean ended;
    private volatile boolean abandoned;
    private int barriers;
    private int allocations;

    WorkItem(WorkGroup group, int index, LaunchGrid grid, int[] groupId, int[] localId) {
        super(
                new int[] {
                    groupId[0] * grid.localSize(0) + localId[0],
                    groupId[1] * grid.localSize(1) + localId[1],
                    groupId[2] * grid.localSize(2) + localId[2]
                },
                groupId,
                localId,
                new int[] {grid.globalSize(0), grid.globalSize(1), grid.globalSize(2)},
                new int[] {grid.localSize(0), grid.localSize(1), grid.localSize(2)});
        this.group = group;
        this.index = index;
    }

    @Override
    public void localBarrier() {
        barriers++;
        group.passOn(index);
        resumption.acquireUninterruptibly();
        if (abandoned) {
            throw Abandoned.INSTANCE;
        }
    }

    /** The same: what items of one group wrote is visible to all of them at once. */
    @Override
    public void globalBarrier() {
        localBarrier();
    }

    @Override
    public int[] allocateIntLocalArray(int size) {
        int[] array = new int[size];
        Arrays.fill(array, UNWRITTEN);
        return share(array);
    }

    @Override
    public byte[] allocateByteLocalArray(int size) {
        byte[] array = new byte[size];
        Arrays.fill(array, (byte) UNWRITTEN);
        return share(array);
    }

    @Override
    public HalfFloat[] allocateHalfFloatLocalArray(int size) {
        HalfFloat[] array = new HalfFloat[size];
        Arrays.fill(array, new HalfFloat(Float.NaN));
        return share(array);
    }

    @Override
    public long[] allocateLongLocalArray(int size) {
        long[] array = new long[size];
        Arrays.fill(array, UNWRITTEN);
        return share(array);
    }

    @Override
    public float[] allocateFloatLocalArray(int size) {
        float[] array = new float[size];
        Arrays.fill(array, Float.NaN);
        return share(array);
    }

    @Override
    public double[] allocateDoubleLocalArray(int size) {
        double[] array = new double[size];
        Arrays.fill(array, Double.NaN);
        return share(array);
    }

    private <T> T share(T fresh) {
        return group.localArray(this, allocations++, fresh);
    }

    void started(Thread by) {
        thread = by;
    }

    boolean isStarted() {
        return thread != null;
    }

    void ended() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** {@return how many barriers the item has reached} */
    int barriers() {
        return barriers;
    }

    /** {@return where the item is now} */
    StackTraceElement[] stack() {
        return thread.getStackTrace();
    }

    /** Lets the item go on from its barrier, or unwinds it. */
    void resume(boolean abandon) {
        abandoned = abandon;
        resumption.release();
    }

    @Override
    public String toString() {
        return "work-item [" + globalIdx + ", " + globalIdy + ", " + globalIdz + "]";
    }

    /** Unwinds an item whose group has failed; never leaves this package. */
    static final class Abandoned extends Error {
        static final Abandoned INSTANCE = new Abandoned();

        private Abandoned() {
            super("the work-group has failed", null, false, false);
        }
    }
}
