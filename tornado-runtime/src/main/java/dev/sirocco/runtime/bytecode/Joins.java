package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The blocks at joins of a method's control flow. A block has a parameter for each local that may differ from one way
 * to another; arguments that the method never assigns are the same on all of them and have none, so that literals
 * among them stay literals.
 */
final class Joins {
    /** A block; its parameters take their types from the first way that reaches it. */
    private record Join(int block, MethodCode.Frame frame, List<Value> parameters) {}

    private final GraphBuilder graph;
    private final MethodCode code;
    private final Frame state;
    private final Map<Integer, Value> constants = new TreeMap<>(); // arguments that are never assigned, by slot
    private final Map<Integer, Join> joins = new HashMap<>(); // by the instruction's index

    Joins(GraphBuilder graph, MethodCode code, Frame state) {
        this.graph = graph;
        this.code = code;
        this.state = state;
    }

    /** Puts an argument into its slot, before anything else. */
    void setArgument(int slot, Value argument) {
        state.setLocal(slot, new Operand.Of(argument));
        if (!code.isAssigned(slot)) {
            constants.put(slot, argument);
        }
    }

    /** Opens the block at an index. {@return whether any way reaches it} */
    boolean enter(int index) {
        Join join = joins.get(index);
        if (join == null) {
            return false;
        }
        graph.open(join.block, join.parameters);
        state.reset(variableSlots(join.frame), join.parameters, join.frame.stackDepth());
        constants.forEach((slot, value) -> state.setLocal(slot, new Operand.Of(value)));
        return true;
    }

    /** {@return the edge from here to the block at an index, with the locals and the stack as they are} */
    Edge edgeTo(int target) {
        MethodCode.Frame frame = code.frame(target);
        List<Integer> slots = variableSlots(frame);
        List<Value> arguments = new ArrayList<>();
        slots.forEach(slot -> arguments.add(state.local(slot)));
        arguments.addAll(state.stackValues());
        Join join = joins.get(target);
        if (join == null) {
            List<Value> parameters = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                String variable = i < slots.size() ? code.name(slots.get(i), target) : "";
                parameters.add(graph.newValue(arguments.get(i).type(), variable));
            }
            join = new Join(graph.newBlockId(), frame, parameters);
            joins.put(target, join);
        }
        for (int i = 0; i < arguments.size(); i++) {
            if (!arguments.get(i).type().equals(join.parameters.get(i).type())) {
                throw new Refusal("a variable holds a " + arguments.get(i).type() + " on one path and a "
                        + join.parameters.get(i).type() + " on another");
            }
        }
        return new Edge(join.block, arguments);
    }

    private List<Integer> variableSlots(MethodCode.Frame frame) {
        return frame.liveSlots().stream()
                .filter(slot -> !constants.containsKey(slot))
                .toList();
    }
}
