package dev.sirocco.runtime.fuzz;

import java.util.List;

/** The types that random kernels calculate with, the arrays that hold them, and values that are worth a try. */
enum ScalarKind {
    INT(
            "int",
            "ints",
            "outInts",
            List.of("0", "1", "-1", "2", "7", "-128", "255", "0x7FFFFFFF", "0x80000000", "65535", "31")),
    LONG(
            "long",
            "longs",
            "outLongs",
            List.of("0L", "1L", "-1L", "3L", "0xFFFFFFFFL", "Long.MIN_VALUE", "Long.MAX_VALUE", "63L")),
    FLOAT("float", "floats", "outFloats", List.of("0f", "1f", "-1f", "0.5f", "3f", "-2.75f", "1e9f", "-1e10f", "100f")),
    DOUBLE("double", "doubles", "outDoubles", List.of("0.0", "1.0", "-1.0", "0.1", "1e18", "-3.5", "2.0"));

    private final String java;
    private final String input;
    private final String output;
    private final List<String> literals;

    ScalarKind(String java, String input, String output, List<String> literals) {
        this.java = java;
        this.input = input;
        this.output = output;
        this.literals = literals;
    }

    /** {@return the type in Java} */
    String java() {
        return java;
    }

    /** {@return the parameter that is read} */
    String input() {
        return input;
    }

    /** {@return the parameter that is written} */
    String output() {
        return output;
    }

    /** {@return constants in Java, the edges of the type among them} */
    List<String> literals() {
        return literals;
    }

    boolean isWhole() {
        return this == INT || this == LONG;
    }
}
