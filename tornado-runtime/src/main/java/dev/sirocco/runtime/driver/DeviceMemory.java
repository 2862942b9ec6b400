package dev.sirocco.runtime.driver;

import java.util.List;

/**
 * The device side of one plan's arrays, and the order in which the plan's work happens. Where host and device share
 * memory every operation is free. Arrays are told apart by identity.
 */
public interface DeviceMemory extends AutoCloseable {
    /**
     * Makes sure that the array has device memory; its content is undefined until it is written.
     *
     * @param hostWrites whether the host writes the array between executions, perhaps while tasks that read it still
     *     run: a device that does not wait for its tasks needs a copy of it even where memory is shared
     */
    void allocate(Object array, boolean hostWrites);

    /** Enqueues a copy from host to device. {@return bytes copied; 0 where memory is shared} */
    long copyIn(Object array);

    /**
     * {@return whether the host may change an array as soon as {@link #copyIn} returns} Else it must {@link #finish}
     * first.
     */
    default boolean copiesAtOnce() {
        return false;
    }

    /**
     * Enqueues a copy from device to host, which is there after {@link #finish}.
     *
     * @return bytes copied; 0 where memory is shared
     */
    long copyOut(Object array);

    /** Gives an array's device memory back. */
    void free(Object array);

    /**
     * {@return tasks on this memory as one piece of work} A device that can launch many tasks in one call may do so,
     * and may wait with it until {@link #finish}.
     */
    default TaskSequence sequence(List<BoundTask> tasks) {
        BoundTask[] all = tasks.toArray(BoundTask[]::new); // an iterator would be an allocation each time
        return () -> {
            for (BoundTask task : all) {
                task.run();
            }
        };
    }

    /** Waits until everything enqueued is done. */
    void finish();

    /** From now on measures each task, or no longer does; waits until everything enqueued is done. */
    default void measure(boolean wanted) {}

    /** {@return bytes held on the device; 0 where memory is shared} */
    long bytes();

    @Override
    void close();
}
