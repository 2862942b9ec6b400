package dev.sirocco.runtime.cpu;

import dev.sirocco.runtime.cache.Pending;
import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.llvm.NativeCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Compiled code, the table of its arrays' addresses, and the arrays themselves, which it keeps reachable. */
final class CpuTask extends Work implements BoundTask {
    private final WorkerPool pool;
    private final Pending<MemorySegment> compiled;
    private final List<TornadoNativeArray> arrays;
    private final MemorySegment table;
    private MemorySegment code;
    private long nanos;

    CpuTask(WorkerPool pool, Pending<MemorySegment> compiled, List<TornadoNativeArray> arrays, long items) {
        super(items);
        this.pool = pool;
        this.compiled = compiled;
        this.arrays = List.copyOf(arrays);
        this.table = Arena.ofAuto().allocate(ValueLayout.ADDRESS, Math.max(1, arrays.size()));
        for (int i = 0; i < arrays.size(); i++) {
            table.setAtIndex(ValueLayout.ADDRESS, i, arrays.get(i).getSegment());
        }
    }

    @Override
    public void await() {
        if (code == null) {
            code = compiled.get();
        }
    }

    @Override
    public void run() {
        await();
        long start = System.nanoTime();
        try {
            pool.run(this);
        } finally {
            Reference.reachabilityFence(arrays);
        }
        nanos = System.nanoTime() - start;
    }

    @Override
    void run(long begin, long end) {
        NativeCall.call(code, table.address(), begin, end);
    }

    @Override
    public long kernelNanos() {
        return nanos;
    }
}
