package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;

/**
 * exp, log, sin, cos, tanh and pow in plain IR, for targets that have no library of functions. All work in double
 * precision, on series whose coefficients are exact fractions; the 32-bit functions round the result once, so that they
 * are within 0.51 ulp (0.5 is the best there can be). The 64-bit functions are within 2 ulp, tanh within 3, and pow
 * within a relative error of 2^−42, because the rounded logarithm is multiplied by the exponent.
 *
 * <p>Sine and cosine reduce by π/2 in three parts, which is good for arguments up to 2^30 in magnitude; beyond 2^45
 * the result is NaN rather than a number that means nothing.
 */
final class Transcendental {
    private static final double MAGIC = 0x1.8p52; // leaves a small integer in the low bits of a sum
    private static final double LOG2_E = 0x1.71547652b82fep0;
    private static final double LN2_UPPER = 0x1.62e42feep-1; // 32 bits, so that its product with n is exact
    private static final double LN2_LOWER = 0x1.a39ef35793c76p-33;
    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    private static final double HALF_PI_UPPER = 0x1.921fb54442d18p0;
    private static final double HALF_PI_MIDDLE = 0x1.1a62633145c07p-54;
    private static final double HALF_PI_LOWER = -0x1.f1976b7ed8fbcp-110;

    private Transcendental() {}

    /** {@return the last instruction of a function's call} */
    static String call(ModuleText text, String name, Scalar scalar, String... operands) {
        String given = arguments(scalar, operands);
        String type = ModuleText.type(scalar);
        String symbol = define(text, name);
        if (scalar == Scalar.F64) {
            return "call double @" + symbol + "(" + given + ")";
        }
        String single = "sirocco." + name + ".f32";
        HelperText wrapper = new HelperText(text, single, type, scalar, operands.length);
        String[] wide = new String[operands.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = wrapper.let("fpext float " + (i == 0 ? "%x" : "%y") + " to double");
        }
        String result = wrapper.let("call double @" + symbol + "(" + arguments(Scalar.F64, wide) + ")");
        String rounded = wrapper.let("fptrunc double " + result + " to float");
        return "call float " + text.helper(single, wrapper.returning("float " + rounded)) + "(" + given + ")";
    }

    private static String arguments(Scalar scalar, String... operands) {
        StringBuilder arguments = new StringBuilder();
        for (String operand : operands) {
            arguments
                    .append(arguments.isEmpty() ? "" : ", ")
                    .append(ModuleText.type(scalar))
                    .append(' ');
            arguments.append(operand);
        }
        return arguments.toString();
    }

    private static String define(ModuleText text, String name) {
        String symbol = "sirocco." + name + ".f64";
        HelperText f = new HelperText(text, symbol, "double", Scalar.F64, name.equals("pow") ? 2 : 1);
        String result = switch (name) {
            case "exp" -> exp(f, "%x");
            case "log" -> log(f, "%x");
            case "sin" -> sine(f, "%x", 0);
            case "cos" -> sine(f, "%x", 1);
            case "tanh" -> tanh(f, "%x");
            case "pow" -> pow(f, "%x", "%y");
            default -> throw new IllegalArgumentException(name);
        };
        text.helper(symbol, f.returning("double " + result));
        return symbol;
    }

    /** x = n·ln 2 + r; e^x = 2^n · Σ r^k / k!. */
    private static String exp(HelperText f, String x) {
        String raised = f.select(f.compare("olt", x, f.f(-746)), f.f(-746), x);
        String clamped = f.select(f.compare("ogt", raised, f.f(710)), f.f(710), raised);
        String shifted = f.fma(clamped, f.f(LOG2_E), f.f(MAGIC));
        String n = f.sub(shifted, f.f(MAGIC));
        String r = f.fma(n, f.f(-LN2_LOWER), f.fma(n, f.f(-LN2_UPPER), clamped));
        String p = f.polynomial(r, factorials(0, 1, 14));
        String bits = f.let("bitcast double " + shifted + " to i64");
        String exponent = f.let("sub i64 " + bits + ", " + Double.doubleToRawLongBits(MAGIC));
        String half = f.let("ashr i64 " + exponent + ", 1");
        String rest = f.let("sub i64 " + exponent + ", " + half);
        return f.mul(f.mul(p, power(f, half)), power(f, rest));
    }

    private static String power(HelperText f, String exponent) {
        String biased = f.let("add i64 " + exponent + ", 1023");
        return f.let("bitcast i64 " + f.let("shl i64 " + biased + ", 52") + " to double");
    }

