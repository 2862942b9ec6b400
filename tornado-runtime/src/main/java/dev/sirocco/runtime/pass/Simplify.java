package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.ConstantFolding;
import dev.sirocco.runtime.ir.Dominators;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds literals, drops blocks that are never reached, block parameters that always get the same value and results that
 * nobody reads, and joins blocks that follow each other; until nothing changes. Each step returns the very function
 * that it was given when it finds nothing to do.
 */
final class Simplify {
    private Simplify() {}

    static Function run(Function function) {
        Function before;
        Function current = function;
        do {
            before = current;
            current = foldLiterals(current);
            current = dropUnreachable(current);
            current = pruneParameters(current);
            current = joinBlocks(current);
            current = dropUnused(current);
        } while (current != before);
        return current;
    }

    private static Function foldLiterals(Function function) {
        Map<Value, Number> literals = new HashMap<>();
        Map<Integer, Block> folded = new HashMap<>();
        boolean changed = false;
        Map<Integer, Block> byId = byId(function);
        for (int id : new Dominators(function).order()) {
            Block block = byId.get(id);
            List<Instruction> body = new ArrayList<>();
            for (Instruction i : block.body()) {
                Number literal = i.result() == null
                        ? null
                        : ConstantFolding.fold(i.result().type(), i.op(), literals::get)
                                .orElse(null);
                if (literal != null) {
                    changed |= !(i.op() instanceof Op.Constant);
                    literals.put(i.result(), literal);
                    body.add(new Instruction(
                            i.result(), new Op.Constant((Scalar) i.result().type(), literal), i.line()));
                } else {
                    body.add(i);
                }
            }
            Terminator end = decide(block.end(), literals);
            changed |= end != block.end();
            folded.put(id, new Block(id, block.parameters(), body, end));
        }
        if (!changed) {
            return function;
        }
        return function.withBlocks(function.blocks().stream()
                .map(block -> folded.getOrDefault(block.id(), block))
                .toList());
    }

    private static Terminator decide(Terminator end, Map<Value, Number> literals) {
        return switch (end) {
            case Terminator.Branch(Value condition, Edge yes, Edge no)
            when literals.containsKey(condition) ->
                new Terminator.Jump(literals.get(condition).longValue() != 0 ? yes : no);
            case Terminator.Switch(Value key, List<Integer> keys, List<Edge> cases, Edge otherwise)
            when literals.containsKey(key) -> {
                int chosen = keys.indexOf(literals.get(key).intValue());
                yield new Terminator.Jump(chosen < 0 ? otherwise : cases.get(chosen));
            }
            case Terminator.Branch _, Terminator.Switch _, Terminator.Jump _, Terminator.Return _ -> end;
        };
    }

    static Function dropUnreachable(Function function) {
        Set<Integer> reachable = new HashSet<>(new Dominators(function).order());
        if (reachable.size() == function.blocks().size()) {
            return function;
        }
        return function.withBlocks(function.blocks().stream()
                .filter(block -> reachable.contains(block.id()))
                .toList());
    }

    private static Function pruneParameters(Function function) {
        Map<Value, Value> onlyArgument = new HashMap<>();
        Set<Value> several = new HashSet<>(function.parallelLoops());
        Map<Integer, Block> byId = byId(function);
        for (Block block : function.blocks()) {
            for (Edge edge : block.end().edges()) {
                List<Value> parameters = byId.get(edge.block()).parameters();
                for (int i = 0; i < parameters.size(); i++) {
                    Value parameter = parameters.get(i);
                    Value argument = edge.arguments().get(i);
                    if (!argument.equals(parameter)) {
                        Value other = onlyArgument.putIfAbsent(parameter, argument);
                        if (other != null && !other.equals(argument)) {
                            several.add(parameter);
                        }
                    }
                }
            }
        }
        Set<Value> read = reads(function);
        Substitution substitution = new Substitution();
        Set<Value> dropped = new HashSet<>();
        for (Block block : function.blocks()) {
            for (Value parameter : block.parameters()) {
                if (several.contains(parameter)) {
                    if (!read.contains(parameter) && !function.parallelLoops().contains(parameter)) {
                        dropped.add(parameter);
                    }
                } else if (onlyArgument.containsKey(parameter)) {
                    substitution.replace(parameter, onlyArgument.get(parameter));
                    dropped.add(parameter);
                }
            }
        }
        return substitution.apply(dropParameters(function, dropped));
    }

