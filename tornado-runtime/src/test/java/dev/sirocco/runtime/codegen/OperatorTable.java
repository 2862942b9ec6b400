package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Operators of two operands {@code a} and {@code b} of one type, as Java expressions. All are tried on all pairs of
 * numbers.
 *
 * @param operand the operands' type
 * @param result  the expressions' type, to which they are cast
 * @param rows    the expressions
 * @param numbers that both operands take
 */
record OperatorTable(Scalar operand, Scalar result, List<Row> rows, List<Number> numbers) {
    /**
     * An expression.
     *
     * @param java       in {@code a} and {@code b}
     * @param ulps       how far OpenCL lets its result be from the exact one (specification, section 7.4)
     * @param strictUlps how far where a device is asked to round correctly
     */
    record Row(String java, double ulps, double strictUlps) {
        private static Row exact(String java) {
            return new Row(java, 0, 0);
        }
    }

    private static final List<Number> WHOLE = List.of(
            0L,
            1L,
            -1L,
            2L,
            7L,
            -8L,
            31L,
            32L,
            33L,
            -33L,
            63L,
            64L,
            65L,
            127L,
            128L,
            -128L,
            -129L,
            255L,
            32_767L,
            32_768L,
            -32_769L,
            65_535L,
            1_000_003L,
            (long) Integer.MAX_VALUE,
            (long) Integer.MIN_VALUE,
            Integer.MIN_VALUE + 1L,
            0x8000_0000L,
            0xFFFF_FFFFL,
            0x1234_5678_9ABC_DEF0L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            Long.MIN_VALUE + 1);

    private static final List<Number> REAL = List.of(
            0f,
            -0f,
            1f,
            -1f,
            0.5f,
            -2.75f,
            3f,
            0.1f,
            127.5f,
            -128.9f,
            300f,
            65_535.9f,
            -40_000f,
            16_777_217f,
            2_147_483_520f,
            2_147_483_648f,
            -2_147_483_648f,
            -2_147_483_904f,
            9.223_371e18f,
            9.223_372e18f,
            -9.223_373e18f,
            1e20f,
            Float.MAX_VALUE,
            Float.MIN_NORMAL,
            Float.MIN_VALUE,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.NaN);

    /** What functions are tried on: numbers at which none is special. */
    private static final List<Number> MODERATE = List.of(0.01f, 0.3f, 0.75f, 1.5f, 2f, 3.2f, 5f, 7.9f, 11f, 20.5f);

    /** {@return all that kernels may be written with} */
    static Stream<OperatorTable> all() {
        List<OperatorTable> tables = new ArrayList<>();
        for (Scalar type : List.of(Scalar.I32, Scalar.I64)) {
            tables.add(whole(type));
            tables.add(exact(type, Scalar.I32, conditions()));
            tables.add(exact(type, Scalar.I8, "(byte) a", "(byte) (a + b)", "(byte) (a >>> 3)"));
            tables.add(exact(type, Scalar.I16, "(short) a", "(short) (a * b)"));
            tables.add(exact(type, Scalar.F32, "(float) a"));
            tables.add(exact(type, Scalar.F64, "(double) a"));
        }
        tables.add(exact(Scalar.I32, Scalar.I64, "(long) a", "(long) a * b", "a & 0xFFFFFFFFL", "(long) a << b"));
        tables.add(exact(Scalar.I64, Scalar.I32, "(int) a", "(char) a", "(int) (a >>> 32)"));
        for (Scalar type : List.of(Scalar.I8, Scalar.I16)) {
            tables.add(exact(
                    type,
                    Scalar.I32,
                    "a + b",
                    "a * b",
                    "a - b",
                    "-a",
                    "a & 0xFF",
                    "(a & 0xFF) >> 4",
                    "(a & 0xFF) - 200",
                    "a >>> 28",
                    "a << 30 >> 29",
                    "a / 7",
                    "(char) a",
                    "TornadoMath.max(a, b)"));
        }
        for (Scalar type : List.of(Scalar.F32, Scalar.F64)) {
            tables.add(real(type));
            tables.add(exact(type, Scalar.I32, conditions()));
            tables.add(exact(type, Scalar.I32, "(int) a", "(char) a", "(short) a", "(byte) a"));
            tables.add(exact(type, Scalar.I64, "(long) a"));
            tables.add(functions(type));
        }
        tables.add(halves());
        tables.add(exact(Scalar.F16, Scalar.F32, "a.getFloat32()"));
        tables.add(exact(Scalar.F16, Scalar.I32, "a.getFloat32() < b.getFloat32() ? 1 : 0", "(int) a.getFloat32()"));
        tables.add(exact(Scalar.F32, Scalar.F16, "new HalfFloat(a)"));
        tables.add(exact(Scalar.F32, Scalar.F64, "(double) a"));
        tables.add(exact(Scalar.F64, Scalar.F32, "(float) a"));
        return tables.stream();
    }

