package dev.sirocco.runtime.codegen;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks up each of the bytes of a word, 0 to 15, with the instruction that x86 has for that: a function on one word,
 * with {@link VectorForms}.
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
