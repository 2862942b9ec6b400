package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type.Fragment;

/**
 * Tiles of matrices that a warp multiplies on NVIDIA's tensor cores: {@code ldmatrix} and {@code mma.sync} of PTX. A
 * work-item's part of a tile is a structure of the registers that these instructions take.
 */
public final class WarpTiles {
    /** Why a device refuses them, and what to do. */
    public static final String NONE = "mmaLoadA, mmaLoadB, mma and mmaStore multiply on tensor cores, which this"
            + " device does not have; NVIDIA's cards from compute capability 8.0 on have them, with the driver cuda."
            + " Give other devices a kernel that multiplies by itself";

    /** What only those cards have, in the code of a kernel that uses it. */
    public static final String MARK = "@llvm.nvvm.mma.";

    /** Work-items of a group that are not whole warps. */
    private static final String PARTIAL =
            "its groups are not whole warps along x, which multiply together; give it a multiple of 32 as local work";

    private static final String FOUR_WORDS = "{ i32, i32, i32, i32 }";
    private static final String TWO_WORDS = "{ i32, i32 }";
    private static final String FOUR_FLOATS = "{ float, float, float, float }";
    private static final String TWO_HALVES = "<2 x half>";

    /** Halves of the left and right operands, two in a register, and sums. */
    private static final int LEFT = 4;

    private static final int RIGHT = 2;
    private static final int SUMS = 4;

    private WarpTiles() {}

    /** {@return why a kernel in such groups cannot have an operation, or null} */
    static String refusal(Op op, Groups groups) {
        return op instanceof Op.Tile && groups.sizes().getFirst() % WarpReductions.WARP != 0 ? PARTIAL : null;
    }

    /** {@return the type of a work-item's part of a tile, as LLVM spells it} */
    static String type(Fragment fragment) {
        return switch (fragment) {
            case LEFT -> FOUR_WORDS;
            case RIGHT -> TWO_WORDS;
            case SUMS -> FOUR_FLOATS;
        };
    }

    /** {@return the instruction that gives sums which are all the operand} */
    static String fill(ModuleText text, String value) {
        String sums = "poison";
        for (int i = 0; i < SUMS - 1; i++) {
            sums = text.define("insertvalue " + FOUR_FLOATS + " " + sums + ", float " + value + ", " + i);
        }
        return "insertvalue " + FOUR_FLOATS + " " + sums + ", float " + value + ", " + (SUMS - 1);
    }

    /**
     * {@return the instruction that loads a part} Of four matrices of 8 × 8 halves, work-item i gives the address of a
     * row: of the upper rows' left half, the lower rows' left half, and the same of the right half. A right tile is two
     * of them, one below the other, which the instruction turns round, for a work-item has neighbours of a column.
     *
     * @param array  the operand that is a local array's address
     * @param offset the operand that is the tile's place in it, in bytes, i32
     */
    static String load(ModuleText text, Fragment fragment, String array, String offset) {
        boolean left = fragment == Fragment.LEFT;
        String load = text.intrinsic(
                "llvm.nvvm.ldmatrix.sync.aligned.m8n8." + (left ? "x4" : "x2.trans") + ".b16.p3",
                type(fragment),
                "ptr addrspace(3)");
        String name = "sirocco.tile." + (left ? "left" : "right");
        String helper = text.helper(name, """
                define internal TYPE @NAME(ptr addrspace(3) %array, i32 %offset) alwaysinline convergent nounwind {
                  %item = call i32 ITEM()
                  %row = and i32 %item, 15
                  %row.bytes = shl nuw nsw i32 %row, ROW_SHIFT
                  %half = lshr i32 %item, 4
                  %half.one = and i32 %half, HALF_MASK
                  %half.bytes = shl nuw nsw i32 %half.one, 4
                  %place = add nuw nsw i32 %row.bytes, %half.bytes
                  %at = add nuw nsw i32 %place, %offset
                  %wide = zext i32 %at to i64
                  %address = getelementptr inbounds i8, ptr addrspace(3) %array, i64 %wide
                  %part = call TYPE LOAD(ptr addrspace(3) %address) convergent
                  ret TYPE %part
                }
                """.replace("TYPE", type(fragment))
                .replace("NAME", name)
                .replace("ITEM", item(text))
                .replace("ROW_SHIFT", left ? "5" : "4")
                .replace("HALF_MASK", left ? "1" : "0")
                .replace("LOAD", load));
        return "call " + type(fragment) + " " + helper + "(ptr addrspace(3) " + array + ", i32 " + offset + ")";
    }

