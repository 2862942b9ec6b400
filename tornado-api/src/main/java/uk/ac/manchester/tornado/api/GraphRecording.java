package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.GraphStep;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoTaskRuntimeException;

/** The steps of one task graph as they are said, and the checks that need no device. */
final class GraphRecording {
    /** TornadoVM numbers the tasks of a graph in one byte. */
    private static final int MAX_TASKS = 256;

    private final String name;
    private final List<GraphStep> steps = new ArrayList<>();
    private final Set<String> taskNames = new HashSet<>();

    GraphRecording(String name) {
        if (name == null || name.isBlank()) {
            throw new TornadoRuntimeException("A task graph needs a name");
        }
        this.name = name;
    }

    String name() {
        return name;
    }

    GraphDescription describe() {
        return new GraphDescription(name, steps);
    }

    void transferToDevice(int mode, Object[] arrays) {
        if (mode != DataTransferMode.FIRST_EXECUTION && mode != DataTransferMode.EVERY_EXECUTION) {
            throw error("transferToDevice takes the mode FIRST_EXECUTION (0) or EVERY_EXECUTION (1), not " + mode);
        }
        steps.add(new GraphStep.TransferToDevice(mode, arrays("transferToDevice", arrays)));
    }

    void transferToHost(int mode, Object[] arrays) {
        if (mode < DataTransferMode.FIRST_EXECUTION || mode > DataTransferMode.UNDER_DEMAND) {
            throw error(
                    "transferToHost takes the mode FIRST_EXECUTION (0), EVERY_EXECUTION (1) or UNDER_DEMAND (2), not "
                            + mode);
        }
        steps.add(new GraphStep.TransferToHost(mode, arrays("transferToHost", arrays)));
    }

    void persist(Object[] arrays) {
        steps.add(new GraphStep.Persist(arrays("persistOnDevice", arrays)));
    }

    void consume(String graphName, Object[] arrays) {
        if (graphName == null || graphName.isBlank()) {
            throw error("consumeFromDevice needs the name of the graph that persists the arrays");
        }
        steps.add(new GraphStep.Consume(graphName, arrays("consumeFromDevice", arrays)));
    }

    void consumeFromLast(Object[] arrays) {
        steps.add(new GraphStep.Consume("", arrays("consumeFromDevice", arrays)));
    }

    void task(String id, Serializable code, Object[] arguments) {
        if (id == null || id.isBlank()) {
            throw error("a task needs a name");
        }
        if (code == null) {
            throw error("task '" + id + "' has no kernel: the method reference is null");
        }
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] == null) {
                throw error("argument " + (i + 1) + " of task '" + id + "' is null");
            }
        }
        if (taskNames.size() == MAX_TASKS) {
            throw error("task '" + id + "' is one too many: a graph holds at most " + MAX_TASKS
                    + " tasks; split the graph");
        }
        if (!taskNames.add(id)) {
            throw new TornadoTaskRuntimeException(inGraph("there are two tasks named '" + id + "'; names must differ"));
        }
        steps.add(new GraphStep.RunTask(id, code, List.of(arguments)));
    }

    private List<Object> arrays(String statement, Object[] arrays) {
        if (arrays == null || arrays.length == 0) {
            throw error(statement + " needs at least one array");
        }
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i] == null) {
                throw error("argument " + (i + 1) + " of " + statement + " is null");
            }
        }
        return List.of(arrays);
    }

    private TornadoRuntimeException error(String problem) {
        return new TornadoRuntimeException(inGraph(problem));
    }

    private String inGraph(String problem) {
        return "Task graph '" + name + "': " + problem;
    }
}
