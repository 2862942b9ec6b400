package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;

/** A helper function in plain IR while it is written: straight-line code, inlined wherever it is called. */
final class HelperText {
    private final StringBuilder text = new StringBuilder();
    private final ModuleText module;
    private final Scalar scalar;
    private final String type;
    private int values;

    /**
     * Begins a function of the name with parameters %x, %y … of one type.
     *
     * @param result     LLVM's type of the result
     * @param parameters how many
     */
    HelperText(ModuleText module, String name, String result, Scalar scalar, int parameters) {
        this.module = module;
        this.scalar = scalar;
        this.type = ModuleText.type(scalar);
        text.append("define internal ")
                .append(result)
                .append(" @")
                .append(name)
                .append(parameters == 1 ? "(" + type + " %x)" : "(" + type + " %x, " + type + " %y)")
                .append(" alwaysinline nounwind {\n");
    }

    /** Writes an instruction. {@return its result} */
    String let(String instruction) {
        String name = "%v" + values++;
        text.append("  ").append(name).append(" = ").append(instruction).append('\n');
        return name;
    }

    /** {@return a literal of the function's type} */
    String f(double value) {
        return ModuleText.literal(scalar, value);
    }

    String add(String a, String b) {
        return let("fadd " + type + " " + a + ", " + b);
    }

    String sub(String a, String b) {
        return let("fsub " + type + " " + a + ", " + b);
    }

    String mul(String a, String b) {
        return let("fmul " + type + " " + a + ", " + b);
    }

    String div(String a, String b) {
        return let("fdiv " + type + " " + a + ", " + b);
    }

    /** {@return a·b + c, rounded once} */
    String fma(String a, String b, String c) {
        return intrinsic("llvm.fma", a, b, c);
    }

    /** {@return the result of an intrinsic of the function's type} */
    String intrinsic(String name, String... arguments) {
        String[] parameters = new String[arguments.length];
        StringBuilder given = new StringBuilder();
        for (int i = 0; i < arguments.length; i++) {
            parameters[i] = type;
            given.append(i == 0 ? "" : ", ").append(type).append(' ').append(arguments[i]);
        }
        String function = module.intrinsic(name + "." + ModuleText.suffix(scalar), type, parameters);
        return let("call " + type + " " + function + "(" + given + ")");
    }

    /** {@return a comparison, such as olt} */
    String compare(String condition, String a, String b) {
        return let("fcmp " + condition + " " + type + " " + a + ", " + b);
    }

    String select(String condition, String whenTrue, String whenFalse) {
        return let("select i1 " + condition + ", " + type + " " + whenTrue + ", " + type + " " + whenFalse);
    }

    /** {@return c₀ + x·(c₁ + x·(c₂ + …))} */
    String polynomial(String x, double... coefficients) {
        String sum = f(coefficients[coefficients.length - 1]);
        for (int i = coefficients.length - 2; i >= 0; i--) {
            sum = fma(sum, x, f(coefficients[i]));
        }
        return sum;
    }

    /** Ends the function. {@return its definition} */
    String returning(String typed) {
        return text.append("  ret ").append(typed).append("\n}\n").toString();
    }
}
