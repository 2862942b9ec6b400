package dev.sirocco.spi;

/**
 * Executes the graphs of one plan on one device. Owns the device memory of the plan's arrays until closed.
 * Not thread-safe: one plan is driven by one thread at a time.
 */
public interface PlanExecutor extends AutoCloseable {
    /** Compiles a graph's kernels for the settings' device without running them. */
    void compile(int graph, ExecutionSettings settings);

    /**
     * Runs one graph to completion; results named by an EVERY_EXECUTION transfer are on the host afterwards.
     *
     * @return what was measured; {@link ExecutionProfile#NONE} unless the settings ask for a profile
     */
    ExecutionProfile execute(int graph, ExecutionSettings settings);

    /** Copies arrays that a graph left UNDER_DEMAND back to the host. */
    void transferToHost(Object... arrays);

    /** Gives the device memory of the plan's arrays back; the next execution transfers again. */
    void freeDeviceMemory();

    /** {@return bytes of device memory that the plan holds now; 0 where host and device share memory} */
    long deviceMemoryBytes();

    @Override
    void close();
}
