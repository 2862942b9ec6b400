package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Instruction;
import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Terminator;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Value;
import dev.sirocco.runtime.ir.Verifier;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A kernel that reads scalars of any type at any byte of a byte array: {@code out[i] = (as) bytes[at[i]]}. */
final class Reads {
    private Reads() {}

    static TornadoNativeArray run(ElementCode code, TornadoNativeArray bytes, TornadoNativeArray at, Scalar as) {
        int n = at.getSize();
        Value source = new Value(0, new Type.Array(Scalar.I8, Type.Space.GLOBAL), "bytes");
        Value offsets = new Value(1, new Type.Array(Scalar.I32, Type.Space.GLOBAL), "at");
        Value out = new Value(2, new Type.Array(as, Type.Space.GLOBAL), "out");
        Value i = new Value(3, Scalar.I32, "i");
        Value offset = new Value(4, Scalar.I32, "");
        Value value = new Value(5, as, "");
        List<Instruction> body = List.of(
                new Instruction(i, new Op.ThreadId(Op.ThreadId.Kind.GLOBAL, 0), 0),
                new Instruction(offset, new Op.Load(offsets, i, Scalar.I32), 0),
                new Instruction(value, new Op.Load(source, offset, as), 0),
                new Instruction(null, new Op.Store(out, i, value), 0));
        Block block = new Block(0, List.of(), body, new Terminator.Return(null));
        Function function = Verifier.verify(
                new Function(
                        "reads", "Reads", List.of(source, offsets, out), List.of(block), List.of(), List.of((long) n)),
                "the test");
        TornadoNativeArray result = Elementwise.array(as, n);
        code.run(function, List.of(bytes, at, result), FloatMode.STRICT);
        return result;
    }
}
