package dev.sirocco.runtime.cuda;

import dev.sirocco.runtime.driver.BoundTask;
import dev.sirocco.runtime.driver.TaskSequence;
import java.util.List;

/** The tasks of one task graph: a part of a step. Owned by the memory that the tasks work on. */
final class CudaSequence implements TaskSequence, StepPart {
    private final List<CudaTask> tasks;
    private final CudaMemory memory;

    CudaSequence(List<BoundTask> tasks, CudaMemory memory) {
        this.tasks = tasks.stream().map(CudaTask.class::cast).toList();
        this.memory = memory;
    }

    @Override
    public void run() {
        memory.add(this);
    }

    @Override
    public void enqueue(CudaNative cuda, long stream) {
        tasks.forEach(task -> task.enqueue(cuda, stream));
    }

    @Override
    public void close() {
        memory.forget(this);
    }
}
