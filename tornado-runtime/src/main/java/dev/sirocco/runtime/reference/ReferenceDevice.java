package dev.sirocco.runtime.reference;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.Device;
import dev.sirocco.runtime.driver.DeviceDescription;
import dev.sirocco.runtime.driver.DeviceKind;
import dev.sirocco.runtime.driver.DeviceLimits;
import dev.sirocco.runtime.driver.DeviceMemory;
import dev.sirocco.runtime.driver.LaunchGrid;
import dev.sirocco.runtime.driver.SharedMemory;
import dev.sirocco.runtime.driver.TaskSpec;
import java.util.stream.LongStream;

/**
 * The JVM as a device. Groups of work-items run one after the other; on all processors where the system property {@code
 * sirocco.reference.parallel} is true, which is for kernels whose groups do not add to the same elements.
 */
final class ReferenceDevice implements Device {
    private static final String PARALLEL = "sirocco.reference.parallel";

    @Override
    public DeviceDescription description() {
        return new DeviceDescription(
                "reference",
                DeviceKind.CPU,
                "Java",
                System.getProperty("java.vm.vendor"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                DeviceLimits.ofHost(),
                1,
                true,
                true,
                true);
    }

    @Override
    public BoundTask bind(TaskSpec task, DeviceMemory memory) {
        KernelCall call = KernelCall.of(task);
        if (task.print() != null) {
            task.print().println("// task " + task.name() + " on reference: the Java of " + task.method());
        }
        return call.takesContext()
                ? new ContextTask(call, LaunchGrid.of(task.name(), task.grid()))
                : new LoopTask(call);
    }

    @Override
    public DeviceMemory newMemory() {
        return new SharedMemory();
    }

    /** A kernel with {@code @Parallel} loops, or none. */
    private static final class LoopTask implements BoundTask {
        private final KernelCall call;
        private long nanos;

        private LoopTask(KernelCall call) {
            this.call = call;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            try {
                call.invoke(null);
            } catch (Throwable thrown) {
                throw call.failure("", thrown);
            }
            nanos = System.nanoTime() - start;
        }

        @Override
        public long kernelNanos() {
            return nanos;
        }
    }

    /** A KernelContext kernel over its grid. */
    private static final class ContextTask implements BoundTask {
        private final KernelCall call;
        private final LaunchGrid grid;
        private long nanos;

        private ContextTask(KernelCall call, LaunchGrid grid) {
            this.call = call;
            this.grid = grid;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            LongStream groups = LongStream.range(0, (long) grid.groups(0) * grid.groups(1) * grid.groups(2));
            (Boolean.getBoolean(PARALLEL) ? groups.parallel() : groups).forEach(this::runGroup);
            nanos = System.nanoTime() - start;
        }

        private void runGroup(long number) {
            int x = grid.groups(0);
            int y = grid.groups(1);
            new WorkGroup(call, grid, (int) (number % x), (int) (number / x % y), (int) (number / x / y)).run();
        }

        @Override
        public long kernelNanos() {
            return nanos;
        }
    }
}
