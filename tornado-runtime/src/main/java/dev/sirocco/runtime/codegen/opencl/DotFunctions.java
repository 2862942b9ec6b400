package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.codegen.BitRow;
import dev.sirocco.runtime.codegen.ByteDots;
import dev.sirocco.runtime.codegen.ByteFactor;
import java.util.stream.Collectors;

/**
 * Dot products of four bytes, lane by lane, on words that hold four bytes each. Compilers for x86 do not find
 * {@code pmaddwd}, which multiplies 16-bit numbers and adds neighbours, for numbers that they see are 8 bits wide: a
 * function calls it by clang's name where clang has it.
 */
final class DotFunctions {
    /** A word with 1 in each of its bytes. */
    private static final int EACH_BYTE = 0x01010101;

    private final Prelude prelude;
    private final boolean hasInstruction;

    DotFunctions(Prelude prelude, OpenClTarget target) {
        this.prelude = prelude;
        this.hasInstruction = target.integerDot();
    }

    /** {@return whether single dot products are worth a function} */
    boolean hasInstruction() {
        return hasInstruction;
    }

    private static String type(int lanes) {
        return lanes == 1 ? "int" : "int" + lanes;
    }

    /**
     * {@return words of an array and what the factor makes of each of their bytes}
     *
     * @param address of the first byte
     * @param moved   how far they are moved down, or null
     * @param row     what {@link #row} spells, or null without one
     * @param lanes   how many words, one after the other
     */
    Term words(ByteFactor factor, Term address, Term moved, Term row, int lanes) {
        Term words = load(address, lanes);
        ByteFactor.Form form = factor.form();
        if (moved != null) {
            words = Term.bits(words, ">>", moved, Term.Level.SHIFT);
        }
        if (form.shift() > 0) {
            words = Term.bits(words, ">>", Term.primary(Integer.toString(form.shift())), Term.Level.SHIFT);
        }
        if (form.mask() >= 0 && (form.mask() < 0xFF || form.shift() > 0)) {
            words = Term.bits(words, "&", hexadecimal(form.mask()), Term.Level.BITS);
        }
        if (row != null) {
            return Term.bits(words, "|", row, Term.Level.BITS);
        }
        if (form.hasLevels()) {
            return Term.call(lookup(form, lanes), words.text());
        }
        if (form.minus() > 0) { // no byte borrows from its neighbour when its top bit is set
            words = Term.bits(words, "|", hexadecimal(0x80), Term.Level.BITS);
            words = Term.bits(words, "-", hexadecimal(form.minus()), Term.Level.SUM);
            words = Term.bits(words, "^", hexadecimal(0x80), Term.Level.BITS);
        }
        return words;
    }

