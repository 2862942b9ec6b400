package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.ByteDots;
import dev.sirocco.runtime.codegen.Launch;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Op.Compare.Condition;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Finds short loops that do the same for each element of a vector: {@code for (int k = 0; k < 8; k++) a[k] += …}.
 * They become one statement on vectors, because compilers unroll such a loop and then do not see the vector any more.
 */
final class LaneLoops {
    /** Sizes of OpenCL's vectors that are worth it. */
    private static final Set<Integer> LANES = Set.of(4, 8, 16);

    /**
     * One loop.
     *
     * @param body  its only block besides the header
     * @param roles what each value of the body is
     */
    record LaneLoop(Block body, Value counter, int lanes, LaneRoles roles) {}

    private final Map<Integer, LaneLoop> found = new HashMap<>();
    private final Map<Value, Instruction> definitions = new HashMap<>();

    LaneLoops(Function function, Launch launch, ByteDots dots) {
        Map<Integer, Block> blocks = new HashMap<>();
        for (Block block : function.blocks()) {
            blocks.put(block.id(), block);
            block.body().stream().filter(i -> i.result() != null).forEach(i -> definitions.put(i.result(), i));
        }
        for (Block header : function.blocks()) {
            LaneLoop loop = match(header, blocks, function, launch, dots);
            if (loop != null) {
                found.put(header.id(), loop);
            }
        }
    }

    /** {@return the loop with a header, or null} */
    LaneLoop at(int header) {
        return found.get(header);
    }

    /** {@return the loop whose body a block is, or null} */
    LaneLoop withBody(Block body) {
        return found.values().stream()
                .filter(loop -> loop.body == body)
                .findFirst()
                .orElse(null);
    }

    private LaneLoop match(Block header, Map<Integer, Block> blocks, Function function, Launch launch, ByteDots dots) {
        if (header.parameters().size() != 1
                || !(header.end() instanceof Terminator.Branch(Value condition, Edge yes, Edge no))
                || !(definitions.get(condition).op() instanceof Op.Compare(Condition order, Value left, Value right))
                || !left.equals(header.parameters().getFirst())
                || header.body().stream()
                        .anyMatch(i -> !(i.op() instanceof Op.Constant || i.op() instanceof Op.Compare))
                || order != Condition.LT && order != Condition.GE) {
            return null;
        }
        Edge enter = order == Condition.LT ? yes : no;
        Block body = blocks.get(enter.block());
        Integer lanes = literal(right);
        if (lanes == null
                || !LANES.contains(lanes)
                || !enter.arguments().isEmpty()
                || !body.parameters().isEmpty()
                || !(body.end() instanceof Terminator.Jump(Edge back))
                || back.block() != header.id()
                || !counts(header, function)) {
            return null;
        }
        LaneRoles roles = LaneRoles.of(body, left, launch, function, dots, definitions);
        return roles == null ? null : new LaneLoop(body, left, lanes, roles);
    }

    /** {@return whether a header's parameter begins at 0, goes up by 1, and is used in the loop only} */
    private boolean counts(Block header, Function function) {
        Value counter = header.parameters().getFirst();
        int enters = 0;
        int repeats = 0;
        int steps = 0;
        for (Block block : function.blocks()) {
            for (Edge edge : block.end().edges()) {
                if (edge.block() == header.id()) {
                    Value argument = edge.arguments().getFirst();
                    boolean isStep = definitions.containsKey(argument)
                            && definitions.get(argument).op() instanceof Binary(Binary.Kind kind, Value a, Value b)
                            && kind == Binary.Kind.ADD
                            && a.equals(counter)
                            && Integer.valueOf(1).equals(literal(b));
                    repeats += isStep ? 1 : 0;
                    steps += isStep && LaneRoles.inBlock(block, argument) ? 1 : 0;
                    enters += Integer.valueOf(0).equals(literal(argument)) ? 1 : 0;
                    if (!isStep && !Integer.valueOf(0).equals(literal(argument))) {
                        return false;
                    }
                }
            }
        }
        return enters > 0 && repeats == 1 && steps == 1;
    }

    private Integer literal(Value value) {
        Instruction definition = definitions.get(value);
        return definition != null && definition.op() instanceof Op.Constant(var type, Number number) && type.isInteger()
                ? Integer.valueOf(number.intValue())
                : null;
    }
}
