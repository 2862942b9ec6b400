package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.opencl.Loops.Loop;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes a flow graph as nested statements. The statements of a block hold the blocks that it dominates: those that
 * only it leads to stand inside its {@code if} or {@code switch}, those where ways meet again stand behind it, and the
 * blocks of a loop stand in the loop's braces. What remains are jumps from inside a statement to what stands behind it.
 */
final class ControlFlow {
    /** What is not control flow: statements of blocks, conditions, and the values that an edge hands over. */
    interface Contents {
        /** Writes the statements of a block, without its end. */
        void statements(Block block);

        /** {@return a condition, or its opposite} */
        Term condition(Value value, boolean opposite);

        Term key(Value value);

        /** {@return whether a loop could be written without one, which has happened then} */
        boolean lanes(Block header);

        /** {@return whether an edge changes variables, leaving some parameters of its target aside} */
        boolean changes(Edge edge, Set<Value> aside);

        /** Writes the changes of variables that an edge makes. */
        void makeChanges(Edge edge, Set<Value> aside);

        /** {@return whether the changes of an edge back to a loop's header may all stand in the head of a for} */
        boolean isUpdate(Edge back);

        /** {@return those parameters of a loop's header that may change in the head of a for instead of at its end} */
        Set<Value> counters(Edge back, Value condition);

        /**
         * Begins a loop.
         *
         * @param condition or null
         * @param back      the only edge back to its header, or null
         * @param counters  what changes in the loop's head
         */
        void openLoop(Term condition, Edge back, Set<Value> counters);
    }

    private static final int LEAVE = -1;
    private static final int NOWHERE = -2;

    /**
     * Where one gets to.
     *
     * @param next      at the end of the statements
     * @param continues by {@code continue}
     * @param breaks    by {@code break}
     */
    private record Context(int next, int continues, int breaks) {
        Context before(int following) {
            return new Context(following, continues, breaks);
        }
    }

    private final Contents contents;
    private final Listing listing;
    private final Dominators dominators;
    private final Inlining inlining;
    private final Loops loops;
    private final Map<Integer, Block> blocks = new HashMap<>();
    private final Map<Integer, List<Integer>> behind = new HashMap<>();
    private final Set<Integer> inside = new HashSet<>();
    private final Set<Integer> latches = new HashSet<>();
    private final Set<Integer> labelled = new HashSet<>();
    private final Map<Integer, Set<Value>> counters = new HashMap<>();

    ControlFlow(Function function, Inlining inlining, Listing listing, Contents contents) {
        this.contents = contents;
        this.listing = listing;
        this.inlining = inlining;
        this.dominators = new Dominators(function);
        this.loops = new Loops(function, dominators);
        function.blocks().forEach(block -> blocks.put(block.id(), block));
        place(function);
    }

    /** Writes everything. */
    void write(Function function) {
        tree(function.entry().id(), new Context(LEAVE, NOWHERE, NOWHERE));
    }

    /** Finds out for each block but the entry whether it stands inside its dominator's statement or behind one. */
    private void place(Function function) {
        for (Loop loop : loops.all()) {
            Block latch = latch(loop);
            if (latch != null) {
                latches.add(latch.id());
            }
        }
        Map<Integer, Integer> ways = ways(function);
        Map<Integer, Integer> position = new HashMap<>();
        function.blocks().forEach(block -> position.put(block.id(), position.size()));
        for (int id : dominators.order()) {
            if (id == function.entry().id() || latches.contains(id) || resolve(id) == LEAVE) {
                continue;
            }
            int dominator = dominators.immediate(id);
            int loop = leftLoop(dominator, id, position);
            if (loop != NOWHERE) {
                behind.computeIfAbsent(loop, _ -> new ArrayList<>()).add(id);
            } else if (ways.get(id) > 1) {
                behind.computeIfAbsent(dominator, _ -> new ArrayList<>()).add(id);
            } else {
                inside.add(id);
            }
        }
    }

    /** {@return the only block that jumps back to a loop's header, if it does nothing else, or null} */
    private Block latch(Loop loop) {
        if (loop.latches().size() != 1 || loop.latches().getFirst() == loop.header()) {
            return null;
        }
        Block latch = blocks.get(loop.latches().getFirst());
        return latch.end() instanceof Terminator.Jump(Edge back)
                        && latch.body().stream().noneMatch(inlining::isStatement)
                        && contents.isUpdate(back)
                ? latch
                : null;
    }

