package dev.sirocco.runtime.strict;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Rules on a kernel's IR, in which helpers are inlined and scalars are literals. */
final class GraphRules {
    private final Function function;
    private final Map<Value, Op> definitions = new HashMap<>();

    private GraphRules(Function function) {
        this.function = function;
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.body()) {
                if (instruction.result() != null) {
                    definitions.put(instruction.result(), instruction.op());
                }
            }
        }
    }

    /**
     * Checks a kernel.
     *
     * @throws KernelException naming the kernel and the line that break a rule
     */
    static void check(Function function) {
        GraphRules rules = new GraphRules(function);
        FilledArrays filled = new FilledArrays(function);
        for (Block block : function.blocks()) {
            for (int i = 0; i < block.body().size(); i++) {
                Instruction instruction = block.body().get(i);
                Optional<String> reason = rules.fault(instruction.op());
                if (reason.isEmpty() && !filled.holdsWhatIsReadAt(block, i)) {
                    reason = Optional.of("private arrays are not zeroed there, and this element is not seen to be"
                            + " written before it is read; fill the array in a loop of its own");
                }
                if (reason.isPresent()) {
                    throw new KernelException(
                            function.declaredIn() + "." + function.name(),
                            instruction.line(),
                            StrictSubset.PREFIX + reason.get());
                }
            }
        }
    }

    private Optional<String> fault(Op op) {
        return switch (op) {
            case Op.Constant(Scalar type, Number value)
            when type.isFloat() && !Double.isFinite(value.doubleValue()) ->
                Optional.of("infinity and NaN do not compare there; use a large number such as -1e30f");
            case Op.Compare(var _, Value left, Value right)
            when left.equals(right) && left.type() instanceof Scalar type && type.isFloat() ->
                Optional.of("x != x does not find NaN there; compare x with a large number, such as 1e30f");
            case Op.Binary(Op.Binary.Kind kind, Value left, Value right)
            when kind == Op.Binary.Kind.AND && (masksWholly(left, right) || masksWholly(right, left)) ->
                Optional.of("b & 0xFF makes what follows unsigned there; write b < 0 ? b + 256 : b");
            default -> Optional.empty();
        };
    }

    /** {@return whether {@code mask} keeps all bits of a byte or short that was widened to {@code masked}} */
    private boolean masksWholly(Value masked, Value mask) {
        if (!(definitions.get(mask) instanceof Op.Constant(var _, Number literal))
                || !(definitions.get(masked) instanceof Op.Convert(var _, Value narrow))) {
            return false;
        }
        return narrow.type() == Scalar.I8 && literal.longValue() == 0xFF
                || narrow.type() == Scalar.I16 && literal.longValue() == 0xFFFF;
    }
}
