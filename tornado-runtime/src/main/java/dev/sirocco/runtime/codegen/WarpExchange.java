package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Type.Scalar;

/** How the work-items of a warp combine what each has, in the order of a loop that halves its stride from 16 on. */
final class WarpExchange {
    private WarpExchange() {}

    /** {@return whether elements of a type can be combined so} */
    static boolean has(Binary.Kind kind, Scalar scalar) {
        return (scalar == Scalar.F32 || scalar == Scalar.I32)
                && switch (kind) {
                    case ADD, MIN, MAX -> true;
                    case SUB, MUL, DIV, REM, AND, OR, XOR, SHL, SHR, USHR, POW -> false;
                };
    }

    /**
     * {@return the call that gives what a work-item stores at last: its own value while it is not below a stride}
     *
     * @param value the operand that it has at a stride of 32
     * @param lane  the operand that is its place
     */
    static String call(ModuleText text, FloatMode floats, Binary.Kind kind, Scalar scalar, String value, String lane) {
        String type = ModuleText.type(scalar);
        String name = "sirocco.warp." + kind.name().toLowerCase(java.util.Locale.ROOT) + "." + type;
        String shuffle = text.intrinsic(
                "llvm.nvvm.shfl.sync.down." + ModuleText.suffix(scalar), type, "i32", type, "i32", "i32");
        StringBuilder body = new StringBuilder("define internal " + type + " @" + name + "(" + type
                + " %value, i32 %lane) alwaysinline convergent nounwind {\n");
        String own = "%value";
        for (int stride = WarpReductions.WARP / 2; stride > 0; stride /= 2) {
            body.append("  %other")
                    .append(stride)
                    .append(" = call ")
                    .append(type)
                    .append(' ')
                    .append(shuffle);
            body.append("(i32 -1, ")
                    .append(type)
                    .append(' ')
                    .append(own)
                    .append(", i32 ")
                    .append(stride);
            body.append(", i32 31)\n  %both").append(stride).append(" = ");
            body.append(combine(text, floats, kind, scalar, own, "%other" + stride));
            body.append("\n  %below")
                    .append(stride)
                    .append(" = icmp ult i32 %lane, ")
                    .append(stride);
            body.append("\n  %own").append(stride).append(" = select i1 %below").append(stride);
            body.append(", ").append(type).append(" %both").append(stride);
            body.append(", ").append(type).append(' ').append(own).append('\n');
            own = "%own" + stride;
        }
        body.append("  ret ").append(type).append(' ').append(own).append("\n}\n");
        return "call " + type + " " + text.helper(name, body.toString()) + "(" + type + " " + value + ", i32 " + lane
                + ")";
    }

    private static String combine(
            ModuleText text, FloatMode floats, Binary.Kind kind, Scalar scalar, String own, String other) {
        String type = ModuleText.type(scalar);
        boolean real = scalar.isFloat();
        String operands = own + ", " + other;
        String arguments = "(" + type + " " + own + ", " + type + " " + other + ")";
        return switch (kind) {
            case ADD -> (real ? "fadd " + floats.flags() : "add ") + type + " " + operands;
            case MIN -> "call " + type + " " + extreme(text, real ? "llvm.minimum" : "llvm.smin", scalar) + arguments;
            case MAX -> "call " + type + " " + extreme(text, real ? "llvm.maximum" : "llvm.smax", scalar) + arguments;
            case SUB, MUL, DIV, REM, AND, OR, XOR, SHL, SHR, USHR, POW ->
                throw new IllegalArgumentException(kind + " of " + scalar);
        };
    }

    private static String extreme(ModuleText text, String name, Scalar scalar) {
        String type = ModuleText.type(scalar);
        return text.intrinsic(name + "." + ModuleText.suffix(scalar), type, type, type);
    }
}
