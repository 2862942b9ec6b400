package dev.sirocco.runtime.pass;

import dev.sirocco.runtime.bytecode.Argument;
import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replaces every array length by the literal that it is, once simplification has shown which array is meant. */
final class ResolveLengths {
    private ResolveLengths() {}

    static Function run(Function function, List<Argument> arguments) {
        Map<Value, Long> lengths = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i) instanceof Argument.Elements(Type.Array type, int length)) {
                lengths.put(function.parameters().get(i), (long) length);
            }
        }
        for (Block block : function.blocks()) {
            for (Instruction instruction : block.body()) {
                if (instruction.op() instanceof Op.NewArray(Scalar element, int length, Space space)) {
                    lengths.put(instruction.result(), (long) length);
                }
            }
        }
        return function.withBlocks(function.blocks().stream()
                .map(block -> new Block(
                        block.id(),
                        block.parameters(),
                        block.body().stream().map(i -> resolve(i, lengths)).toList(),
                        block.end()))
                .toList());
    }

    private static Instruction resolve(Instruction instruction, Map<Value, Long> lengths) {
        return instruction.op() instanceof Op.Length(Value array) && lengths.containsKey(array)
                ? new Instruction(
                        instruction.result(), new Op.Constant(Scalar.I32, lengths.get(array)), instruction.line())
                : instruction;
    }
}
