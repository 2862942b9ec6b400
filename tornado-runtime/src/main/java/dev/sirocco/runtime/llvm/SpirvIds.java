package dev.sirocco.runtime.llvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashSet;
import java.util.Set;

/**
 * The ids of a SPIR-V module: each is defined once (section 2.4 of the specification) and is less than the bound that
 * the module's header gives (section 2.3).
 */
final class SpirvIds {
    private static final int HEADER_WORDS = 5;

    /** Where the header has the bound. */
    private static final int BOUND = 3;

    /** Instructions that define nothing, of those that a kernel has: names, decorations, stores, branches … */
    private static final Set<Integer> DEFINE_NOTHING = Set.of(
            0, 2, 3, 4, 5, 6, 8, 10, 14, 15, 16, 17, 39, 56, 62, 63, 64, 71, 72, 74, 75, 224, 225, 228, 246, 247, 249,
            250, 251, 252, 253, 254, 255, 256, 257, 317, 330, 331);

    private SpirvIds() {}

    /**
     * Sets the bound of a module to one more than its largest id.
     *
     * @return whether no id is defined twice
     */
    static boolean check(byte[] module) {
        IntBuffer words = ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        Set<Integer> defined = new HashSet<>();
        int bound = words.get(BOUND);
        for (int at = HEADER_WORDS; at < words.limit(); at += words.get(at) >>> 16) {
            int opcode = words.get(at) & 0xFFFF;
            if (!DEFINE_NOTHING.contains(opcode)) {
                int id = words.get(at + (hasType(opcode) ? 2 : 1));
                if (!defined.add(id)) {
                    return false;
                }
                bound = Math.max(bound, id + 1);
            }
        }
        words.put(BOUND, bound);
        return true;
    }

    /** {@return whether an instruction's result has a type: all but strings, imports, types, groups and labels} */
    private static boolean hasType(int opcode) {
        boolean isType = opcode >= 19 && opcode <= 39;
        return !isType && opcode != 7 && opcode != 11 && opcode != 73 && opcode != 248;
    }
}
