package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The variables of a kernel and their names: the Java names where there are any, made fit for C. */
final class Variables {
    /** Names that mean something else in OpenCL C, or that the text itself uses. */
    private static final Set<String> RESERVED = Set.of(
            "auto",
            "bool",
            "break",
            "case",
            "char",
            "complex",
            "const",
            "constant",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "event_t",
            "extern",
            "float",
            "for",
            "global",
            "goto",
            "half",
            "if",
            "image1d_t",
            "image2d_t",
            "image3d_t",
            "imaginary",
            "inline",
            "int",
            "kernel",
            "local",
            "long",
            "pipe",
            "private",
            "quad",
            "register",
            "restrict",
            "return",
            "sampler_t",
            "short",
            "signed",
            "sizeof",
            "size_t",
            "static",
            "struct",
            "switch",
            "typedef",
            "uchar",
            "uint",
            "ulong",
            "union",
            "unsigned",
            "ushort",
            "void",
            "volatile",
            "while",
            "true",
            "false",
            "abs",
            "min",
            "max",
            "fabs",
            "sqrt",
            "exp",
            "log",
            "sin",
            "cos",
            "tanh",
            "pow",
            "floor",
            "ceil",
            "fmod",
            "barrier",
            "dot",
            "select",
            "step",
            "sign",
            "mix",
            "clamp",
            "asm",
            "typeof",
            "uniform",
            "read_only",
            "write_only",
            "read_write",
            "main",
            "printf",
            "unix",
            "linux",
            "vector",
            "pixel");

    private final Map<Value, Variable> variables = new HashMap<>();
    private final Set<String> taken = new HashSet<>(RESERVED);

    /** Gives a value a variable of its own. */
    Variable add(Value value, String type, String suffix) {
        Variable variable = named(value.name(), type, suffix);
        put(value, variable);
        return variable;
    }

    /** Lets a value be held by a variable. */
    void put(Value value, Variable variable) {
        variables.put(value, variable);
    }

    /** {@return a new variable} */
    Variable named(String wish, String type, String suffix) {
        return new Variable(unique(wish.isEmpty() ? "t" : clean(wish), wish.isEmpty()), type, suffix);
    }

    /** {@return the variable of a value, or null} */
    Variable of(Value value) {
        return variables.get(value);
    }

    private String unique(String wish, boolean numbered) {
        String name = numbered ? wish + 0 : wish;
        for (int k = 1; !taken.add(name); k++) {
            name = numbered ? wish + k : wish + "_" + k;
        }
        return name;
    }

    private static String clean(String name) {
        StringBuilder cleaned = new StringBuilder();
        name.chars().forEach(c -> cleaned.append(isPlain(c) ? (char) c : '_'));
        if (cleaned.indexOf("_") >= 0) {
            cleaned.append("_v"); // no function of the prelude ends so
        }
        return Character.isDigit(cleaned.charAt(0)) || cleaned.charAt(0) == '_' ? "v" + cleaned : cleaned.toString();
    }

    /** {@return whether a character may stand in a name; {@code $} may not everywhere} */
    static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
}
