package dev.sirocco.runtime.driver;

/** Compiled code and the memory it works on: ready to run any number of times. Not thread-safe. */
public interface BoundTask {
    /** Waits until the task's code is there, so that the first run need not. */
    default void await() {}

    /** Enqueues the task after all that was enqueued before it on the same {@link DeviceMemory}. */
    void run();

    /**
     * {@return device nanoseconds of the last run}, after {@link DeviceMemory#finish()}, where the memory was told to
     * {@link DeviceMemory#measure} before
     */
    long kernelNanos();

    /**
     * {@return nanoseconds from when the last run was enqueued until the device began with it}, under the same
     * conditions; 0 where the device does not tell
     */
    default long dispatchNanos() {
        return 0;
    }

    /** Gives back what the task holds, when it will not be run again. Closing the memory does so for all its tasks. */
    default void close() {}
}
