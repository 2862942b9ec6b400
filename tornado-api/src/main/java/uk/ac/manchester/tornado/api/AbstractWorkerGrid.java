package uk.ac.manchester.tornado.api;

/** What the grids of one, two and three dimensions share. Sizes may be changed between executions. */
public abstract class AbstractWorkerGrid implements WorkerGrid {
    private long[] globalWork;
    private long[] globalOffset = {0, 0, 0};
    private long[] localWork;
    private long[] numberOfWorkgroups;

    protected AbstractWorkerGrid(long x, long y, long z) {
        globalWork = positive("global work", x, y, z);
    }

    @Override
    public long[] getGlobalWork() {
        return globalWork;
    }

    @Override
    public long[] getLocalWork() {
        return localWork;
    }

    @Override
    public long[] getNumberOfWorkgroups() {
        return numberOfWorkgroups;
    }

    @Override
    public long[] getGlobalOffset() {
        return globalOffset;
    }

    /**
     * @throws IllegalArgumentException if a size is less than one
     */
    @Override
    public void setGlobalWork(long x, long y, long z) {
        globalWork = positive("global work", x, y, z);
        countWorkgroups();
    }

    /**
     * The sizes must divide those of the global work by the time the kernel is launched.
     *
     * @throws IllegalArgumentException if a size is less than one
     */
    @Override
    public void setLocalWork(long x, long y, long z) {
        localWork = positive("local work", x, y, z);
        countWorkgroups();
    }

    /**
     * @throws IllegalArgumentException if an offset is negative
     */
    @Override
    public void setGlobalOffset(long x, long y, long z) {
        if (x < 0 || y < 0 || z < 0) {
            throw new IllegalArgumentException(
                    "The global offset may not be negative: (%d, %d, %d)".formatted(x, y, z));
        }
        globalOffset = new long[] {x, y, z};
    }

    @Override
    public void setLocalWorkToNull() {
        localWork = null;
    }

    @Override
    public void setNumberOfWorkgroupsToNull() {
        numberOfWorkgroups = null;
    }

    private void countWorkgroups() {
        if (localWork != null) {
            numberOfWorkgroups =
                    new long[] {globalWork[0] / localWork[0], globalWork[1] / localWork[1], globalWork[2] / localWork[2]
                    };
        }
    }

    private static long[] positive(String what, long x, long y, long z) {
        if (x < 1 || y < 1 || z < 1) {
            throw new IllegalArgumentException("The %s must be at least 1: (%d, %d, %d)".formatted(what, x, y, z));
        }
        return new long[] {x, y, z};
    }
}
