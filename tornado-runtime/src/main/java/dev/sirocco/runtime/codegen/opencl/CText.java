package dev.sirocco.runtime.codegen.opencl;

import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;

/** How types and literals are spelled in OpenCL C. */
final class CText {
    private CText() {}

    /** {@return the type of a value; a half is held as a float of equal value} */
    static String type(Scalar scalar) {
        return switch (scalar) {
            case BOOL -> "bool";
            case I8 -> "char";
            case I16 -> "short";
            case I32 -> "int";
            case I64 -> "long";
            case F16, F32 -> "float";
            case F64 -> "double";
        };
    }

    /** {@return the type in memory} */
    static String element(Scalar scalar) {
        return scalar == Scalar.F16 ? "half" : type(scalar);
    }

    /** {@return the unsigned type of an integer's size} */
    static String unsigned(Scalar scalar) {
        return "u" + type(scalar);
    }

    static String space(Space space) {
        return switch (space) {
            case GLOBAL -> "__global";
            case LOCAL -> "__local";
            case PRIVATE -> "__private";
        };
    }

    /** {@return a literal of a type} */
    static Term literal(Scalar type, Number value) {
        return switch (type) {
            case BOOL -> Term.primary(value.longValue() != 0 ? "true" : "false");
            case I8, I16, I32 ->
                value.longValue() == Integer.MIN_VALUE
                        ? Term.primary("INT_MIN")
                        : signed(Long.toString(value.longValue()));
            case I64 ->
                value.longValue() == Long.MIN_VALUE ? Term.primary("LONG_MIN") : signed(value.longValue() + "L");
            case F16, F32 -> real((double) value.floatValue(), Float.toString(value.floatValue()) + "f");
            case F64 -> real(value.doubleValue(), Double.toString(value.doubleValue()));
        };
    }

    private static Term real(double value, String digits) {
        if (Double.isNaN(value)) {
            return Term.primary("NAN");
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? Term.primary("INFINITY") : Term.unary("-INFINITY");
        }
        return signed(digits);
    }

    private static Term signed(String digits) {
        return digits.startsWith("-") ? Term.unary(digits) : Term.primary(digits);
    }
}
