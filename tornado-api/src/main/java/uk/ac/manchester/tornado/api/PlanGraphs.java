package uk.ac.manchester.tornado.api;

import dev.sirocco.spi.GraphDescription;
import dev.sirocco.spi.GraphStep;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** What must hold between the graphs of one plan. */
final class PlanGraphs {
    private PlanGraphs() {}

    static List<GraphDescription> of(ImmutableTaskGraph[] immutableTaskGraphs) {
        if (immutableTaskGraphs == null || immutableTaskGraphs.length == 0) {
            throw new TornadoRuntimeException("An execution plan needs at least one task graph");
        }
        List<GraphDescription> graphs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ImmutableTaskGraph graph : immutableTaskGraphs) {
            if (graph == null) {
                throw new TornadoRuntimeException("Task graph " + graphs.size() + " of the execution plan is null");
            }
            graphs.add(graph.description());
            names.add(graph.description().name());
        }
        graphs.forEach(graph -> requireConsumedFrom(names, graph));
        return List.copyOf(graphs);
    }

    private static void requireConsumedFrom(Set<String> names, GraphDescription graph) {
        for (GraphStep step : graph.steps()) {
            if (step instanceof GraphStep.Consume consume
                    && !consume.graphName().isEmpty()
                    && !names.contains(consume.graphName())) {
                throw new TornadoRuntimeException("Task graph '%s' consumes from '%s', which is not in the plan of %s"
                        .formatted(graph.name(), consume.graphName(), names));
            }
        }
    }

    /** Refuses a scheduler that addresses no task of these graphs: most likely a name is misspelt. */
    static void requireTaskOf(List<GraphDescription> graphs, GridScheduler scheduler) {
        for (GraphDescription graph : graphs) {
            for (GraphStep step : graph.steps()) {
                if (step instanceof GraphStep.RunTask task && scheduler.contains(graph.name(), task.name())) {
                    return;
                }
            }
        }
        throw new TornadoRuntimeException(
                "The grid scheduler names no task of this plan as graph.task: " + scheduler.keySet());
    }
}