    /** {@return the instruction that multiplies two parts and adds to a third} */
    static String multiplyAdd(ModuleText text, String left, String right, String sums) {
        String multiply = text.intrinsic(
                "llvm.nvvm.mma.m16n8k16.row.col.f32.f32",
                FOUR_FLOATS,
                TWO_HALVES,
                TWO_HALVES,
                TWO_HALVES,
                TWO_HALVES,
                TWO_HALVES,
                TWO_HALVES,
                "float",
                "float",
                "float",
                "float");
        StringBuilder body = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        take(body, arguments, FOUR_WORDS, "left", LEFT);
        take(body, arguments, TWO_WORDS, "right", RIGHT);
        take(body, arguments, FOUR_FLOATS, "sums", SUMS);
        String name = "sirocco.tile.multiply";
        String helper = text.helper(name, """
                define internal SUMS @NAME(LEFT %left, RIGHT %right, SUMS %sums) alwaysinline convergent nounwind {
                BODY  %result = call SUMS MULTIPLY(ARGUMENTS) convergent
                  ret SUMS %result
                }
                """.replace("SUMS", FOUR_FLOATS)
                .replace("NAME", name)
                .replace("LEFT", FOUR_WORDS)
                .replace("RIGHT", TWO_WORDS)
                .replace("BODY", body)
                .replace("MULTIPLY", multiply)
                .replace("ARGUMENTS", arguments));
        return "call " + FOUR_FLOATS + " " + helper + "(" + FOUR_WORDS + " " + left + ", " + TWO_WORDS + " " + right
                + ", " + FOUR_FLOATS + " " + sums + ")";
    }

    /** Takes a part's registers out, words as two halves each. */
    private static void take(StringBuilder body, StringBuilder arguments, String type, String part, int count) {
        boolean words = type.contains("i32");
        for (int i = 0; i < count; i++) {
            String register = "%" + part + i;
            String element = words ? register + ".word" : register;
            body.append("  ").append(element).append(" = extractvalue ").append(type);
            body.append(" %").append(part).append(", ").append(i).append('\n');
            if (words) {
                body.append("  ").append(register).append(" = bitcast i32 ").append(element);
                body.append(" to ").append(TWO_HALVES).append('\n');
            }
            arguments.append(arguments.isEmpty() ? "" : ", ").append(words ? TWO_HALVES : "float");
            arguments.append(' ').append(register);
        }
    }

    /**
     * {@return the call that writes sums to a matrix} Work-item i has two neighbours of row i / 4, and of the row eight
     * below.
     */
    static String store(ModuleText text, String sums, String array, String row, String column, String stride) {
        String name = "sirocco.tile.store";
        String helper = text.helper(
                name, """
                define internal void @NAME(SUMS %sums, ptr addrspace(1) %array, i32 %row, i32 %column, i32 %stride)
                    alwaysinline nounwind {
                  %item.all = call i32 ITEM()
                  %item = and i32 %item.all, 31
                  %down = lshr i32 %item, 2
                  %pair = and i32 %item, 3
                  %along = shl nuw nsw i32 %pair, 1
                  %row.upper = add nsw i32 %row, %down
                  %row.lower = add nsw i32 %row.upper, 8
                  %first = add nsw i32 %column, %along
                  %begin.upper = mul nsw i32 %row.upper, %stride
                  %begin.lower = mul nsw i32 %row.lower, %stride
                  %at.upper = add nsw i32 %begin.upper, %first
                  %at.lower = add nsw i32 %begin.lower, %first
                  %wide.upper = sext i32 %at.upper to i64
                  %wide.lower = sext i32 %at.lower to i64
                  %upper = getelementptr inbounds float, ptr addrspace(1) %array, i64 %wide.upper
                  %lower = getelementptr inbounds float, ptr addrspace(1) %array, i64 %wide.lower
                  %upper.next = getelementptr inbounds float, ptr addrspace(1) %upper, i64 1
                  %lower.next = getelementptr inbounds float, ptr addrspace(1) %lower, i64 1
                  %sum0 = extractvalue SUMS %sums, 0
                  %sum1 = extractvalue SUMS %sums, 1
                  %sum2 = extractvalue SUMS %sums, 2
                  %sum3 = extractvalue SUMS %sums, 3
                  store float %sum0, ptr addrspace(1) %upper, align 4
                  store float %sum1, ptr addrspace(1) %upper.next, align 4
                  store float %sum2, ptr addrspace(1) %lower, align 4
                  store float %sum3, ptr addrspace(1) %lower.next, align 4
                  ret void
                }
                """.replace("NAME", name).replace("SUMS", FOUR_FLOATS).replace("ITEM", item(text)));
        return "call void " + helper + "(" + FOUR_FLOATS + " " + sums + ", ptr addrspace(1) " + array + ", i32 " + row
                + ", i32 " + column + ", i32 " + stride + ")";
    }

    private static String item(ModuleText text) {
        return text.intrinsic("llvm.nvvm.read.ptx.sreg.tid.x", "i32");
    }
}
