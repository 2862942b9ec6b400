package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The natural loops of a function, by their headers. */
final class Loops {
    /**
     * One loop.
     *
     * @param body    its blocks, the header among them
     * @param latches the blocks that jump back to the header
     */
    record Loop(int header, Set<Integer> body, List<Integer> latches) {}

    private final Map<Integer, Loop> loops = new HashMap<>();

    /** @throws KernelException if a loop has two entries: Java has no such statement, but bytecode can */
    Loops(Function function, Dominators dominators) {
        Map<Integer, List<Integer>> predecessors = new HashMap<>();
        Map<Integer, List<Integer>> latches = new HashMap<>();
        List<Integer> order = dominators.order();
        Map<Integer, Integer> rank = new HashMap<>();
        order.forEach(id -> rank.put(id, rank.size()));
        for (Block block : function.blocks()) {
            for (Edge edge : block.end().edges()) {
                predecessors
                        .computeIfAbsent(edge.block(), _ -> new ArrayList<>())
                        .add(block.id());
                if (rank.get(edge.block()) > rank.get(block.id())) {
                    continue;
                }
                if (!dominators.dominates(edge.block(), block.id())) {
                    throw new KernelException(
                            function.declaredIn() + "." + function.name(),
                            block.body().stream()
                                    .mapToInt(Instruction::line)
                                    .max()
                                    .orElse(0),
                            "a loop that can be entered at two places; write it with for, while or do");
                }
                latches.computeIfAbsent(edge.block(), _ -> new ArrayList<>()).add(block.id());
            }
        }
        latches.forEach((header, ends) -> loops.put(header, new Loop(header, body(header, ends, predecessors), ends)));
    }

    private static Set<Integer> body(int header, List<Integer> latches, Map<Integer, List<Integer>> predecessors) {
        Set<Integer> body = new HashSet<>(Set.of(header));
        List<Integer> work = new ArrayList<>(latches);
        while (!work.isEmpty()) {
            int block = work.removeLast();
            if (body.add(block)) {
                work.addAll(predecessors.get(block));
            }
        }
        return body;
    }

    /** {@return the loop that a block is the header of, or null} */
    Loop at(int header) {
        return loops.get(header);
    }

    Iterable<Loop> all() {
        return loops.values();
    }
}
