package dev.sirocco.tasks.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;

/**
 * Declares which arrays each graph of a plan finds on the device.
 *
 * <p>TornadoVM keeps device buffers by graph, and a graph takes buffers over only from the graph that ran just before
 * it. Therefore a link of this chain consumes and persists every array that the links before it brought to the
 * device, whether its own tasks use it or not. Once all graphs have run in the order in which they were made, a link
 * finds its arrays after its predecessor, after any later link, and after any leaf; a leaf finds them after any link
 * that completes a pass. Nothing is transferred twice, and links that share weights share their memory.
 */
final class GraphChain {
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final Set<Object> resident = identitySet(List.of());
    private String lastLink = "";

    /**
     * Adds a graph that others follow.
     *
     * @param name      unique in the plan
     * @param everyStep arrays that the host writes before every execution
     * @param once      arrays that the host has written and never writes again
     * @param produced  arrays that the tasks write
     * @param tasks     adds the tasks
     */
    void link(String name, List<?> everyStep, List<?> once, List<?> produced, TaskSource tasks) {
        TaskGraph graph = begin(name, everyStep, once);
        tasks.addTo(graph);
        resident.addAll(everyStep);
        resident.addAll(once);
        resident.addAll(produced);
        graph.persistOnDevice(resident.toArray());
        graphs.add(graph.snapshot());
        lastLink = name;
    }

    /**
     * Adds a graph that reads what the chain has and brings a result to the host.
     *
     * @param name      unique in the plan
     * @param everyStep arrays that the host writes before every execution
     * @param once      arrays that only leaves use
     * @param results   transferred to the host after every execution
     * @param tasks     adds the tasks
     */
    void leaf(String name, List<?> everyStep, List<?> once, List<?> results, TaskSource tasks) {
        TaskGraph graph = begin(name, everyStep, once);
        tasks.addTo(graph);
        graph.persistOnDevice(resident.toArray());
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, results.toArray());
        graphs.add(graph.snapshot());
    }

    /** {@return the graphs in the order in which they were added} */
    ImmutableTaskGraph[] graphs() {
        return graphs.toArray(ImmutableTaskGraph[]::new);
    }

    /** {@return how many graphs have been added} */
    int size() {
        return graphs.size();
    }

    private TaskGraph begin(String name, List<?> everyStep, List<?> once) {
        TaskGraph graph = new TaskGraph(name);
        Set<Object> consumed = identitySet(resident);
        everyStep.forEach(consumed::remove);
        if (!consumed.isEmpty()) {
            graph.consumeFromDevice(lastLink, consumed.toArray());
        }
        if (!everyStep.isEmpty()) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, everyStep.toArray());
        }
        Set<Object> fresh = identitySet(once);
        resident.forEach(fresh::remove);
        if (!fresh.isEmpty()) {
            graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, fresh.toArray());
        }
        return graph;
    }

    private static Set<Object> identitySet(Collection<?> elements) {
        Set<Object> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(elements);
        return set;
    }

    /** Adds tasks to a graph whose transfers have been declared. */
    interface TaskSource {
        void addTo(TaskGraph graph);
    }
}
