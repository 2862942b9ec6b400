package dev.sirocco.runtime.llvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Spells the null constants of scalar types as zeros and false. Both are valid SPIR-V; translators from before LLVM 16
 * know only this one.
 */
final class SpirvConstants {
    private static final int HEADER_WORDS = 5;
    private static final int TYPE_BOOL = 20;
    private static final int TYPE_INT = 21;
    private static final int TYPE_FLOAT = 22;
    private static final int CONSTANT_FALSE = 42;
    private static final int CONSTANT = 43;
    private static final int CONSTANT_NULL = 46;

    private SpirvConstants() {}

    /** {@return the module with scalar constants spelled out} */
    static byte[] spellOut(byte[] module) {
        IntBuffer in = ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        ByteBuffer out = ByteBuffer.allocate(2 * module.length).order(ByteOrder.LITTLE_ENDIAN);
        Map<Integer, Integer> scalarBits = new HashMap<>(); // 0 for bool
        for (int i = 0; i < HEADER_WORDS; i++) {
            out.putInt(in.get());
        }
        while (in.hasRemaining()) {
            int start = in.position();
            int words = in.get(start) >>> 16;
            int opcode = in.get(start) & 0xFFFF;
            switch (opcode) {
                case TYPE_BOOL -> scalarBits.put(in.get(start + 1), 0);
                case TYPE_INT, TYPE_FLOAT -> scalarBits.put(in.get(start + 1), in.get(start + 2));
                default -> {}
            }
            Integer bits = opcode == CONSTANT_NULL ? scalarBits.get(in.get(start + 1)) : null;
            if (bits == null) {
                for (int i = 0; i < words; i++) {
                    out.putInt(in.get(start + i));
                }
            } else {
                int values = (bits + 31) / 32;
                out.putInt((3 + values) << 16 | (bits == 0 ? CONSTANT_FALSE : CONSTANT));
                out.putInt(in.get(start + 1)).putInt(in.get(start + 2));
                for (int i = 0; i < values; i++) {
                    out.putInt(0);
                }
            }
            in.position(start + words);
        }
        byte[] spelled = new byte[out.position()];
        out.flip().get(spelled);
        return spelled;
    }
}
