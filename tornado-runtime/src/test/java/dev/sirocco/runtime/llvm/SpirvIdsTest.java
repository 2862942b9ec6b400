package dev.sirocco.runtime.llvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instructions are written as words: the length and the opcode, then the operands. */
class SpirvIdsTest {
    private static final int BOUND = 3;

    private static byte[] module(int[]... instructions) {
        ByteBuffer bytes = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : new int[] {0x07230203, 0x10200, 0, 9, 0}) {
            bytes.putInt(word);
        }
        for (int[] instruction : instructions) {
            bytes.putInt(instruction.length << 16 | instruction[0]);
            for (int i = 1; i < instruction.length; i++) {
                bytes.putInt(instruction[i]);
            }
        }
        byte[] module = new byte[bytes.position()];
        bytes.flip().get(module);
        return module;
    }

    private static byte[] bounded(int bound, byte[] module) {
        ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN).putInt(Integer.BYTES * BOUND, bound);
        return module;
    }

    private static int[] op(int... words) {
        return words;
    }

    /** The two blocks have the ids of a type and of a value; what names blocks follows them, what names those stays. */
    @Test
    void blocksGetIdsOfTheirOwnWhereverTheyAreNamed() {
        byte[] module = module(
                op(5, 12, 0x62), // a name of a block
                op(5, 1, 0x74), // and of the type
                op(21, 1, 32, 0),
                op(43, 1, 2, 7),
                op(248, 1),
                op(249, 2),
                op(248, 2),
                op(245, 1, 3, 2, 1, 3, 2),
                op(246, 12, 2, 0),
                op(247, 12, 0),
                op(250, 3, 2, 12),
                op(248, 12));
        assertTrue(SpirvIds.repair(module));
        byte[] expected = bounded(
                16,
                module(
                        op(5, 15, 0x62),
                        op(5, 1, 0x74),
                        op(21, 1, 32, 0),
                        op(43, 1, 2, 7),
                        op(248, 13),
                        op(249, 14),
                        op(248, 14),
                        op(245, 1, 3, 2, 13, 3, 14),
                        op(246, 15, 14, 0),
                        op(247, 15, 0),
                        op(250, 3, 14, 15),
                        op(248, 15)));
        assertArrayEquals(expected, module);
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64})
    void theCasesOfASwitchAreAsWideAsWhatItTests(int width) {
        int[] before = width == 32 ? op(251, 2, 1, 5, 2) : op(251, 2, 1, 5, 0, 2);
        int[] after = width == 32 ? op(251, 2, 9, 5, 10) : op(251, 2, 9, 5, 0, 10);
        byte[] module = module(op(21, 1, width, 0), op(55, 1, 2), before, op(248, 1), op(248, 2));
        assertTrue(SpirvIds.repair(module));
        assertArrayEquals(
                bounded(11, module(op(21, 1, width, 0), op(55, 1, 2), after, op(248, 9), op(248, 10))), module);
    }

    @Test
    void twoBlocksOrTwoValuesOfOneIdCannotBeToldApart() {
        assertFalse(SpirvIds.repair(module(op(248, 1), op(248, 1))));
        assertFalse(SpirvIds.repair(module(op(21, 1, 32, 0), op(43, 1, 2, 7), op(43, 1, 2, 8))));
    }
}
