package dev.sirocco.runtime.opencl;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.TaskSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A kernel with its arguments set. Owned by the memory that it works on, which closes it. */
final class OpenClTask implements BoundTask {
    private final TaskSpec task;
    private final Pending<CompiledKernel> code;
    private NdRange range;
    private final OpenClDevice device;
    private final OpenClNative opencl;
    private final OpenClMemory memory;
    private MemorySegment global;
    private MemorySegment local; // or null for the driver's choice
    private final MemorySegment event;
    private long kernel;

    OpenClTask(TaskSpec task, Pending<CompiledKernel> code, NdRange range, OpenClDevice device, OpenClMemory memory) {
        this.task = task;
        this.code = code;
        this.range = range;
        this.device = device;
        this.opencl = device.opencl();
        this.memory = memory;
        this.event = Arena.ofAuto().allocate(JAVA_LONG);
    }

    @Override
    public void await() {
        try {
            if (kernel == 0) {
                CompiledKernel built = code.get();
                setRange(built.group().isEmpty() ? range : range.inGroupsOf(built.group()));
                kernel = prepare(built);
            }
        } catch (OpenClException failed) {
            throw explained(failed);
        }
    }

    @Override
    public void run() {
        if (range.isEmpty()) {
            return;
        }
        long queue = memory.queue();
        await();
        try {
            releaseEvent();
            opencl.enqueueKernel(
                    queue,
                    kernel,
                    range.global().length,
                    global.address(),
                    local == null ? 0 : local.address(),
                    memory.measures() ? event.address() : 0);
        } catch (OpenClException failed) {
            throw memory.breaks(explained(failed));
        }
    }

    private void setRange(NdRange value) {
        Arena arena = Arena.ofAuto();
        range = value;
        global = arena.allocateFrom(JAVA_LONG, value.global());
        local = value.local().length == 0 ? null : arena.allocateFrom(JAVA_LONG, value.local());
    }

    /** Drivers are too careful about what a kernel takes to be asked before they have refused. */
    private TornadoRuntimeException explained(OpenClException failed) {
        if (failed.status() == OpenClStatus.INVALID_WORK_GROUP_SIZE && kernel != 0) {
            long most = opencl.maxGroupSize(kernel, device.handle());
            return NdRange.tooLarge(
                    task, range.local(), "at most " + most + " work-items of this kernel", device.description());
        }
        return failed.in("task " + task.name());
    }

    /** {@return a kernel of the program, with its arguments} */
    private long prepare(CompiledKernel built) {
        long created = opencl.createKernel(built.program(), built.symbol());
        try {
            int index = 0;
            for (Object argument : task.arguments()) {
                if (argument instanceof TornadoNativeArray array) {
                    opencl.setArgument(created, index++, memory.buffer(array));
                }
            }
            for (int size : built.sizes()) {
                opencl.setNumber(created, index++, size);
            }
        } catch (RuntimeException failed) {
            opencl.releaseKernel(created);
            throw failed;
        }
        return created;
    }

    @Override
    public long kernelNanos() {
        long handle = event.get(JAVA_LONG, 0);
        return handle == 0 ? 0 : opencl.elapsedNanos(handle);
    }

    @Override
    public long dispatchNanos() {
        long handle = event.get(JAVA_LONG, 0);
        return handle == 0 ? 0 : opencl.waitedNanos(handle);
    }

    private void releaseEvent() {
        long handle = event.get(JAVA_LONG, 0);
        if (handle != 0) {
            event.set(JAVA_LONG, 0, 0);
            opencl.releaseEvent(handle);
        }
    }

    /** What was enqueued keeps the kernel alive in the driver. */
    @Override
    public void close() {
        memory.disown(this);
        release();
    }

    /** Gives the handles back. */
    void release() {
        releaseEvent();
        if (kernel != 0) {
            long released = kernel;
            kernel = 0;
            opencl.releaseKernel(released);
        }
    }
}
