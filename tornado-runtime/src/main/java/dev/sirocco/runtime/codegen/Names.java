package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Block;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Value;

/** How IR names are spelled in LLVM IR. */
final class Names {
    private Names() {}

    /** {@return the global name of a kernel, without @} */
    static String kernel(Function function) {
        return clean(function.declaredIn() + "." + function.name());
    }

    /** {@return the local name of a value} */
    static String value(Value value) {
        return "%" + (value.name().isEmpty() ? "v" : clean(value.name()) + ".") + value.id();
    }

    static String label(Block block) {
        return label(block.id());
    }

    static String label(int block) {
        return "b" + block;
    }

    private static String clean(String name) {
        StringBuilder cleaned = new StringBuilder();
        name.chars().forEach(c -> cleaned.append(isPlain(c) ? (char) c : '_'));
        return cleaned.toString();
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '.' || c == '$';
    }
}
