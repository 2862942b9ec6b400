package dev.sirocco.runtime.graph;

import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.GraphStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A task graph sorted by what an execution does in which order; independent of devices. */
final class GraphProgram {
    private final String name;
    private final List<GraphStep.RunTask> tasks = new ArrayList<>();
    private final List<GraphStep.Consume> consumptions = new ArrayList<>();
    private final List<Object> copiedInFirst = new ArrayList<>();
    private final List<Object> copiedInEvery = new ArrayList<>();
    private final List<Object> copiedOut = new ArrayList<>();
    private final Set<Object> arrays = identitySet();
    private final Set<Object> kept = identitySet();

    GraphProgram(GraphDescription description) {
        this.name = description.name();
        for (GraphStep step : description.steps()) {
            switch (step) {
                case GraphStep.TransferToDevice(int mode, List<Object> named) ->
                    note(
                            "transferToDevice",
                            named,
                            mode == DataTransferMode.EVERY_EXECUTION ? copiedInEvery : copiedInFirst);
                case GraphStep.RunTask task -> note(task);
                case GraphStep.TransferToHost(int mode, List<Object> named) -> {
                    if (mode == DataTransferMode.UNDER_DEMAND) {
                        note("transferToHost", named, kept);
                    } else {
                        note("transferToHost", named, copiedOut);
                    }
                }
                case GraphStep.Persist(List<Object> named) -> note("persistOnDevice", named, kept);
                case GraphStep.Consume consume -> {
                    note("consumeFromDevice", consume.arrays(), kept);
                    consumptions.add(consume);
                }
            }
        }
    }

    private void note(GraphStep.RunTask task) {
        tasks.add(task);
        for (Object argument : task.arguments()) {
            if (argument instanceof TornadoNativeArray) {
                arrays.add(argument);
            }
        }
    }

    private void note(String statement, List<Object> named, Collection<Object> into) {
        for (Object object : named) {
            switch (object) {
                case TornadoNativeArray array -> {
                    arrays.add(array);
                    into.add(array);
                }
                // TornadoVM lets scalars and contexts pass here, where there is nothing to transfer.
                case Number _, KernelContext _ -> {}
                default ->
                    throw new TornadoRuntimeException("Task graph '" + name + "': " + statement + " was given a "
                            + object.getClass().getTypeName() + "; arrays of kernels are "
                            + TornadoNativeArray.class.getPackageName() + " types such as FloatArray");
            }
        }
    }

    String name() {
        return name;
    }

    /** {@return tasks in the order in which they run} */
    List<GraphStep.RunTask> tasks() {
        return tasks;
    }

    /** {@return the name by which grids and messages address a task} */
    String address(GraphStep.RunTask task) {
        return name + "." + task.name();
    }

    List<GraphStep.Consume> consumptions() {
        return consumptions;
    }

    /** {@return arrays copied to the device when the graph runs for the first time} */
    List<Object> copiedInFirst() {
        return copiedInFirst;
    }

    /** {@return arrays copied to the device each time} */
    List<Object> copiedInEvery() {
        return copiedInEvery;
    }

    /** {@return arrays copied to the host each time} */
    List<Object> copiedOut() {
        return copiedOut;
    }

    /** {@return every array that the graph names, by identity} */
    Set<Object> arrays() {
        return arrays;
    }

    /** {@return whether the array is on the device, with its content, once the graph has run} */
    boolean keeps(Object array) {
        return kept.contains(array);
    }

    /** {@return an array as a message names it, for arrays have no names of their own} */
    String describe(Object array) {
        String what = array instanceof TornadoNativeArray typed
                ? array.getClass().getSimpleName() + " of " + typed.getSize() + " elements"
                : array.getClass().getTypeName();
        for (GraphStep.RunTask task : tasks) {
            for (int i = 0; i < task.arguments().size(); i++) {
                if (task.arguments().get(i) == array) {
                    return "the " + what + " that is argument " + (i + 1) + " of task " + address(task);
                }
            }
        }
        return "the " + what;
    }

    private static Set<Object> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
