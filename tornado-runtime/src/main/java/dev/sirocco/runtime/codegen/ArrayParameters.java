package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** A kernel's array parameters, and what is known about them for a launch. */
final class ArrayParameters {
    private final Function function;
    private final Launch launch;

    ArrayParameters(Function function, Launch launch) {
        this.function = function;
        this.launch = launch;
    }

    /** {@return where they stand among the function's parameters, in order} */
    List<Integer> positions() {
        List<Integer> arrays = new ArrayList<>();
        for (int i = 0; i < function.parameters().size(); i++) {
            if (function.parameters().get(i).type() instanceof Type.Array) {
                arrays.add(i);
            }
        }
        return arrays;
    }

    Value at(int position) {
        return function.parameters().get(position);
    }

    /**
     * {@return a parameter's declaration: which do not overlap, which are only read, how large they are}
     *
     * @param pointer   the pointer type
     * @param alignment of the first element, in bytes, at least the element's size
     */
    String declaration(int position, String pointer, int alignment) {
        Value value = at(position);
        StringBuilder parameter = new StringBuilder(pointer).append(' ');
        if (launch.isApart(position)) {
            parameter.append("noalias ");
        }
        parameter.append("nocapture ");
        boolean read = accesses(value, false);
        boolean written = accesses(value, true);
        if (!written) {
            parameter.append("readonly ");
        } else if (!read) {
            parameter.append("writeonly ");
        }
        parameter.append("align ").append(alignment).append(' ');
        long bytes = launch.arrays().get(position).sizeBytes();
        if (bytes > 0) {
            parameter.append("dereferenceable(").append(bytes).append(") ");
        }
        return parameter.append(Names.value(value)).toString();
    }

    private boolean accesses(Value parameter, boolean writing) {
        for (Block block : function.blocks()) {
            for (Instruction i : block.body()) {
                boolean found = switch (i.op()) {
                    case Op.Load load -> !writing && load.array().equals(parameter);
                    case Op.Store store -> writing && store.array().equals(parameter);
                    case Op.Tile.Store store -> writing && store.array().equals(parameter);
                    case Op.AtomicAdd add -> add.array().equals(parameter);
                    default -> false;
                };
                if (found) {
                    return true;
                }
            }
        }
        return false;
    }
}
