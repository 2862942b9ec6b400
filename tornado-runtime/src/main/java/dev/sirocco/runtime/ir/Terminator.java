package dev.sirocco.runtime.ir;

import java.util.ArrayList;
import java.util.List;

/** How a block ends. */
public sealed interface Terminator {

    /** {@return where control may go} */
    List<Edge> edges();

    /** {@return the value that decides or is returned, or null} */
    Value operand();

    /** {@return this terminator with another operand (ignored where there is none) and other edges, in order} */
    Terminator with(Value operand, List<Edge> edges);

    record Jump(Edge to) implements Terminator {
        @Override
        public List<Edge> edges() {
            return List.of(to);
        }

        @Override
        public Value operand() {
            return null;
        }

        @Override
        public Terminator with(Value operand, List<Edge> edges) {
            return new Jump(edges.getFirst());
        }
    }

    record Branch(Value operand, Edge whenTrue, Edge whenFalse) implements Terminator {
        @Override
        public List<Edge> edges() {
            return List.of(whenTrue, whenFalse);
        }

        @Override
        public Terminator with(Value operand, List<Edge> edges) {
            return new Branch(operand, edges.get(0), edges.get(1));
        }
    }

    /** Goes to {@code cases.get(i)} when the I32 operand equals {@code keys.get(i)}, else to {@code otherwise}. */
    record Switch(Value operand, List<Integer> keys, List<Edge> cases, Edge otherwise) implements Terminator {
        public Switch {
            keys = List.copyOf(keys);
            cases = List.copyOf(cases);
        }

        @Override
        public List<Edge> edges() {
            List<Edge> all = new ArrayList<>(cases);
            all.add(otherwise);
            return all;
        }

        @Override
        public Terminator with(Value operand, List<Edge> edges) {
            return new Switch(operand, keys, edges.subList(0, keys.size()), edges.getLast());
        }
    }

    /** Ends the work-item, or a helper; {@code operand} is null for void. */
    record Return(Value operand) implements Terminator {
        @Override
        public List<Edge> edges() {
            return List.of();
        }

        @Override
        public Terminator with(Value operand, List<Edge> edges) {
            return new Return(operand);
        }
    }
}
