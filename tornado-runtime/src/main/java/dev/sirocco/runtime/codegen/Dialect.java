package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;

/** What a code generator of LLVM has, and what must be spelled out for it. */
enum Dialect {
    /** The host: functions that have no instruction are calls of the C library. */
    HOST(true, false, true),
    /** NVIDIA's PTX: no library of functions. */
    PTX(true, true, true),
    /** SPIR-V for OpenCL: all functions are there, but no half precision, and little that knows NaN. */
    SPIRV(false, false, false);

    private final boolean half;
    private final boolean ownFunctions;
    private final boolean knowsNan;

    Dialect(boolean half, boolean ownFunctions, boolean knowsNan) {
        this.half = half;
        this.ownFunctions = ownFunctions;
        this.knowsNan = knowsNan;
    }

    /** {@return whether half precision can be loaded, stored and converted; else it is handled as 16 bits} */
    boolean hasHalf() {
        return half;
    }

    /** {@return whether exp, log, sin, cos, tanh and pow must be spelled out} */
    boolean needsFunctions() {
        return ownFunctions;
    }

    /** {@return whether minima, maxima and conversions to integers treat NaN and zeros as Java does} */
    boolean knowsNan() {
        return knowsNan;
    }

    /** {@return a scalar type as it lies in memory and in variables} */
    String type(Scalar scalar) {
        return scalar == Scalar.F16 && !half ? "i16" : ModuleText.type(scalar);
    }

    /** {@return a literal of a scalar type} */
    String literal(Scalar type, Number value) {
        return type == Scalar.F16 && !half
                ? Short.toString(Float.floatToFloat16(value.floatValue()))
                : ModuleText.literal(type, value);
    }
}
