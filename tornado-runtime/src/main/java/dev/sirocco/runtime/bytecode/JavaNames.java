package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The variables that values turn out to be stored in, after the values were made; a value keeps its first name. */
final class JavaNames {
    private final Map<Value, String> names = new HashMap<>();

    /** @param name empty where the class file has none */
    void put(Value value, String name) {
        if (value.name().isEmpty() && !name.isEmpty()) {
            names.putIfAbsent(value, name);
        }
    }

    /** {@return the block with every value named} */
    Block apply(Block block) {
        List<Instruction> body = block.body().stream()
                .map(i -> new Instruction(
                        i.result() == null ? null : named(i.result()),
                        i.op().withOperands(named(i.op().operands())),
                        i.line()))
                .toList();
        return new Block(block.id(), named(block.parameters()), body, apply(block.end()));
    }

    private Terminator apply(Terminator end) {
        List<Edge> edges = end.edges().stream()
                .map(edge -> new Edge(edge.block(), named(edge.arguments())))
                .toList();
        return end.with(end.operand() == null ? null : named(end.operand()), edges);
    }

    private List<Value> named(List<Value> values) {
        return values.stream().map(this::named).toList();
    }

    private Value named(Value value) {
        String name = names.get(value);
        return name == null ? value : new Value(value.id(), value.type(), name);
    }
}