    /** {@return a function that looks up each byte of words} */
    private String lookup(ByteFactor.Form form, int lanes) {
        String name = "levels" + lanes + "_" + form.levelDigits();
        String type = type(lanes);
        if (lanes > 4) {
            String half = lookup(form, lanes / 2);
            return prelude.function(
                    name, """
                    static TYPE NAME(TYPE at) {
                        return (TYPE) (HALF(at.lo), HALF(at.hi));
                    }
                    """.replace("TYPE", type).replace("NAME", name).replace("HALF", half));
        }
        return prelude.function(name, """
                static TYPE NAME(TYPE at) {
                    const char16 levels = (char16) (LEVELS);
                #if LANES == 4 && defined(__clang__) && defined(__SSSE3__)
                    typedef char bytes __attribute__((vector_size(16)));
                    return __builtin_astype(
                            __builtin_ia32_pshufb128(
                                    __builtin_astype(levels, bytes), __builtin_astype(at, bytes)), TYPE);
                #else
                    return as_TYPE(shuffle(levels, as_ucharBYTES(at)));
                #endif
                }
                """.replace(
                        "LEVELS", form.levels().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .replace("BYTES", "" + 4 * lanes)
                .replace("LANES", "" + lanes)
                .replace("TYPE", type)
                .replace("NAME", name));
    }

    /**
     * {@return words with a bit of an int in each byte}
     *
     * @param bits the int, once for each word
     * @param from where each word's bits begin in it
     */
    static Term row(BitRow row, Term bits, Term from) {
        Term distance = Term.bits(from, "&", Term.primary(Integer.toString(BitRow.DISTANCE)), Term.Level.BITS);
        Term moved = Term.bits(bits, ">>", distance, Term.Level.SHIFT);
        Term four = Term.bits(moved, "&", Term.primary(Integer.toString(BitRow.FOUR)), Term.Level.BITS);
        Term spread = Term.bits(four, "*", word(row.spread()), Term.Level.PRODUCT);
        return Term.bits(spread, "&", word(row.mask()), Term.Level.BITS);
    }

    private static Term hexadecimal(int eachByte) {
        return word(eachByte * EACH_BYTE);
    }

    private static Term word(int bits) {
        return Term.primary("0x%08x".formatted(bits)).cast("int");
    }

    private Term load(Term address, int lanes) {
        if (lanes == 1) {
            return Term.call("as_int", "vload4(0, " + address + ")");
        }
        String type = type(lanes);
        StringBuilder quarters = new StringBuilder();
        for (int lane = 0; lane < lanes; lane += 4) {
            quarters.append(lane == 0 ? "" : ", ")
                    .append("as_int4(vload16(")
                    .append(lane / 4)
                    .append(", at))");
        }
        String name = prelude.function(
                "words" + lanes,
                """
                static TYPE wordsLANES(const __global char *at) {
                    return (TYPE) (QUARTERS);
                }
                """.replace("TYPE", type).replace("LANES", "" + lanes).replace("QUARTERS", quarters));
        return Term.call(name, address.text());
    }

    /** {@return the dot products of words} */
    Term dot(ByteDots.Dot dot, Term left, Term right, int lanes) {
        boolean signed = !dot.left().form().isUnsigned();
        return Term.call(function(signed, lanes), left.text(), right.text());
    }

    private String function(boolean signed, int lanes) {
        String name = (signed ? "dot_signed" : "dot_unsigned") + lanes;
        String type = type(lanes);
        if (hasInstruction) {
            prelude.extension("cl_khr_integer_dot_product");
            return define(name, type, instruction(signed, lanes));
        }
        if (lanes == 16) {
            String half = function(signed, 8);
            return define(
                    name, type, "    return (int16) (HALF(a.lo, b.lo), HALF(a.hi, b.hi));\n".replace("HALF", half));
        }
        return define(name, type, portable(signed, lanes));
    }

    private String define(String name, String type, String body) {
        return prelude.function(
                name, "static " + type + " " + name + "(" + type + " a, " + type + " b) {\n" + body + "}\n");
    }

    private static String instruction(boolean signed, int lanes) {
        String dot = signed ? "dot_4x8packed_ss_int" : "dot_4x8packed_us_int";
        if (lanes == 1) {
            return "    return " + dot + "(as_uint(a), as_uint(b));\n";
        }
        StringBuilder each = new StringBuilder();
        for (int lane = 0; lane < lanes; lane++) {
            String s = ".s" + Integer.toHexString(lane);
            each.append(lane == 0 ? "" : ", ").append(dot + "(as_uint(a" + s + "), as_uint(b" + s + "))");
        }
        return "    return (" + type(lanes) + ") (" + each + ");\n";
    }

    /** Bytes 0 and 2 of each word, then bytes 1 and 3, as 16-bit numbers; or each byte as a number of its own. */
    private static String portable(boolean signed, int lanes) {
        return """
                #if defined(__clang__) && defined(FEATURE)
                    typedef short pairs __attribute__((vector_size(BYTES)));
                    shortHALVES x = as_shortHALVES(a);
                    shortHALVES y = as_shortHALVES(b);
                    pairs xEven = __builtin_astype(EVEN, pairs);
                    pairs yEven = __builtin_astype(y << (short) 8 >> (short) 8, pairs);
                    pairs xOdd = __builtin_astype(ODD, pairs);
                    pairs yOdd = __builtin_astype(y >> (short) 8, pairs);
                    return __builtin_astype(__builtin_ia32_pmaddwdBITS(xEven, yEven), TYPE)
                            + __builtin_astype(__builtin_ia32_pmaddwdBITS(xOdd, yOdd), TYPE);
                #else
                    return BYTE0 * (b << 24 >> 24) + BYTE1 * (b << 16 >> 24)
                            + BYTE2 * (b << 8 >> 24) + BYTE3 * (b >> 24);
                #endif
                """.replace("FEATURE", lanes == 8 ? "__AVX2__" : "__SSE2__")
                .replace("EVEN", signed ? "x << (short) 8 >> (short) 8" : "x & (short) 255")
                .replace("ODD", signed ? "x >> (short) 8" : "x >> (short) 8 & (short) 255")
                .replace("BITS", lanes == 8 ? "256" : "128")
                .replace("BYTES", "" + 4 * lanes)
                .replace("HALVES", "" + 2 * lanes)
                .replace("BYTE0", signed ? "(a << 24 >> 24)" : "(a & 255)")
                .replace("BYTE1", signed ? "(a << 16 >> 24)" : "(a >> 8 & 255)")
                .replace("BYTE2", signed ? "(a << 8 >> 24)" : "(a >> 16 & 255)")
                .replace("BYTE3", signed ? "(a >> 24)" : "(a >> 24 & 255)")
                .replace("TYPE", type(lanes));
    }
}
