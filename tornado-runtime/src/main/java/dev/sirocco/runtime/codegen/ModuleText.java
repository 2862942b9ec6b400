package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/** The text of an LLVM module while it is written: functions in order, then what they turned out to need. */
final class ModuleText {
    private final StringBuilder text = new StringBuilder();
    private final SequencedSet<String> declarations = new LinkedHashSet<>();
    private final Map<String, String> definitions = new LinkedHashMap<>();
    private final List<String> kept = new ArrayList<>();
    private final List<String> metadata = new ArrayList<>();
    private int temporaries;

    /** Writes a line as it is. */
    void raw(String line) {
        text.append(line).append('\n');
    }

    /** Writes an instruction. */
    void line(String instruction) {
        text.append("  ").append(instruction).append('\n');
    }

    /** Writes an instruction with a result of its own and returns the result's name. */
    String define(String instruction) {
        String name = "%t" + temporaries++;
        line(name + " = " + instruction);
        return name;
    }

    /** Begins a block. */
    void label(String label) {
        text.append(label).append(":\n");
    }

    void comment(String comment) {
        text.append("  ; ").append(comment).append('\n');
    }

    /** Declares an intrinsic once. {@return its name as operand of a call} */
    String intrinsic(String name, String result, String... parameters) {
        declarations.add("declare " + result + " @" + name + "(" + String.join(", ", parameters) + ")");
        return "@" + name;
    }

    /** Adds a function's definition once. {@return its name as operand of a call} */
    String helper(String name, String definition) {
        definitions.put(name, definition);
        return "@" + name;
    }

    /** Keeps an internal function although nothing refers to it yet. */
    void keep(String function) {
        if (!kept.contains("ptr " + function)) {
            kept.add("ptr " + function);
        }
    }

    /** Adds a metadata node; {@code content} may refer to itself as {@code !self}. {@return its name} */
    String metadata(String content) {
        String name = "!" + metadata.size();
        metadata.add(name + " = " + content.replace("!self", name));
        return name;
    }

    @Override
    public String toString() {
        StringBuilder module = new StringBuilder(text);
        definitions.values().forEach(definition -> module.append('\n').append(definition));
        if (!kept.isEmpty()) {
            module.append("\n@llvm.compiler.used = appending global [")
                    .append(kept.size())
                    .append(" x ptr] [")
                    .append(String.join(", ", kept))
                    .append("], section \"llvm.metadata\"\n");
        }
        if (!declarations.isEmpty()) {
            module.append('\n');
            declarations.forEach(declaration -> module.append(declaration).append('\n'));
        }
        if (!metadata.isEmpty()) {
            module.append('\n');
            metadata.forEach(node -> module.append(node).append('\n'));
        }
        return module.toString();
    }

    /** {@return a scalar type as LLVM spells it} */
    static String type(Type.Scalar scalar) {
        return switch (scalar) {
            case BOOL -> "i1";
            case I8 -> "i8";
            case I16 -> "i16";
            case I32 -> "i32";
            case I64 -> "i64";
            case F16 -> "half";
            case F32 -> "float";
            case F64 -> "double";
        };
    }

    /** {@return a scalar type as it stands in the names of intrinsics} */
    static String suffix(Scalar scalar) {
        return switch (scalar) {
            case BOOL, I8, I16, I32, I64 -> type(scalar);
            case F16 -> "f16";
            case F32 -> "f32";
            case F64 -> "f64";
        };
    }

    /** {@return a literal of a scalar type; floats by their bits, so that nothing is rounded} */
    static String literal(Scalar type, Number value) {
        return switch (type) {
            case BOOL -> value.longValue() != 0 ? "true" : "false";
            case I8, I16, I32, I64 -> Long.toString(value.longValue());
            case F16 -> "0xH%04X".formatted(Float.floatToFloat16(value.floatValue()) & 0xFFFF);
            case F32 -> "0x%016X".formatted(Double.doubleToRawLongBits(value.floatValue()));
            case F64 -> "0x%016X".formatted(Double.doubleToRawLongBits(value.doubleValue()));
        };
    }
}
