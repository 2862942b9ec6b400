package dev.sirocco.spi;

import java.io.Serializable;
import java.util.List;

/** One recorded statement of a task graph. Arrays are compared by identity, never by content. */
public sealed interface GraphStep {

    /** Copies host arrays to the device; {@code mode} is one of {@code DataTransferMode}'s constants. */
    record TransferToDevice(int mode, List<Object> arrays) implements GraphStep {
        public TransferToDevice {
            arrays = List.copyOf(arrays);
        }
    }

    /**
     * Runs a kernel.
     *
     * @param name      the task's name within its graph
     * @param code      the method reference given to {@code TaskGraph.task}: a serializable lambda
     * @param arguments the kernel's arguments in order: arrays, a {@code KernelContext}, boxed scalars
     */
    record RunTask(String name, Serializable code, List<Object> arguments) implements GraphStep {
        public RunTask {
            arguments = List.copyOf(arguments);
        }
    }

    /** Copies device arrays back; {@code mode} is one of {@code DataTransferMode}'s constants. */
    record TransferToHost(int mode, List<Object> arrays) implements GraphStep {
        public TransferToHost {
            arrays = List.copyOf(arrays);
        }
    }

    /** Keeps device arrays alive after this graph, for graphs that consume them. */
    record Persist(List<Object> arrays) implements GraphStep {
        public Persist {
            arrays = List.copyOf(arrays);
        }
    }

    /**
     * Uses device arrays that another graph of the plan persisted, without a transfer.
     *
     * @param graphName the persisting graph, or empty for the graph that the plan executed last
     */
    record Consume(String graphName, List<Object> arrays) implements GraphStep {
        public Consume {
            arrays = List.copyOf(arrays);
        }
    }
}
