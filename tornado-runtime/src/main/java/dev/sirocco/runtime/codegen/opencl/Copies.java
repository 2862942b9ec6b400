package dev.sirocco.runtime.codegen.opencl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Assignments that happen at once, written one after the other so that none changes what a later one reads. */
final class Copies {
    /**
     * One assignment.
     *
     * @param value an expression
     * @param reads the variables in it
     */
    record Copy(Variable to, String value, Set<Variable> reads) {
        /** {@return this with another variable in place of one that it reads} */
        private Copy reading(Variable other, Variable insteadOf) {
            if (!reads.contains(insteadOf)) {
                return this;
            }
            Set<Variable> replaced = new HashSet<>(reads);
            replaced.remove(insteadOf);
            replaced.add(other);
            return new Copy(to, value.replaceAll("\\b" + insteadOf.name() + "\\b", other.name()), replaced);
        }
    }

    private Copies() {}

    /**
     * {@return the assignments in order}
     *
     * @param spare makes a new variable like another
     */
    static List<Copy> inOrder(List<Copy> copies, UnaryOperator<Variable> spare) {
        List<Copy> left = new ArrayList<>(copies);
        List<Copy> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Copy free = left.stream()
                    .filter(c -> left.stream().noneMatch(other -> other != c && other.reads.contains(c.to)))
                    .findFirst()
                    .orElse(null);
            if (free != null) {
                ordered.add(free);
                left.remove(free);
            } else { // every one is read by another: keep what one of them holds aside
                Variable old = left.getFirst().to;
                Variable kept = spare.apply(old);
                ordered.add(new Copy(kept, old.name(), Set.of(old)));
                left.replaceAll(c -> c.reading(kept, old));
            }
        }
        return ordered;
    }
}
