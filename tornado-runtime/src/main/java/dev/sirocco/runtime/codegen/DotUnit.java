package dev.sirocco.runtime.codegen;

import java.util.Locale;
import java.util.function.Predicate;

/**
 * How a processor adds four products of bytes to a sum, lane by lane. A dot product is a call of a function on words
 * that hold four bytes each, with {@link VectorForms} where the processor has an instruction on vectors.
 */
public enum DotUnit {
    /** Products stay as they are written. */
    NONE(0),
    /** AVX-VNNI: vpdpbusd multiplies unsigned with signed bytes. */
    VNNI_256(8),
    /** AVX-512 VNNI. */
    VNNI_512(16),
    /**
     * SSSE3: pmaddwd multiplies 16-bit numbers and adds neighbours; pmaddubsw does so with unsigned and signed bytes,
     * and saturates.
     */
    MULTIPLY_ADD_128(4),
    /** AVX2. */
    MULTIPLY_ADD_256(8),
    /** AVX-512BW. */
    MULTIPLY_ADD_512(16),
    /** NVIDIA's dp4a; there are no vector forms, each work-item has its own. */
    DP4A(0);

    /** A word with 1 in each of its bytes. */
    static final int EACH_BYTE = 0x01010101;

    private final int mostLanes;

    DotUnit(int mostLanes) {
        this.mostLanes = mostLanes;
    }

    /** {@return how many words the widest vector form takes; 0 where there is none} */
    int mostLanes() {
        return mostLanes;
    }

    /** {@return the best unit of a processor, given which features it has, in LLVM's names} */
    static DotUnit of(Predicate<String> features) {
        if (features.test("avx512vnni") && features.test("avx512vl") && features.test("avx512bw")) {
            return VNNI_512;
        }
        if (features.test("avxvnni")) {
            return VNNI_256;
        }
        if (features.test("avx512bw")) {
            return MULTIPLY_ADD_512;
        }
        if (features.test("avx2")) {
            return MULTIPLY_ADD_256;
        }
        return features.test("ssse3") ? MULTIPLY_ADD_128 : NONE;
    }

    /** {@return the call that adds a dot product of two words to a sum} */
    String call(ModuleText text, ByteDots.Dot dot, String left, String right, String sum) {
        if (this == DP4A) {
            String sign = dot.left().form().isUnsigned() ? "u" : "s";
            String unit = text.intrinsic("llvm.nvvm.idp4a." + sign + ".s", "i32", "i32", "i32", "i32");
            return "call i32 " + unit + "(i32 " + left + ", i32 " + right + ", i32 " + sum + ")";
        }
        Left kind = Left.of(dot.left().form());
        String name = "sirocco.dot4." + kind.name().toLowerCase(Locale.ROOT);
        text.intrinsic("llvm.vector.reduce.add.v4i32", "i32", "<4 x i32>");
        text.helper(name, scalar(name, kind));
        String forms =
                VectorForms.attribute(text, name, 3, mostLanes, (form, lanes) -> vector(text, form, kind, lanes));
        return "call i32 @" + name + "(i32 " + left + ", i32 " + right + ", i32 " + sum + ") " + forms;
    }

    private static String scalar(String name, Left kind) {
        return """
                define linkonce_odr hidden i32 @NAME(i32 %left, i32 %right, i32 %sum)
                    noinline nounwind willreturn memory(none) "LATE" {
                  %a = bitcast i32 %left to <4 x i8>
                  %b = bitcast i32 %right to <4 x i8>
                  %wide.a = EXTEND <4 x i8> %a to <4 x i32>
                  %wide.b = sext <4 x i8> %b to <4 x i32>
                  %products = mul <4 x i32> %wide.a, %wide.b
                  %dot = call i32 @llvm.vector.reduce.add.v4i32(<4 x i32> %products)
                  %result = add i32 %dot, %sum
                  ret i32 %result
                }
                """.replace("NAME", name).replace("LATE", VectorForms.LATE).replace("EXTEND", kind.extension());
    }

    private String vector(ModuleText text, String name, Left kind, int lanes) {
        String words = "<" + lanes + " x i32>";
        String body = switch (this) {
            case NONE, DP4A -> throw new IllegalStateException("no vector forms");
            case VNNI_256, VNNI_512 -> vnni(text, kind, lanes, words);
            case MULTIPLY_ADD_128, MULTIPLY_ADD_256, MULTIPLY_ADD_512 ->
                switch (kind) {
                    case SMALL -> multiplyAddBytes(text, "", lanes, words);
                    case BALANCED ->
                        lanes > 8
                                ? multiplyAdd(text, true, lanes, words)
                                : multiplyAddBytes(text, moveSign(text, lanes, words), lanes, words);
                    case SIGNED, UNSIGNED -> multiplyAdd(text, kind == Left.SIGNED, lanes, words);
                };
        };
        return ("define internal WORDS @" + name
                        + "(WORDS %left, WORDS %right, WORDS %sum) alwaysinline nounwind willreturn memory(none) {\n"
                        + body + "  ret WORDS %result\n}\n")
                .replace("WORDS", words);
    }

