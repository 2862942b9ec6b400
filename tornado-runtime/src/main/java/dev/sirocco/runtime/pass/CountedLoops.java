package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The loops of a function, and what their headers' parameters begin with and grow by. */
final class CountedLoops {
    /**
     * One loop.
     *
     * @param before the only block that leads into it from outside
     */
    record Loop(Block header, Set<Integer> blocks, Block before) {
        boolean has(int block) {
            return blocks.contains(block);
        }
    }

    private final Map<Value, Op> definitions = new HashMap<>();
    private final Map<Value, Integer> homes = new HashMap<>();
    private final List<Loop> loops = new ArrayList<>();

    CountedLoops(Function function) {
        Dominators dominators = new Dominators(function);
        Map<Integer, List<Block>> predecessors = new HashMap<>();
        for (Block block : function.blocks()) {
            block.parameters().forEach(p -> homes.put(p, block.id()));
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    definitions.put(i.result(), i.op());
                    homes.put(i.result(), block.id());
                }
            }
            for (Edge edge : block.end().edges()) {
                predecessors
                        .computeIfAbsent(edge.block(), _ -> new ArrayList<>())
                        .add(block);
            }
        }
        for (Block header : function.blocks()) {
            Set<Integer> body = dominators.loop(header.id());
            List<Block> before = predecessors.getOrDefault(header.id(), List.of()).stream()
                    .filter(block -> !body.contains(block.id()))
                    .distinct()
                    .toList();
            boolean isLoop = predecessors.getOrDefault(header.id(), List.of()).stream()
                    .anyMatch(block -> body.contains(block.id()));
            if (isLoop && before.size() == 1) {
                loops.add(new Loop(header, body, before.getFirst()));
            }
        }
        loops.sort(Comparator.comparingInt(loop -> loop.blocks().size()));
    }

    /** {@return the operation that makes a value, or null for parameters} */
    Op definition(Value value) {
        return definitions.get(value);
    }

    /** {@return the loops around a block, the innermost first} */
    List<Loop> around(int block) {
        return loops.stream().filter(loop -> loop.has(block)).toList();
    }

    /** {@return whether a value is made inside a loop} */
    boolean isInside(Value value, Loop loop) {
        Integer home = homes.get(value);
        return home != null && loop.has(home);
    }

    /** {@return the loop whose header has a value as its parameter, or null} */
    Loop withParameter(Value value) {
        return loops.stream()
                .filter(loop -> loop.header().parameters().contains(value))
                .findFirst()
                .orElse(null);
    }

    /** {@return what a header's parameter is in the first iteration, or null where that is one value or another} */
    Value first(Loop loop, Value parameter) {
        List<Value> given = given(loop, parameter, loop.before());
        return given.stream().distinct().count() == 1 ? given.getFirst() : null;
    }

    /** {@return by how much a header's integer grows with each iteration; 0 where that is not known} */
    long step(Loop loop, Value parameter, List<Block> blocks) {
        long step = 0;
        for (Block block : blocks) {
            for (Value next : loop.has(block.id()) ? given(loop, parameter, block) : List.<Value>of()) {
                if (!(definitions.get(next) instanceof Op.Binary(Op.Binary.Kind kind, Value left, Value right))
                        || kind != Op.Binary.Kind.ADD
                        || !left.equals(parameter)
                        || !(definitions.get(right) instanceof Op.Constant(var _, Number number))
                        || step != 0 && step != number.longValue()) {
                    return 0;
                }
                step = number.longValue();
            }
        }
        return step;
    }

    private static List<Value> given(Loop loop, Value parameter, Block from) {
        int position = loop.header().parameters().indexOf(parameter);
        return from.end().edges().stream()
                .filter(edge -> edge.block() == loop.header().id())
                .map(edge -> edge.arguments().get(position))
                .toList();
    }
}