    private static OperatorTable whole(Scalar type) {
        return exact(
                type,
                type,
                "a + b",
                "a - b",
                "a * b",
                "a / (b == 0 ? 1 : b)",
                "a / 3",
                "a / -1",
                "a / 1000003",
                "a % (b == 0 ? 1 : b)",
                "a % -7",
                "a % 1000003",
                "a << b",
                "a << 33",
                "a << -1",
                "a >> b",
                "a >> 35",
                "a >>> b",
                "a >>> 37",
                "a & b",
                "a | b",
                "a ^ b",
                "~a",
                "-a",
                "a++ + ++a",
                "TornadoMath.min(a, b)",
                "TornadoMath.max(a, b)",
                "TornadoMath.abs(a)");
    }

    private static String[] conditions() {
        return Stream.of("<", "<=", ">", ">=", "==", "!=")
                .map(operator -> "a " + operator + " b ? 1 : 0")
                .toArray(String[]::new);
    }

    private static OperatorTable real(Scalar type) {
        return new OperatorTable(
                type,
                type,
                List.of(
                        Row.exact("a + b"),
                        Row.exact("a - b"),
                        Row.exact("a * b"),
                        new Row("a / b", 2.5, 0),
                        Row.exact("a % b"),
                        Row.exact("-a"),
                        Row.exact("TornadoMath.min(a, b)"),
                        Row.exact("TornadoMath.max(a, b)"),
                        Row.exact("TornadoMath.abs(a)"),
                        Row.exact("TornadoMath.floor(a)"),
                        Row.exact("TornadoMath.ceil(a)"),
                        new Row("TornadoMath.sqrt(a)", 3, 0)),
                REAL);
    }

    /** A quotient of floats that is not rounded correctly may make one of halves another. */
    private static OperatorTable halves() {
        return new OperatorTable(
                Scalar.F16,
                Scalar.F16,
                List.of(
                        Row.exact("HalfFloat.add(a, b)"),
                        Row.exact("HalfFloat.sub(a, b)"),
                        Row.exact("HalfFloat.mult(a, b)"),
                        new Row("HalfFloat.div(a, b)", 1, 0)),
                REAL);
    }

    private static OperatorTable functions(Scalar type) {
        return new OperatorTable(
                type,
                type,
                List.of(
                        new Row("TornadoMath.exp(a)", 3, 3),
                        new Row("TornadoMath.log(a)", 3, 3),
                        new Row("TornadoMath.sin(a)", 4, 4),
                        new Row("TornadoMath.cos(a)", 4, 4),
                        new Row("TornadoMath.tanh(a)", 5, 5),
                        new Row("TornadoMath.pow(a, b)", 16, 16)),
                MODERATE);
    }

    private static OperatorTable exact(Scalar operand, Scalar result, String... expressions) {
        List<Row> rows = Arrays.stream(expressions).map(Row::exact).toList();
        return new OperatorTable(operand, result, rows, operand.isFloat() ? REAL : WHOLE);
    }

    /** {@return the number of pairs} */
    int pairs() {
        return numbers.size() * numbers.size();
    }

    /** {@return a kernel that writes the result of row r for pair i at {@code r * pairs() + i}} */
    String kernel(String name) {
        StringBuilder text = new StringBuilder("static void NAME(ARRAY as, ARRAY bs, OUT out) {\n"
                .replace("NAME", name)
                .replace("ARRAY", array(operand))
                .replace("OUT", array(result)));
        text.append("    for (@Parallel int i = 0; i < ").append(pairs()).append("; i++) {\n");
        for (int row = 0; row < rows.size(); row++) {
            text.append("        {\n            TYPE a = as.get(i);\n            TYPE b = bs.get(i);\n"
                    .replace("TYPE", java(operand)));
            text.append("            out.set(" + row * pairs() + " + i, (" + java(result) + ") ("
                    + rows.get(row).java() + "));\n        }\n");
        }
        return text.append("    }\n}\n").toString();
    }

    private static String java(Scalar type) {
        return switch (type) {
            case I8 -> "byte";
            case I16 -> "short";
            case I32 -> "int";
            case I64 -> "long";
            case F32 -> "float";
            case F64 -> "double";
            case F16 -> "HalfFloat";
            case BOOL -> throw new IllegalArgumentException(type + " is no type of operands");
        };
    }

    /** {@return the class of arrays of a type} */
    private static String array(Scalar type) {
        String java = java(type);
        return Character.toUpperCase(java.charAt(0)) + java.substring(1) + "Array";
    }

    boolean hasDoubles() {
        return operand == Scalar.F64 || result == Scalar.F64;
    }

    boolean hasFloats() {
        return operand.isFloat() || result.isFloat();
    }

    @Override
    public String toString() {
        String last = rows.size() == 1 ? "" : " … " + rows.getLast().java();
        return java(operand) + " to " + java(result) + ": " + rows.getFirst().java() + last;
    }
}
