package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Edge;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds sums of products of bytes, four of them side by side in two arrays:
 * {@code w[i]·x[j] + w[i+1]·x[j+1] + w[i+2]·x[j+2] + w[i+3]·x[j+3]}, spelled out in one block. Processors have an
 * instruction for that, which LLVM does not find by itself for signed bytes.
 */
public final class ByteDots {
    /** Bytes in a dot product. */
    public static final int WIDTH = 4;

    /**
     * Four products.
     *
     * @param left  the factor of the first product, unsigned where one is; the others follow it
     * @param right likewise; −128 to 127
     */
    public record Dot(ByteFactor left, ByteFactor right) {}

    /** A sum: what else is added, and dot products, at least one. */
    public record Sum(List<Value> addends, List<Dot> dots) {}

    private record Product(Value value, ByteFactor left, ByteFactor right) {}

    private final Map<Value, Sum> sums = new HashMap<>();
    private final Set<Value> absorbed = new HashSet<>();
    private final Map<Value, Instruction> definitions = new HashMap<>();
    private final ValueNumbers numbers;
    private final boolean levels;

    private ByteDots(Function function, boolean levels) {
        this.levels = levels;
        this.numbers = new ValueNumbers(function);
        Map<Value, Integer> uses = uses(function);
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() != null) {
                    definitions.put(i.result(), i);
                }
            }
        }
        for (Block block : function.blocks()) {
            search(block, uses);
        }
        if (!sums.isEmpty()) {
            absorb(function);
        }
    }

    /** @param levels whether factors may be what is looked up for a few bits of a byte, see {@link ByteFactor.Form} */
    public static ByteDots find(Function function, boolean levels) {
        return new ByteDots(function, levels);
    }

    /** {@return nothing} */
    static ByteDots none(Function function) {
        return new ByteDots(function.withBlocks(List.of()), false);
    }

    /** {@return the sum that a value is, or null when it is computed as it stands} */
    public Sum sum(Value value) {
        return sums.get(value);
    }

    /** {@return whether nothing needs a value any more} */
    public boolean isAbsorbed(Value value) {
        return absorbed.contains(value);
    }

    private static Map<Value, Integer> uses(Function function) {
        Map<Value, Integer> uses = new HashMap<>();
        for (Block block : function.blocks()) {
            block.body().forEach(i -> i.op().operands().forEach(v -> uses.merge(v, 1, Integer::sum)));
            if (block.end().operand() != null) {
                uses.merge(block.end().operand(), 1, Integer::sum);
            }
            block.end().edges().forEach(e -> e.arguments().forEach(v -> uses.merge(v, 1, Integer::sum)));
        }
        return uses;
    }

    private void search(Block block, Map<Value, Integer> uses) {
        Set<Value> inner = new HashSet<>();
        Set<Value> here = new HashSet<>();
        int lastEffect = -1;
        Map<Value, Integer> position = new HashMap<>();
        List<Instruction> body = block.body();
        for (int at = 0; at < body.size(); at++) {
            Instruction i = body.get(at);
            if (i.result() != null) {
                here.add(i.result());
                position.put(i.result(), at);
            }
            if (isSum(i)) {
                for (Value operand : i.op().operands()) {
                    if (here.contains(operand) && isSum(definitions.get(operand)) && uses.get(operand) == 1) {
                        inner.add(operand);
                    }
                }
            }
        }
        for (int at = 0; at < body.size(); at++) {
            Instruction i = body.get(at);
            if (i.result() == null) {
                lastEffect = at;
            } else if (isSum(i) && !inner.contains(i.result())) {
                Sum sum = match(i.result(), inner, here, position, lastEffect);
                if (!sum.dots.isEmpty()) {
                    sums.put(i.result(), sum);
                }
            }
        }
    }

    private static boolean isSum(Instruction i) {
        return i != null
                && i.op() instanceof Binary(Binary.Kind kind, Value left, Value _)
                && kind == Binary.Kind.ADD
                && left.type() == Scalar.I32;
    }

    private Sum match(Value root, Set<Value> inner, Set<Value> here, Map<Value, Integer> position, int lastEffect) {
        List<Value> addends = new ArrayList<>();
        List<Product> products = new ArrayList<>();
        List<Value> work = new ArrayList<>(definitions.get(root).op().operands().reversed());
        while (!work.isEmpty()) {
            Value value = work.removeLast();
            if (inner.contains(value)) {
                work.addAll(definitions.get(value).op().operands().reversed());
                continue;
            }
            Product product = here.contains(value) ? product(value, position, lastEffect) : null;
            if (product == null) {
                addends.add(value);
            } else {
                products.add(product);
            }
        }
        List<Dot> dots = new ArrayList<>();
        while (!products.isEmpty()) {
            List<Product> quad = quad(products);
            if (quad.size() == WIDTH) {
                dots.add(new Dot(quad.getFirst().left, quad.getFirst().right));
            } else {
                quad.forEach(product -> addends.add(product.value));
            }
            products.removeAll(quad);
        }
        return new Sum(addends, dots);
    }

    /** {@return four products that follow each other, or one that is in no such row} */
    private List<Product> quad(List<Product> products) {
        for (Product first : products) {
            if (!first.left.begins(definitions, numbers) || !first.right.begins(definitions, numbers)) {
                continue;
            }
            List<Product> row = new ArrayList<>(List.of(first));
            for (int k = 1; k < WIDTH; k++) {
                int distance = k;
                products.stream()
                        .filter(p -> !row.contains(p)
                                && p.left.follows(first.left, distance)
                                && p.right.follows(first.right, distance))
                        .findFirst()
                        .ifPresent(row::add);
            }
            if (row.size() == WIDTH) {
                return row;
            }
        }
        return List.of(products.getFirst());
    }

    /** {@return the product of two bytes that are read after the last effect before the sum, or null} */
    private Product product(Value value, Map<Value, Integer> position, int lastEffect) {
        if (!(definitions.get(value).op() instanceof Binary(Binary.Kind kind, Value a, Value b))
                || kind != Binary.Kind.MUL) {
            return null;
        }
        ByteFactor left = factor(a);
        ByteFactor right = factor(b);
        if (left == null
                || right == null
                || !isLate(left, position, lastEffect)
                || !isLate(right, position, lastEffect)) {
            return null;
        }
        boolean swap = right.form().isUnsigned() && left.form().fitsSigned();
        if (!swap && !right.form().fitsSigned()) {
            return null;
        }
        return swap ? new Product(value, right, left) : new Product(value, left, right);
    }

    private ByteFactor factor(Value value) {
        ByteFactor plain = ByteFactor.of(value, definitions, numbers);
        return plain == null && levels ? Levels.factor(value, definitions, numbers) : plain;
    }

    private static boolean isLate(ByteFactor factor, Map<Value, Integer> position, int lastEffect) {
        return position.getOrDefault(factor.value(), -1) > lastEffect;
    }

    /** Finds what was only needed for products that are dot products now. */
    private void absorb(Function function) {
        Set<Value> needed = new HashSet<>();
        List<Value> work = new ArrayList<>();
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.result() == null) {
                    work.addAll(i.op().operands());
                }
            }
            if (block.end().operand() != null) {
                work.add(block.end().operand());
            }
            for (Edge edge : block.end().edges()) {
                work.addAll(edge.arguments());
            }
        }
        while (!work.isEmpty()) {
            Value value = work.removeLast();
            if (needed.add(value)) {
                Sum sum = sums.get(value);
                if (sum != null) {
                    work.addAll(sum.addends);
                    sum.dots.forEach(dot -> {
                        work.addAll(dot.left.operands());
                        work.addAll(dot.right.operands());
                    });
                } else if (definitions.containsKey(value)) {
                    work.addAll(definitions.get(value).op().operands());
                }
            }
        }
        for (Value value : definitions.keySet()) {
            if (!needed.contains(value)) {
                absorbed.add(value);
            }
        }
    }
}