    /** A signed byte is an unsigned one less 128, so 128 times the sum of the right bytes goes off first. */
    private static String vnni(ModuleText text, Left kind, int lanes, String words) {
        String unit = text.intrinsic("llvm.x86.avx512.vpdpbusd." + 32 * lanes, words, words, words, words);
        String dot = "call WORDS " + unit + "(WORDS ";
        if (kind == Left.SMALL || kind == Left.UNSIGNED) {
            return "  %result = " + dot + "%sum, WORDS %left, WORDS %right)\n";
        }
        return "  %excess = " + dot
                + "zeroinitializer, WORDS splat (i32 TOP), WORDS %right)\n"
                        .replace("TOP", Integer.toString(0x80 * EACH_BYTE))
                + "  %less = sub WORDS %sum, %excess\n"
                + "  %raised = xor WORDS %left, splat (i32 " + 0x80 * EACH_BYTE + ")\n"
                + "  %result = " + dot + "%less, WORDS %raised, WORDS %right)\n";
    }

    /**
     * Makes the right bytes positive, with what that takes of the left ones: there is an instruction for that. Without
     * −128 among them the left ones stay bytes, and −128 on the right becomes 128, which is an unsigned byte.
     */
    private static String moveSign(ModuleText text, int lanes, String words) {
        String bytes = "<" + 4 * lanes + " x i8>";
        String sign = lanes == 4 ? "llvm.x86.ssse3.psign.b.128" : "llvm.x86.avx2.psign.b";
        return """
                  %left.bytes = bitcast WORDS %left to BYTES
                  %right.bytes = bitcast WORDS %right to BYTES
                  %a = call BYTES SIZE(BYTES %right.bytes, i1 false)
                  %b = call BYTES SIGN(BYTES %left.bytes, BYTES %right.bytes)
                """.replace("SIZE", text.intrinsic("llvm.abs.v" + 4 * lanes + "i8", bytes, bytes, "i1"))
                .replace("SIGN", text.intrinsic(sign, bytes, bytes, bytes))
                .replace("BYTES", bytes)
                .replace("WORDS", words);
    }

    /**
     * Two products of at most 127 · 128 each fit 16 bits; then neighbours are added once more.
     *
     * @param begin what makes the unsigned bytes %a and the signed ones %b; empty to take left and right
     */
    private static String multiplyAddBytes(ModuleText text, String begin, int lanes, String words) {
        String bytes = "<" + 4 * lanes + " x i8>";
        String halves = "<" + 2 * lanes + " x i16>";
        String name = switch (lanes) {
            case 4 -> "llvm.x86.ssse3.pmadd.ub.sw.128";
            case 8 -> "llvm.x86.avx2.pmadd.ub.sw";
            default -> "llvm.x86.avx512.pmaddubs.w.512";
        };
        String given = """
                  %a = bitcast WORDS %left to BYTES
                  %b = bitcast WORDS %right to BYTES
                """;
        return ((begin.isEmpty() ? given : begin) + """
                  %pairs = call HALVES PRODUCTS(BYTES %a, BYTES %b)
                  %dot = call WORDS SUMS(HALVES %pairs, HALVES splat (i16 1))
                  %result = add WORDS %dot, %sum
                """)
                .replace("PRODUCTS", text.intrinsic(name, halves, bytes, bytes))
                .replace("SUMS", text.intrinsic(addNeighbours(lanes), words, halves, halves))
                .replace("BYTES", bytes)
                .replace("HALVES", halves);
    }

    /** Bytes 0 and 2 of each word, then bytes 1 and 3, as 16-bit numbers. */
    private static String multiplyAdd(ModuleText text, boolean signed, int lanes, String words) {
        String halves = "<" + 2 * lanes + " x i16>";
        String unit = text.intrinsic(addNeighbours(lanes), words, halves, halves);
        String lowLeft = signed
                ? "  %up = shl HALVES %a, splat (i16 8)\n  %low.a = ashr HALVES %up, splat (i16 8)\n"
                : "  %low.a = and HALVES %a, splat (i16 255)\n";
        return ("""
                  %a = bitcast WORDS %left to HALVES
                  %b = bitcast WORDS %right to HALVES
                """ + lowLeft + "  %high.a = " + (signed ? "ashr" : "lshr") + " HALVES %a, splat (i16 8)\n" + """
                  %b.up = shl HALVES %b, splat (i16 8)
                  %low.b = ashr HALVES %b.up, splat (i16 8)
                  %high.b = ashr HALVES %b, splat (i16 8)
                  %even = call WORDS UNIT(HALVES %low.a, HALVES %low.b)
                  %odd = call WORDS UNIT(HALVES %high.a, HALVES %high.b)
                  %both = add WORDS %even, %odd
                  %result = add WORDS %both, %sum
                """)
                .replace("HALVES", halves)
                .replace("UNIT", unit);
    }

    private static String addNeighbours(int lanes) {
        return switch (lanes) {
            case 4 -> "llvm.x86.sse2.pmadd.wd";
            case 8 -> "llvm.x86.avx2.pmadd.wd";
            default -> "llvm.x86.avx512.pmaddw.d.512";
        };
    }

    /** What is known of the left bytes; the right ones are signed. */
    private enum Left {
        SIGNED,
        UNSIGNED,
        /** 0 to 127, such as the nibbles of 4-bit weights. */
        SMALL,
        /** −127 to 127. */
        BALANCED;

        static Left of(ByteFactor.Form form) {
            if (form.hasLevels()) {
                return BALANCED;
            }
            if (!form.isUnsigned()) {
                return SIGNED;
            }
            return form.mask() <= Byte.MAX_VALUE ? SMALL : UNSIGNED;
        }

        String extension() {
            return this == SIGNED || this == BALANCED ? "sext" : "zext";
        }
    }
}
