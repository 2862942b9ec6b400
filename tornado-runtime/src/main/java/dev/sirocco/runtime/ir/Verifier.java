package dev.sirocco.runtime.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks what every function must satisfy: after each pass, always. */
public final class Verifier {
    private final Function function;
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Value, Integer> definedIn = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private Verifier(Function function) {
        this.function = function;
    }

    /**
     * {@return the function unchanged}
     *
     * @param after the pass that made it, for the message
     * @throws IllegalStateException listing every violation: a defect of the pass, never of the kernel
     */
    public static Function verify(Function function, String after) {
        Verifier verifier = new Verifier(function);
        verifier.check();
        if (!verifier.faults.isEmpty()) {
            throw new IllegalStateException(
                    "after " + after + ": " + String.join("; ", verifier.faults) + "\n" + Printer.print(function));
        }
        return function;
    }

    private void check() {
        for (Block block : function.blocks()) {
            if (blocks.put(block.id(), block) != null) {
                fault("block b" + block.id() + " stands twice");
            }
        }
        function.parameters().forEach(p -> define(p, function.entry().id()));
        for (Block block : function.blocks()) {
            block.parameters().forEach(p -> define(p, block.id()));
            for (Instruction instruction : block.body()) {
                if (instruction.result() != null) {
                    define(instruction.result(), block.id());
                }
            }
            for (Edge edge : block.end().edges()) {
                checkEdge(block, edge);
            }
        }
        if (!function.entry().parameters().isEmpty()) {
            fault("the entry block has parameters");
        }
        if (faults.isEmpty()) {
            Dominators dominators = new Dominators(function);
            if (dominators.order().size() != function.blocks().size()) {
                fault("unreachable blocks");
            } else {
                function.blocks().forEach(block -> checkUses(block, dominators));
            }
        }
    }

    private void define(Value value, int block) {
        if (definedIn.put(value, block) != null) {
            fault(value + " is defined twice");
        }
    }

    private void checkEdge(Block from, Edge edge) {
        Block to = blocks.get(edge.block());
        if (to == null) {
            fault("b" + from.id() + " leads to missing b" + edge.block());
            return;
        }
        if (to == function.entry()) {
            fault("b" + from.id() + " leads back to the entry");
        }
        if (to.parameters().size() != edge.arguments().size()) {
            fault("b" + from.id() + " gives b" + to.id() + " "
                    + edge.arguments().size() + " arguments for "
                    + to.parameters().size());
            return;
        }
        for (int i = 0; i < edge.arguments().size(); i++) {
            Value argument = edge.arguments().get(i);
            Value parameter = to.parameters().get(i);
            if (!argument.type().equals(parameter.type())) {
                fault("b" + from.id() + " gives " + argument + " : " + argument.type() + " for " + parameter + " : "
                        + parameter.type());
            }
        }
    }

    private void checkUses(Block block, Dominators dominators) {
        Set<Value> local = new HashSet<>(block.parameters());
        for (Instruction instruction : block.body()) {
            for (Value operand : instruction.op().operands()) {
                checkUse(operand, block, local, dominators);
            }
            String fault = Typing.fault(instruction);
            if (fault != null) {
                fault(Printer.print(instruction) + ": " + fault);
            }
            if (instruction.result() != null) {
                local.add(instruction.result());
            }
        }
        if (block.end().operand() != null) {
            checkUse(block.end().operand(), block, local, dominators);
        }
        block.end().edges().forEach(edge -> edge.arguments().forEach(a -> checkUse(a, block, local, dominators)));
    }

    private void checkUse(Value value, Block block, Set<Value> local, Dominators dominators) {
        Integer home = definedIn.get(value);
        boolean parameter = function.parameters().contains(value);
        boolean seen = home != null
                && (parameter || (home == block.id() ? local.contains(value) : dominators.dominates(home, block.id())));
        if (!seen) {
            fault("b" + block.id() + " uses " + value + " where it is not defined");
        }
    }

    private void fault(String message) {
        faults.add(message);
    }
}
