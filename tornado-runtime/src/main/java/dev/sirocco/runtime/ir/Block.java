package dev.sirocco.runtime.ir;

import java.util.List;

/**
 * A basic block.
 *
 * @param id         unique within its function
 * @param parameters values given by the edges that lead here; none for the entry block
 * @param body       instructions in order
 * @param end        where control goes next
 */
public record Block(int id, List<Value> parameters, List<Instruction> body, Terminator end) {
    public Block {
        parameters = List.copyOf(parameters);
        body = List.copyOf(body);
    }
}