    /**
     * {@return the values that anything needs; a block parameter that only feeds itself around a loop is not needed}
     */
    private static Set<Value> reads(Function function) {
        Map<Value, List<Value>> feeds = new HashMap<>();
        Map<Integer, Block> byId = byId(function);
        List<Value> work = new ArrayList<>();
        for (Block block : function.blocks()) {
            block.body().forEach(i -> work.addAll(i.op().operands()));
            if (block.end().operand() != null) {
                work.add(block.end().operand());
            }
            for (Edge edge : block.end().edges()) {
                List<Value> parameters = byId.get(edge.block()).parameters();
                for (int i = 0; i < parameters.size(); i++) {
                    feeds.computeIfAbsent(parameters.get(i), _ -> new ArrayList<>())
                            .add(edge.arguments().get(i));
                }
            }
        }
        Set<Value> read = new HashSet<>();
        while (!work.isEmpty()) {
            Value value = work.removeLast();
            if (read.add(value)) {
                work.addAll(feeds.getOrDefault(value, List.of()));
            }
        }
        return read;
    }

    static Function dropParameters(Function function, Set<Value> dropped) {
        if (dropped.isEmpty()) {
            return function;
        }
        Map<Integer, Block> byId = byId(function);
        return function.withBlocks(function.blocks().stream()
                .map(block -> new Block(
                        block.id(),
                        without(block.parameters(), block.parameters(), dropped),
                        block.body(),
                        block.end()
                                .with(
                                        block.end().operand(),
                                        block.end().edges().stream()
                                                .map(edge -> new Edge(
                                                        edge.block(),
                                                        without(
                                                                edge.arguments(),
                                                                byId.get(edge.block())
                                                                        .parameters(),
                                                                dropped)))
                                                .toList())))
                .toList());
    }

    private static List<Value> without(List<Value> values, List<Value> parameters, Set<Value> dropped) {
        List<Value> kept = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (!dropped.contains(parameters.get(i))) {
                kept.add(values.get(i));
            }
        }
        return kept;
    }

    private static Function joinBlocks(Function function) {
        Map<Integer, Integer> entries = new HashMap<>();
        function.blocks().forEach(b -> b.end().edges().forEach(e -> entries.merge(e.block(), 1, Integer::sum)));
        Map<Integer, Block> byId = byId(function);
        Substitution substitution = new Substitution();
        Set<Integer> gone = new HashSet<>();
        Set<Integer> settled = new HashSet<>();
        List<Block> joined = new ArrayList<>();
        for (Block block : function.blocks()) {
            if (gone.contains(block.id())) {
                continue;
            }
            List<Instruction> body = new ArrayList<>(block.body());
            Terminator end = block.end();
            while (end instanceof Terminator.Jump(Edge to)
                    && entries.get(to.block()) == 1
                    && to.block() != block.id()
                    && !settled.contains(to.block())
                    && isFree(byId.get(to.block()), function)) {
                Block next = byId.get(to.block());
                for (int i = 0; i < next.parameters().size(); i++) {
                    substitution.replace(
                            next.parameters().get(i), to.arguments().get(i));
                }
                body.addAll(next.body());
                end = next.end();
                gone.add(next.id());
            }
            joined.add(new Block(block.id(), block.parameters(), body, end));
            settled.add(block.id());
        }
        if (gone.isEmpty()) {
            return function;
        }
        return substitution.apply(function.withBlocks(joined));
    }

    private static boolean isFree(Block block, Function function) {
        return block.parameters().stream().noneMatch(function.parallelLoops()::contains);
    }

    private static Function dropUnused(Function function) {
        Set<Value> read = reads(function);
        function.parallelLoops().forEach(read::add);
        boolean unused = function.blocks().stream()
                .flatMap(block -> block.body().stream())
                .anyMatch(i -> i.result() != null && !read.contains(i.result()));
        if (!unused) {
            return function;
        }
        return function.withBlocks(function.blocks().stream()
                .map(block -> new Block(
                        block.id(),
                        block.parameters(),
                        block.body().stream()
                                .filter(i -> i.result() == null || read.contains(i.result()))
                                .toList(),
                        block.end()))
                .toList());
    }

    static Map<Integer, Block> byId(Function function) {
        Map<Integer, Block> blocks = new HashMap<>();
        function.blocks().forEach(block -> blocks.put(block.id(), block));
        return blocks;
    }
}
