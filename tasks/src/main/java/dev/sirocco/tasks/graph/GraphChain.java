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
 * it; one that did not hold an array leaves the next without a buffer for it. Therefore a link of this chain consumes
 * and persists every array that the links before it brought to the device, whether its own tasks use it or not. Once
 * all graphs have run in the order in which they were made, a link finds its arrays after its predecessor, after the
 * last link of any pass, and after any leaf; a leaf finds them after the last link of any pass and after other leaves.
 * Nothing is transferred twice, and links that share weights share their memory.
 *
 * <p>Scratch, which means nothing from one pass to the next, is handed on within a pass only: which arrays those are
 * depends on the pass.
 */
final class GraphChain {
    private final List<ImmutableTaskGraph> graphs = new ArrayList<>();
    private final Set<Object> resident = identitySet(List.of());
    private final Set<Object> scratch = identitySet(List.of()); // of the links of this pass so far
    private String lastLink = "";

    /** Begins a chain of links that run one after the other. */
    void beginPass() {
        scratch.clear();
    }

    /**
     * Adds a graph that others follow.
     *
     * @param name      unique in the plan
     * @param everyStep arrays that the host writes before every execution
     * @param once      arrays that the host has written and never writes again
     * @param written   arrays that the tasks write, all of them taken by one of the tasks
     * @param tasks     adds the tasks
     */
    void link(String name, List<?> everyStep, List<?> once, Written written, TaskSource tasks) {
        Set<Object> consumed = identitySet(resident);
        consumed.addAll(scratch);
        TaskGraph graph = begin(name, everyStep, once, consumed);
        tasks.addTo(graph);
        resident.addAll(everyStep);
        resident.addAll(once);
        resident.addAll(written.kept);
        scratch.addAll(written.scratch);
        Set<Object> persisted = identitySet(resident);
        persisted.addAll(scratch);
        graph.persistOnDevice(persisted.toArray());
        graphs.add(graph.snapshot());
        lastLink = name;
    }

    /**
     * Adds a graph that reads what the chain has and brings a result to the host.
     *
     * @param name      unique in the plan
     * @param everyStep arrays that the host writes before every execution
     * @param once      arrays that only leaves use
     * @param between   arrays that the tasks write and read, all of them taken by one of the tasks
     * @param results   transferred to the host after every execution
     * @param tasks     adds the tasks
     */
    void leaf(String name, List<?> everyStep, List<?> once, List<?> between, List<?> results, TaskSource tasks) {
        TaskGraph graph = begin(name, everyStep, once, identitySet(resident));
        tasks.addTo(graph);
        Set<Object> persisted = identitySet(resident);
        persisted.addAll(between);
        graph.persistOnDevice(persisted.toArray());
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

    private TaskGraph begin(String name, List<?> everyStep, List<?> once, Set<Object> consumed) {
        TaskGraph graph = new TaskGraph(name);
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

    /**
     * What a link's tasks write.
     *
     * @param kept    arrays that any graph may read later
     * @param scratch arrays that later links of the same pass write again before they read them
     */
    record Written(List<?> kept, List<?> scratch) {}

    /** Adds tasks to a graph whose transfers have been declared. */
    interface TaskSource {
        void addTo(TaskGraph graph);
    }
}
