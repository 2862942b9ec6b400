package uk.ac.manchester.tornado.api;

/** How many work-items run a KernelContext kernel, and in which groups. Arrays are (x, y, z). */
public interface WorkerGrid {
    /** {@return 1, 2 or 3} */
    int dimension();

    /** {@return work-items in all; the array is the grid's own} */
    long[] getGlobalWork();

    /** {@return work-items of one group, or null when the runtime may choose; the array is the grid's own} */
    long[] getLocalWork();

    /** {@return groups in all, or null when the runtime may choose} */
    long[] getNumberOfWorkgroups();

    /** {@return what is added to every global index; the array is the grid's own} */
    long[] getGlobalOffset();

    void setGlobalWork(long x, long y, long z);

    void setLocalWork(long x, long y, long z);

    void setNumberOfWorkgroupsToNull();

    /** Leaves the size of the groups to the runtime. */
    void setLocalWorkToNull();

    void setGlobalOffset(long x, long y, long z);
}