    /** x = 2^k·m, √½ ≤ m < √2; with s = (m−1)/(m+1), ln m = 2s·Σ s^2i / (2i+1). */
    private static String log(HelperText f, String x) {
        String tiny = f.compare("olt", x, f.f(Double.MIN_NORMAL));
        String scaled = f.select(tiny, f.mul(x, f.f(0x1p54)), x);
        String bits = f.let("bitcast double " + scaled + " to i64");
        long root = Double.doubleToRawLongBits(Math.sqrt(0.5));
        String above = f.let("sub i64 " + bits + ", " + root);
        String k = f.let("ashr i64 " + above + ", 52");
        String fraction = f.let("and i64 " + above + ", " + 0x000f_ffff_ffff_ffffL);
        String m = f.let("bitcast i64 " + f.let("add i64 " + fraction + ", " + root) + " to double");
        String adjusted = f.let("sub i64 " + k + ", " + f.let("select i1 " + tiny + ", i64 54, i64 0"));
        String n = f.let("sitofp i64 " + adjusted + " to double");
        String less = f.sub(m, f.f(1));
        String s = f.div(less, f.add(m, f.f(1)));
        String z = f.mul(s, s);
        double[] odd = new double[12];
        for (int i = 0; i < odd.length; i++) {
            odd[i] = 1.0 / (2 * i + 3);
        }
        // ln m = f − s·(f − 2z·Σ): exact in its large part, f = m − 1
        String series = f.mul(f.mul(z, f.f(2)), f.polynomial(z, odd));
        String correction = f.fma(s, f.sub(less, series), f.mul(n, f.f(-LN2_LOWER)));
        String result = f.fma(n, f.f(LN2_UPPER), f.sub(less, correction));
        String finite = f.select(f.compare("oeq", x, f.f(Double.POSITIVE_INFINITY)), x, result);
        String negative = f.select(f.compare("oge", x, f.f(0)), finite, f.f(Double.NaN));
        return f.select(f.compare("oeq", x, f.f(0)), f.f(Double.NEGATIVE_INFINITY), negative);
    }

    /** x = n·π/2 + r, |r| ≤ π/4; which series with which sign depends on n + shift modulo 4. */
    private static String sine(HelperText f, String x, int shift) {
        String shifted = f.fma(x, f.f(TWO_OVER_PI), f.f(MAGIC));
        String n = f.sub(shifted, f.f(MAGIC));
        String r = f.fma(n, f.f(-HALF_PI_UPPER), x);
        r = f.fma(n, f.f(-HALF_PI_MIDDLE), r);
        r = f.fma(n, f.f(-HALF_PI_LOWER), r);
        String z = f.mul(r, r);
        double[] sine = alternate(factorials(3, 2, 8), -1);
        double[] cosine = alternate(factorials(4, 2, 8), 1);
        String sin = f.fma(f.mul(r, z), f.polynomial(z, sine), r);
        String high = f.fma(z, f.f(-0.5), f.f(1));
        String low = f.fma(z, f.f(-0.5), f.sub(f.f(1), high));
        String cos = f.add(high, f.fma(f.mul(z, z), f.polynomial(z, cosine), low));
        String bits = f.let("bitcast double " + shifted + " to i64");
        String quadrant = f.let("add i64 " + bits + ", " + shift);
        String swapped = f.let("trunc i64 " + quadrant + " to i1");
        String value = f.select(swapped, cos, sin);
        String turned = f.let("trunc i64 " + f.let("lshr i64 " + quadrant + ", 1") + " to i1");
        String signed = f.select(turned, f.let("fneg double " + value), value);
        String known = f.compare("olt", f.intrinsic("llvm.fabs", x), f.f(0x1p45));
        return f.select(known, signed, f.f(Double.NaN));
    }

    /** With e = e^2|x| − 1, tanh |x| = e / (e + 2). */
    private static String tanh(HelperText f, String x) {
        String magnitude = f.intrinsic("llvm.fabs", x);
        String twice = f.add(magnitude, magnitude);
        String limited = f.select(f.compare("ogt", twice, f.f(50)), f.f(50), twice);
        String small = f.mul(limited, f.polynomial(limited, factorials(1, 1, 15)));
        String large = f.sub(exp(f, limited), f.f(1));
        String e = f.select(f.compare("olt", limited, f.f(0.5)), small, large);
        return f.intrinsic("llvm.copysign", f.div(e, f.add(e, f.f(2))), x);
    }

    /** e^(y·ln |x|), with the sign of odd powers; NaN for other powers of negative numbers. */
    private static String pow(HelperText f, String x, String y) {
        String result = exp(f, f.mul(y, log(f, f.intrinsic("llvm.fabs", x))));
        String whole = f.compare("oeq", f.intrinsic("llvm.floor", y), y);
        String half = f.mul(y, f.f(0.5));
        String odd = f.let("and i1 " + whole + ", " + f.compare("one", f.intrinsic("llvm.floor", half), half));
        String signed = f.select(odd, f.intrinsic("llvm.copysign", result, x), result);
        String finite = f.compare("one", x, f.f(Double.NEGATIVE_INFINITY));
        String negative = f.let("and i1 " + f.compare("olt", x, f.f(0)) + ", " + finite);
        String undefined = f.let("and i1 " + negative + ", " + f.let("xor i1 " + whole + ", true"));
        String defined = f.select(undefined, f.f(Double.NaN), signed);
        return f.select(f.compare("oeq", y, f.f(0)), f.f(1), defined);
    }

    /** {@return 1/first!, 1/(first + step)! …} */
    private static double[] factorials(int first, int step, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            double factorial = 1;
            for (int k = 2; k <= first + i * step; k++) {
                factorial *= k;
            }
            values[i] = 1 / factorial;
        }
        return values;
    }

    private static double[] alternate(double[] values, int sign) {
        double[] alternating = values.clone();
        for (int i = 0; i < values.length; i++) {
            alternating[i] *= i % 2 == 0 ? sign : -sign;
        }
        return alternating;
    }
}
