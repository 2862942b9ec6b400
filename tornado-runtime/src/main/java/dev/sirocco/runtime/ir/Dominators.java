package dev.sirocco.runtime.ir;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which block dominates which. Iterative algorithm of Cooper, Harvey and Kennedy over reverse post-order. */
public final class Dominators {
    private final List<Integer> order = new ArrayList<>();
    private final Map<Integer, Integer> rank = new HashMap<>();
    private final Map<Integer, Integer> immediate = new HashMap<>();
    private final Map<Integer, List<Integer>> predecessors = new HashMap<>();

    /** Analyses the blocks that are reachable from the entry. */
    public Dominators(Function function) {
        Map<Integer, Block> blocks = new HashMap<>();
        function.blocks().forEach(block -> blocks.put(block.id(), block));
        postOrder(function.entry().id(), blocks);
        for (int i = 0; i < order.size(); i++) {
            rank.put(order.get(i), i);
        }
        for (int id : order) {
            for (Edge edge : blocks.get(id).end().edges()) {
                predecessors
                        .computeIfAbsent(edge.block(), _ -> new ArrayList<>())
                        .add(id);
            }
        }
        int entry = order.getFirst();
        immediate.put(entry, entry);
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int id : order.subList(1, order.size())) {
                Integer meet = null;
                for (int predecessor : predecessors.get(id)) {
                    if (immediate.containsKey(predecessor)) {
                        meet = meet == null ? predecessor : meet(predecessor, meet);
                    }
                }
                if (!meet.equals(immediate.put(id, meet))) {
                    changed = true;
                }
            }
        }
    }

    private void postOrder(int entry, Map<Integer, Block> blocks) {
        record Visit(int block, List<Edge> edges, int next) {}
        Set<Integer> seen = new HashSet<>(Set.of(entry));
        List<Visit> stack =
                new ArrayList<>(List.of(new Visit(entry, blocks.get(entry).end().edges(), 0)));
        while (!stack.isEmpty()) {
            Visit visit = stack.removeLast();
            if (visit.next == visit.edges.size()) {
                order.addFirst(visit.block);
                continue;
            }
            stack.add(new Visit(visit.block, visit.edges, visit.next + 1));
            int target = visit.edges.get(visit.next).block();
            if (seen.add(target)) {
                stack.add(new Visit(target, blocks.get(target).end().edges(), 0));
            }
        }
    }

    private int meet(int left, int right) {
        int a = left;
        int b = right;
        while (a != b) {
            while (rank.get(a) > rank.get(b)) {
                a = immediate.get(a);
            }
            while (rank.get(b) > rank.get(a)) {
                b = immediate.get(b);
            }
        }
        return a;
    }

    /** {@return reachable blocks in reverse post-order, the entry first} */
    public List<Integer> order() {
        return List.copyOf(order);
    }

    /** {@return the last block before {@code block} that every path to it goes through; for the entry, itself} */
    public int immediate(int block) {
        return immediate.get(block);
    }

    /** {@return whether every path to {@code block} goes through {@code dominator}} */
    public boolean dominates(int dominator, int block) {
        int current = block;
        while (current != dominator) {
            int next = immediate.get(current);
            if (next == current) {
                return false;
            }
            current = next;
        }
        return true;
    }

    /** {@return the blocks of the loop that begins at {@code header}, which alone is there when it begins none} */
    public Set<Integer> loop(int header) {
        Set<Integer> body = new HashSet<>(Set.of(header));
        List<Integer> work = new ArrayList<>();
        for (int predecessor : predecessors.getOrDefault(header, List.of())) {
            if (dominates(header, predecessor)) {
                work.add(predecessor);
            }
        }
        while (!work.isEmpty()) {
            int block = work.removeLast();
            if (body.add(block)) {
                work.addAll(predecessors.get(block));
            }
        }
        return body;
    }
}
