package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Local variables and operand stack during interpretation. Longs and doubles take one entry of the stack here. */
final class Frame {
    private final Operand[] locals;
    private List<Operand> stack = new ArrayList<>();

    Frame(int maxLocals) {
        locals = new Operand[maxLocals];
    }

    void push(Operand operand) {
        stack.add(operand);
    }

    void push(Value value) {
        stack.add(new Operand.Of(value));
    }

    Operand popAny() {
        return stack.removeLast();
    }

    Value pop() {
        return value(stack.removeLast());
    }

    /** Takes {@code count} values off the stack; the list has them in the order in which they were pushed. */
    List<Value> pop(int count) {
        List<Value> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.addFirst(pop());
        }
        return values;
    }

    int depth() {
        return stack.size();
    }

    Value local(int slot) {
        return value(locals[slot]);
    }

    void setLocal(int slot, Operand operand) {
        locals[slot] = operand;
    }

    /** {@return the stack's values, bottom first} */
    List<Value> stackValues() {
        return stack.stream().map(Frame::value).toList();
    }

    /** Replaces the whole state at a join. */
    void reset(List<Integer> slots, List<Value> values, int stackDepth) {
        Arrays.fill(locals, null);
        stack = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            locals[slots.get(i)] = new Operand.Of(values.get(i));
        }
        for (int i = 0; i < stackDepth; i++) {
            push(values.get(slots.size() + i));
        }
    }

    /** Puts a constructed value wherever its uninitialised reference was. */
    void initialise(Operand.NewHalfFloat site, Value value) {
        stack.replaceAll(operand -> operand.equals(site) ? new Operand.Of(value) : operand);
        for (int i = 0; i < locals.length; i++) {
            if (site.equals(locals[i])) {
                locals[i] = new Operand.Of(value);
            }
        }
    }

    /** Duplicates the top {@code slots} stack slots below {@code beneath} further slots, as dup…_x… do. */
    void duplicate(int slots, int beneath) {
        List<Operand> top = take(slots);
        List<Operand> under = take(beneath);
        stack.addAll(top);
        stack.addAll(under);
        stack.addAll(top);
    }

    /** Drops {@code slots} stack slots. */
    void drop(int slots) {
        take(slots);
    }

    private List<Operand> take(int slots) {
        List<Operand> taken = new ArrayList<>();
        int count = 0;
        while (count < slots) {
            Operand operand = stack.removeLast();
            count += isWide(operand) ? 2 : 1;
            taken.addFirst(operand);
        }
        return taken;
    }

    private static boolean isWide(Operand operand) {
        return operand instanceof Operand.Of(Value value)
                && (value.type() == Type.Scalar.I64 || value.type() == Type.Scalar.F64);
    }

    private static Value value(Operand operand) {
        return switch (operand) {
            case Operand.Of(Value value) -> value;
            case Operand.Comparison _ -> throw new Refusal("the result of Float.compare or Long.compare as a number");
            case Operand.NewHalfFloat _ -> throw new Refusal("a HalfFloat that is not constructed yet");
            case null -> throw new Refusal("a variable that has no value on every path");
        };
    }
}
