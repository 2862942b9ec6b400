package dev.sirocco.runtime.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks up each of the bytes of a word, 0 to 15, with the instruction that x86 has for that: a function on one word,
 * with {@link VectorForms}. NVIDIA's cards have one that chooses four of eight bytes.
 */
final class ByteLookup {
    private ByteLookup() {}

    /**
     * {@return the call that looks up a word}
     *
     * @param form      which levels stand for the bytes
     * @param mostLanes words in the widest vector
     */
    static String call(ModuleText text, ByteFactor.Form form, String word, int mostLanes) {
        String name = "sirocco.lookup." + form.levelDigits();
        String forms = VectorForms.attribute(
                text, name, 1, mostLanes, (variant, lanes) -> vector(text, variant, form.levels(), lanes));
        text.helper(name, scalar(name));
        return "call i32 @" + name + "(i32 " + word + ") " + forms;
    }

    /**
     * {@return the levels that four bits of each byte of a word number, by prmt} It chooses bytes by four numbers of
     * four bits, of which the highest is not for choosing: each is looked up among the first eight levels and among the
     * others, and one of both is taken. Upper and lower bits are looked up together, for what is the same for both is
     * computed once where a kernel asks for both.
     *
     * @param upper whether bits 4 to 7 of each byte are meant, or bits 0 to 3
     */
    static String permute(ModuleText text, ByteFactor.Form form, String word, boolean upper) {
        String among = text.define("and i32 " + word + ", " + 0x77777777);
        String halved = text.define("lshr i32 " + word + ", 1");
        String fours = text.define("and i32 " + halved + ", " + 0x44444444);
        String one = text.define("or i32 " + fours + ", " + 0x32103210);
        String first = permute(text, form.levels(), among, one);
        String nextAmong = text.define("lshr i32 " + among + ", 16");
        String nextOne = text.define("lshr i32 " + one + ", 16");
        String second = permute(text, form.levels(), nextAmong, nextOne);
        return permute(text, first, second, Integer.toString(upper ? 0x7531 : 0x6420));
    }

    private static String permute(ModuleText text, List<Integer> levels, String among, String one) {
        String low = permute(text, word(levels, 0), word(levels, 4), among);
        String high = permute(text, word(levels, 8), word(levels, 12), among);
        return permute(text, low, high, one);
    }

    private static String permute(ModuleText text, String low, String high, String numbers) {
        String unit = text.intrinsic("llvm.nvvm.prmt", "i32", "i32", "i32", "i32");
        return text.define("call i32 " + unit + "(i32 " + low + ", i32 " + high + ", i32 " + numbers + ")");
    }

    /** {@return four levels as the bytes of a literal} */
    private static String word(List<Integer> levels, int from) {
        int word = 0;
        for (int i = 0; i < Integer.BYTES; i++) {
            word |= (levels.get(from + i) & 0xFF) << (Byte.SIZE * i);
        }
        return Integer.toString(word);
    }

    private static String scalar(String name) {
        return """
                define linkonce_odr hidden i32 @NAME(i32 %word) noinline nounwind willreturn memory(none) "LATE" {
                  %words = insertelement <4 x i32> zeroinitializer, i32 %word, i64 0
                  %found = call <4 x i32> @NAME.x4(<4 x i32> %words)
                  %result = extractelement <4 x i32> %found, i64 0
                  ret i32 %result
                }
                """.replace("NAME", name).replace("LATE", VectorForms.LATE);
    }

    private static String vector(ModuleText text, String name, List<Integer> levels, int lanes) {
        String bytes = "<" + 4 * lanes + " x i8>";
        String unit = text.intrinsic(
                switch (lanes) {
                    case VectorForms.FEWEST_LANES -> "llvm.x86.ssse3.pshuf.b.128";
                    case 8 -> "llvm.x86.avx2.pshuf.b";
                    default -> "llvm.x86.avx512.pshuf.b.512";
                },
                bytes,
                bytes,
                bytes);
        List<String> table = new ArrayList<>(); // the instruction looks up in each 16 bytes by themselves
        for (int i = 0; i < 4 * lanes; i++) {
            table.add("i8 " + levels.get(i % Levels.COUNT));
        }
        return """
                define internal WORDS @NAME(WORDS %words) alwaysinline nounwind willreturn memory(none) {
                  %at = bitcast WORDS %words to BYTES
                  %found = call BYTES UNIT(BYTES <TABLE>, BYTES %at)
                  %result = bitcast BYTES %found to WORDS
                  ret WORDS %result
                }
                """.replace("TABLE", String.join(", ", table))
                .replace("UNIT", unit)
                .replace("BYTES", bytes)
                .replace("WORDS", "<" + lanes + " x i32>")
                .replace("NAME", name);
    }
}