    /** {@return how many ways lead forwards to each block; the equal cases of a switch are one} */
    private Map<Integer, Integer> ways(Function function) {
        Map<Integer, Integer> ways = new HashMap<>();
        for (Block block : function.blocks()) {
            List<Edge> edges = block.end().edges();
            for (Edge edge : block.end() instanceof Terminator.Switch ? Set.copyOf(edges) : edges) {
                if (!dominators.dominates(edge.block(), block.id())) {
                    ways.merge(edge.block(), 1, Integer::sum);
                }
            }
        }
        return ways;
    }

    /**
     * {@return the header of the outermost loop behind which a block stands, as it did in Java's bytecode, although
     * what leads there is in the loop}
     */
    private int leftLoop(int dominator, int block, Map<Integer, Integer> position) {
        Loop outermost = null;
        for (Loop loop : loops.all()) {
            boolean leaves = loop.body().contains(dominator)
                    && !loop.body().contains(block)
                    && loop.body().stream().allMatch(b -> position.get(b) < position.get(block));
            if (leaves
                    && (outermost == null
                            || loop.body().size() > outermost.body().size())) {
                outermost = loop;
            }
        }
        return outermost == null ? NOWHERE : outermost.header();
    }

    /** {@return a block, or LEAVE for one that does nothing but return} */
    private int resolve(int id) {
        Block block = blocks.get(id);
        boolean leaves = block.end() instanceof Terminator.Return
                && block.body().stream().noneMatch(inlining::isStatement);
        return leaves ? LEAVE : id;
    }

    private void tree(int id, Context context) {
        Block block = blocks.get(id);
        Loop loop = loops.at(id);
        List<Integer> following = behind.getOrDefault(id, List.of());
        if (loop == null) {
            sequence(following, context, c -> straight(block, c));
            return;
        }
        List<Integer> within = following.stream().filter(loop.body()::contains).toList();
        List<Integer> after =
                following.stream().filter(b -> !loop.body().contains(b)).toList();
        sequence(after, context, c -> loop(block, loop, within, c));
    }

    /** Writes something and the blocks that stand behind it. */
    private void sequence(List<Integer> following, Context context, Consumer<Context> first) {
        for (int k = 0; k <= following.size(); k++) {
            Context here = context.before(k < following.size() ? following.get(k) : context.next);
            if (k == 0) {
                first.accept(here);
            } else {
                int id = following.get(k - 1);
                if (labelled.contains(id)) {
                    listing.label(behind(id));
                }
                tree(id, here);
            }
        }
    }

    private static String behind(int id) {
        return "behind" + id;
    }

    private static String again(int id) {
        return "again" + id;
    }

    private void straight(Block block, Context context) {
        contents.statements(block);
        switch (block.end()) {
            case Terminator.Jump(Edge to) -> arm(to, context);
            case Terminator.Branch branch -> branch(branch, context);
            case Terminator.Switch choice -> choose(choice, context);
            case Terminator.Return _ -> {
                if (context.next != LEAVE) {
                    listing.line("return;");
                }
            }
        }
    }

    private void loop(Block header, Loop loop, List<Integer> within, Context context) {
        if (contents.lanes(header)) {
            exit(header, loop, context);
            return;
        }
        Block latch = latch(loop);
        int again = latch == null ? header.id() : latch.id();
        Edge enter = null;
        Term condition = null;
        Value decides = null;
        if (header.body().stream().noneMatch(inlining::isStatement)
                && header.end() instanceof Terminator.Branch(Value operand, Edge yes, Edge no)) {
            boolean stays = loop.body().contains(yes.block());
            Edge exit = stays ? no : yes;
            if (!loop.body().contains(exit.block())
                    && resolve(exit.block()) == context.next
                    && !contents.changes(exit, Set.of())) {
                enter = stays ? yes : no;
                decides = operand;
                condition = contents.condition(operand, !stays);
            }
        }
        Edge back = loop.latches().size() == 1
                ? blocks.get(loop.latches().getFirst()).end().edges().stream()
                        .filter(e -> e.block() == header.id())
                        .findFirst()
                        .orElseThrow()
                : null;
        Set<Value> update = latch != null
                ? Set.copyOf(header.parameters())
                : back == null || decides == null ? Set.of() : contents.counters(back, decides);
        contents.openLoop(condition, back, update);
        counters.put(header.id(), update);
        labelled.remove(header.id()); // from here on a jump to it is one to the loop's end
        Context inner = new Context(again, again, context.next);
        Edge first = enter;
        sequence(within, inner, c -> {
            if (first != null) {
                arm(first, c);
            } else {
                straight(header, c);
            }
        });
        if (labelled.contains(again)) {
            listing.label(again(again));
        }
        listing.close();
    }

