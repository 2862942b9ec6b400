package dev.sirocco.runtime.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.codegen.Groups;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.TaskSpec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A kernel with its arguments. Owned by the memory that it works on, which closes it. */
final class CudaTask implements BoundTask {
    private final String name;
    private final Pending<Long> code;
    private final int[] groups = new int[3];
    private final int[] sizes = new int[3];
    private final boolean isEmpty;
    private final CudaMemory memory;
    private final MemorySegment parameters;
    private long function;
    private long start;
    private long end;

    CudaTask(TaskSpec task, Pending<Long> code, Groups groups, long items, CudaMemory memory) {
        this.name = task.name();
        this.code = code;
        this.isEmpty = items == 0;
        this.memory = memory;
        for (int axis = 0; axis < 3; axis++) {
            this.groups[axis] = Math.toIntExact(groups.counts().get(axis));
            this.sizes[axis] = Math.toIntExact(groups.sizes().get(axis));
        }
        long[] addresses = task.arguments().stream()
                .filter(TornadoNativeArray.class::isInstance)
                .mapToLong(memory::address)
                .toArray();
        // each parameter is a pointer to where its value lies: the values come first, then the pointers
        this.parameters = Arena.ofAuto().allocate(JAVA_LONG, Math.max(1, 2L * addresses.length));
        for (int i = 0; i < addresses.length; i++) {
            parameters.setAtIndex(JAVA_LONG, i, addresses[i]);
            parameters.setAtIndex(JAVA_LONG, (long) addresses.length + i, parameters.address() + (long) i * Long.BYTES);
        }
    }

    @Override
    public void await() {
        try {
            if (!isEmpty && function == 0) {
                function = code.get();
            }
        } catch (CudaException failed) {
            throw explained(failed);
        }
    }

    @Override
    public void run() {
        memory.flush();
        enqueue(memory.functions(), memory.stream());
    }

    /** Gives the kernel to a stream, which may be recording if its code was loaded before. */
    void enqueue(CudaNative cuda, long stream) {
        if (isEmpty) {
            return;
        }
        await();
        try {
            boolean measures = memory.measures();
            if (measures) {
                prepareEvents(cuda);
                cuda.record(start, stream);
            }
            long pointers = parameters.address() + parameters.byteSize() / 2;
            cuda.launch(function, groups, sizes, stream, pointers);
            if (measures) {
                cuda.record(end, stream);
            }
        } catch (CudaException failed) {
            throw explained(failed);
        }
    }

    private CudaException explained(CudaException failed) {
        return new CudaException(failed.status(), "task " + name + ": " + failed.getMessage());
    }

    private void prepareEvents(CudaNative cuda) {
        if (start == 0) {
            start = cuda.createEvent();
        }
        if (end == 0) {
            end = cuda.createEvent();
        }
    }

    @Override
    public long kernelNanos() {
        return end == 0 ? 0 : memory.functions().elapsedNanos(start, end);
    }

    @Override
    public void close() {
        memory.disown(this);
        release();
    }

    /** Gives the events back. */
    void release() {
        long first = start;
        long second = end;
        start = 0;
        end = 0;
        if (first != 0) {
            memory.functions().destroyEvent(first);
        }
        if (second != 0) {
            memory.functions().destroyEvent(second);
        }
    }
}
