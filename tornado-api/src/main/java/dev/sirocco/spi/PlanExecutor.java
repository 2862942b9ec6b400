package dev.sirocco.spi;

/**
 * Executes the graphs of one plan on one device. Owns the device memory of the plan's arrays until closed.
 * Not thread-safe: one plan is driven by one thread at a time.
 */
public interface PlanExecutor extends AutoCloseable {
    /**
     * Compiles the kernels of some graphs for the settings' device without running them.
     *
     * @param first the first graph
     * @param end   one more than the last
     */
    void compile(int first, int end, ExecutionSettings settings);

    /**
     * Runs one graph. Afterwards the host arrays that take part in it are the host's again: what was to be copied is
     * copied, and results named by an EVERY_EXECUTION transfer are there. A graph that no host array takes part in may
     * still run on its device; what follows it there waits for it.
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