    /** Goes on after a loop that ends in its header. */
    private void exit(Block header, Loop loop, Context context) {
        header.end().edges().stream()
                .filter(edge -> !loop.body().contains(edge.block()))
                .forEach(edge -> arm(edge, context));
    }

    private void branch(Terminator.Branch branch, Context context) {
        Edge yes = branch.whenTrue();
        Edge no = branch.whenFalse();
        boolean nothingIfTrue = isNothing(yes, context);
        boolean nothingIfFalse = isNothing(no, context);
        if (nothingIfTrue && nothingIfFalse) {
            return;
        }
        if (nothingIfFalse || !nothingIfTrue && isExit(yes, context)) {
            listing.open("if (" + contents.condition(branch.operand(), false) + ")");
            arm(yes, context);
            listing.close();
            arm(no, context);
            return;
        }
        if (nothingIfTrue || isExit(no, context)) {
            listing.open("if (" + contents.condition(branch.operand(), true) + ")");
            arm(no, context);
            listing.close();
            arm(yes, context);
            return;
        }
        listing.open("if (" + contents.condition(branch.operand(), false) + ")");
        arm(yes, context);
        listing.otherwise("else");
        arm(no, context);
        listing.close();
    }

    private void choose(Terminator.Switch choice, Context context) {
        Map<Edge, List<String>> arms = new LinkedHashMap<>();
        for (int i = 0; i < choice.keys().size(); i++) {
            arms.computeIfAbsent(choice.cases().get(i), _ -> new ArrayList<>())
                    .add("case " + CText.literal(Scalar.I32, choice.keys().get(i)) + ":");
        }
        arms.computeIfAbsent(choice.otherwise(), _ -> new ArrayList<>()).add("default:");
        Context inner = new Context(NOWHERE, context.continues, context.next);
        listing.open("switch (" + contents.key(choice.operand()) + ")");
        arms.forEach((edge, labels) -> {
            listing.open(String.join(" ", labels));
            arm(edge, inner);
            listing.close();
        });
        listing.close();
    }

    /** {@return whether a jump to a block is one to the end of a loop that is being written} */
    private boolean isRepeated(int id) {
        return counters.containsKey(id) || latches.contains(id);
    }

    private boolean isInside(Edge edge) {
        return inside.contains(edge.block()) && !counters.containsKey(edge.block());
    }

    /** {@return whether nothing needs to be written for an edge} */
    private boolean isNothing(Edge edge, Context context) {
        return !isInside(edge) && resolve(edge.block()) == context.next && !contents.changes(edge, aside(edge));
    }

    /** {@return whether an edge is a jump that what follows in the text is not reached by} */
    private boolean isExit(Edge edge, Context context) {
        return !isInside(edge) && resolve(edge.block()) != context.next;
    }

    private Set<Value> aside(Edge edge) {
        return counters.getOrDefault(edge.block(), Set.of());
    }

    private void arm(Edge edge, Context context) {
        contents.makeChanges(edge, aside(edge));
        if (isInside(edge)) {
            tree(edge.block(), context);
            return;
        }
        int target = resolve(edge.block());
        if (target == context.next) {
            return;
        }
        if (target == context.continues) {
            listing.line("continue;");
        } else if (target == context.breaks) {
            listing.line("break;");
        } else if (target == LEAVE) {
            listing.line("return;");
        } else {
            listing.line("goto " + (isRepeated(target) ? again(target) : behind(target)) + ";");
            labelled.add(target);
        }
    }
}
