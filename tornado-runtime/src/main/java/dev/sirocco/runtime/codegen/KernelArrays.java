package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Space;
import java.util.ArrayList;
import java.util.List;

/** The arrays that a kernel makes for itself. */
final class KernelArrays {
    private KernelArrays() {}

    /**
     * {@return the instructions that make a kernel's arrays of one space, in order}
     *
     * @param most bytes that they may take together
     * @throws KernelException when they take more, with {@code remedy}
     */
    static List<Instruction> of(Function function, Space space, long most, String remedy) {
        List<Instruction> found = new ArrayList<>();
        long bytes = 0;
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                if (i.op() instanceof Op.NewArray array && array.space() == space) {
                    bytes += (long) array.length() * array.element().sizeBytes();
                    if (bytes > most) {
                        throw new KernelException(
                                function.declaredIn() + "." + function.name(),
                                i.line(),
                                "more than " + most + " bytes of " + (space == Space.LOCAL ? "local" : "private")
                                        + " arrays; " + remedy);
                    }
                    found.add(i);
                }
            }
        }
        return found;
    }

    /** {@return an array's type as LLVM spells it} */
    static String type(Op.NewArray array, Dialect dialect) {
        return "[" + array.length() + " x " + dialect.type(array.element()) + "]";
    }

    /** Writes the private arrays' places on the stack. */
    static void allocate(ModuleText text, List<Instruction> arrays, Frame frame, Dialect dialect) {
        for (Instruction i : arrays) {
            Op.NewArray array = (Op.NewArray) i.op();
            text.line(frame.array(array, i.result().id()) + " = alloca " + type(array, dialect) + ", align 64");
        }
    }
}
