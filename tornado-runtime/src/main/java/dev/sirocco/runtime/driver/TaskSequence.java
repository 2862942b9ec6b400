package dev.sirocco.runtime.driver;

/** Tasks that are run together, in order, any number of times. Not thread-safe. */
@FunctionalInterface
public interface TaskSequence {
    /** Enqueues the tasks after all that was enqueued before on the same {@link DeviceMemory}. */
    void run();

    /** Gives back what the sequence holds besides its tasks. Closing the memory does so for all its sequences. */
    default void close() {}
}
