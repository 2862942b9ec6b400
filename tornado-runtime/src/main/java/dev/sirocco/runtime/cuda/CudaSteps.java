package dev.sirocco.runtime.cuda;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The work of one stream, collected until the host must wait for something, and then given to the driver as one step:
 * all task graphs of a token, with the copies between them. A step that has come before is recorded, as what CUDA calls
 * a graph, and from then on launched with one call of the driver in place of one for each kernel. The first time is as
 * usual, because loading code cannot be recorded.
 *
 * <p>What changes from token to token lies in arrays: neither addresses nor sizes do. Owned by a plan's memory, which
 * closes it. Not thread-safe.
 */
final class CudaSteps {
    /** What does not repeat itself is not worth keeping: a plan has a handful of steps. */
    private static final int MOST_KEPT = 64;

    private static final long SEEN = 0;

    private final long stream;
    private final boolean records;
    private final Map<List<StepPart>, Long> executables = new HashMap<>();
    private List<StepPart> waiting = new ArrayList<>();

    /** @param records whether the driver can record */
    CudaSteps(long stream, boolean records) {
        this.stream = stream;
        this.records = records;
    }

    void add(StepPart part) {
        waiting.add(part);
    }

    /** {@return whether a part waits to be given to the driver} */
    boolean hasWaiting(StepPart part) {
        return waiting.contains(part);
    }

    /** Gives the driver what waits. {@return whether there was anything} */
    boolean flush(CudaNative cuda) {
        if (waiting.isEmpty()) {
            return false;
        }
        List<StepPart> step = waiting;
        waiting = new ArrayList<>();
        Long executable = records && step.size() > 1 ? executables.get(step) : null;
        if (executable == null) {
            step.forEach(part -> part.enqueue(cuda, stream));
            keep(cuda, step, SEEN);
            return true;
        }
        if (executable == SEEN) {
            executable = record(cuda, step);
            keep(cuda, step, executable);
        }
        cuda.launchGraph(executable, stream);
        return true;
    }

    private void keep(CudaNative cuda, List<StepPart> step, long executable) {
        if (executables.size() >= MOST_KEPT) {
            release(cuda);
        }
        executables.put(step, executable);
    }

    private long record(CudaNative cuda, List<StepPart> step) {
        cuda.beginCapture(stream);
        try {
            step.forEach(part -> part.enqueue(cuda, stream));
        } catch (CudaException failed) {
            abandon(cuda, failed);
            throw failed;
        }
        long graph = cuda.endCapture(stream);
        try {
            return cuda.instantiate(graph);
        } finally {
            cuda.destroyGraph(graph);
        }
    }

    private void abandon(CudaNative cuda, CudaException failed) {
        try {
            cuda.endCapture(stream);
        } catch (CudaException invalid) {
            failed.addSuppressed(invalid);
        }
    }

    /** Drops the recordings that a part belongs to, which will not come again. */
    void forget(CudaNative cuda, StepPart part) {
        executables.entrySet().removeIf(entry -> {
            boolean gone = entry.getKey().contains(part);
            if (gone && entry.getValue() != SEEN) {
                cuda.destroyExecutable(entry.getValue());
            }
            return gone;
        });
    }

    /** Gives all recordings back. */
    void release(CudaNative cuda) {
        List<Long> released = List.copyOf(executables.values());
        executables.clear();
        for (long executable : released) {
            if (executable != SEEN) {
                cuda.destroyExecutable(executable);
            }
        }
    }
}
