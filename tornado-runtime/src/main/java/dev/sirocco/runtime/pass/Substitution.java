package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values that stand for others, applied to a whole function at once. */
final class Substitution {
    private final Map<Value, Value> replacement = new HashMap<>();

    void replace(Value value, Value by) {
        replacement.put(value, by);
    }

    boolean isEmpty() {
        return replacement.isEmpty();
    }

    Value resolve(Value value) {
        Value current = value;
        while (replacement.containsKey(current)) {
            current = replacement.get(current);
        }
        return current;
    }

    private List<Value> resolve(List<Value> values) {
        return values.stream().map(this::resolve).toList();
    }

    Edge apply(Edge edge) {
        return new Edge(edge.block(), resolve(edge.arguments()));
    }

    /** {@return the block with every use replaced; its own parameters and results stay} */
    Block apply(Block block) {
        List<Instruction> body = block.body().stream()
                .map(i -> new Instruction(i.result(), i.op().withOperands(resolve(i.op().operands())), i.line()))
                .toList();
        Value operand = block.end().operand();
        return new Block(
                block.id(),
                block.parameters(),
                body,
                block.end()
                        .with(
                                operand == null ? null : resolve(operand),
                                block.end().edges().stream().map(this::apply).toList()));
    }

    Function apply(Function function) {
        return isEmpty()
                ? function
                : function.withBlocks(
                        function.blocks().stream().map(this::apply).toList());
    }
}
