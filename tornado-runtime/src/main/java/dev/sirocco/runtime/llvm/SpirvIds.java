package dev.sirocco.runtime.llvm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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

    private static final int NAME = 5;
    private static final int TYPE_INT = 21;
    private static final int PHI = 245;
    private static final int LOOP_MERGE = 246;
    private static final int SELECTION_MERGE = 247;
    private static final int LABEL = 248;
    private static final int BRANCH = 249;
    private static final int BRANCH_CONDITIONAL = 250;
    private static final int SWITCH = 251;

    private final IntBuffer words;
    private final Set<Integer> defined = new HashSet<>();
    private final Map<Integer, Integer> labels = new HashMap<>(); // of blocks, and what they are from now on
    private final Map<Integer, Integer> types = new HashMap<>(); // of results
    private final Map<Integer, Integer> widths = new HashMap<>(); // of types of integers
    private int bound;

    private SpirvIds(byte[] module) {
        this.words = ByteBuffer.wrap(module).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        this.bound = words.get(BOUND);
    }

    /**
     * Gives blocks ids that nothing else has, and the module a bound above all of them.
     *
     * @return whether no id is defined twice, by blocks or by other things; the module is of no use otherwise
     */
    static boolean repair(byte[] module) {
        SpirvIds ids = new SpirvIds(module);
        if (!ids.collect()) {
            return false;
        }
        ids.labels.replaceAll((_, _) -> ids.bound++);
        ids.rename();
        ids.words.put(BOUND, ids.bound);
        return true;
    }

    private boolean collect() {
        for (int at = HEADER_WORDS; at < words.limit(); at += length(at)) {
            int opcode = opcode(at);
            if (DEFINE_NOTHING.contains(opcode)) {
                continue;
            }
            int id = words.get(at + (hasType(opcode) ? 2 : 1));
            if (opcode == LABEL ? labels.put(id, id) != null : !defined.add(id)) {
                return false;
            }
            bound = Math.max(bound, id + 1);
            if (opcode == TYPE_INT) {
                widths.put(id, words.get(at + 2));
            } else if (hasType(opcode)) {
                types.put(id, words.get(at + 1));
            }
        }
        return true;
    }

    /** Renames blocks where they begin, and wherever an instruction names one. */
    private void rename() {
        for (int at = HEADER_WORDS; at < words.limit(); at += length(at)) {
            int end = at + length(at);
            switch (opcode(at)) {
                case LABEL, BRANCH, SELECTION_MERGE -> rename(at + 1);
                case NAME -> {
                    int named = words.get(at + 1);
                    if (labels.containsKey(named) && !defined.contains(named)) {
                        rename(at + 1);
                    }
                }
                case LOOP_MERGE -> {
                    rename(at + 1);
                    rename(at + 2);
                }
                case BRANCH_CONDITIONAL -> {
                    rename(at + 2);
                    rename(at + 3);
                }
                case PHI -> {
                    for (int parent = at + 4; parent < end; parent += 2) {
                        rename(parent);
                    }
                }
                case SWITCH -> {
                    int literalWords = widths.get(types.get(words.get(at + 1))) > Integer.SIZE ? 2 : 1;
                    rename(at + 2);
                    for (int target = at + 3 + literalWords; target < end; target += literalWords + 1) {
                        rename(target);
                    }
                }
                default -> {}
            }
        }
    }

    private void rename(int place) {
        words.put(place, labels.get(words.get(place)));
    }

    private int opcode(int at) {
        return words.get(at) & 0xFFFF;
    }

    private int length(int at) {
        return words.get(at) >>> 16;
    }

    /** {@return whether an instruction's result has a type: all but strings, imports, types, groups and labels} */
    private static boolean hasType(int opcode) {
        boolean isType = opcode >= 19 && opcode <= 39;
        return !isType && opcode != 7 && opcode != 11 && opcode != 73 && opcode != LABEL;
    }
}
