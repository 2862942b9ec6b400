package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.TaskSequence;
import java.util.List;

/**
 * Tasks that are recorded once and from then on launched together, as what CUDA calls a graph: one call of the driver
 * in place of one for each kernel. The first run is as usual, because loading code cannot be recorded. Owned by the
 * memory that the tasks work on.
 */
final class CudaSequence implements TaskSequence {
    private final List<BoundTask> tasks;
    private final CudaMemory memory;
    private boolean ran;
    private long executable;

    CudaSequence(List<BoundTask> tasks, CudaMemory memory) {
        this.tasks = List.copyOf(tasks);
        this.memory = memory;
    }

    @Override
    public void run() {
        if (!ran || memory.measures()) {
            tasks.forEach(BoundTask::run);
            ran = true;
            return;
        }
        CudaNative cuda = memory.functions();
        if (executable == 0) {
            executable = record(cuda);
        }
        cuda.launchGraph(executable, memory.stream());
    }

    private long record(CudaNative cuda) {
        cuda.beginCapture(memory.stream());
        long graph;
        try {
            tasks.forEach(BoundTask::run);
        } catch (CudaException failed) {
            abandon(cuda, failed);
            throw failed;
        }
        graph = cuda.endCapture(memory.stream());
        try {
            return cuda.instantiate(graph);
        } finally {
            cuda.destroyGraph(graph);
        }
    }

    private void abandon(CudaNative cuda, CudaException failed) {
        try {
            cuda.endCapture(memory.stream());
        } catch (CudaException invalid) {
            failed.addSuppressed(invalid);
        }
    }

    @Override
    public void close() {
        memory.disown(this);
        release();
    }

    void release() {
        if (executable != 0) {
            long released = executable;
            executable = 0;
            memory.functions().destroyExecutable(released);
        }
    }
}
