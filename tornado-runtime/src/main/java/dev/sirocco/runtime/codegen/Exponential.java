package dev.sirocco.runtime.codegen;

import dev.sirocco.runtime.ir.Type.Scalar;

/**
 * e^x for 32-bit floats in plain IR, so that every target has it and loops over it can be vectorised.
 *
 * <p>x = n·ln 2 + r with |r| ≤ ln 2 / 2; e^r = 1 + r + r²·q(r) with q of degree 4 (minimax fit, relative error
 * 3.1e-9); 2^n is multiplied in two steps, so that results below the smallest normal number are rounded once. n comes
 * from adding 1.5·2^23, which leaves it in the low bits. The logarithm of 2 is split so that n times its upper part
 * is exact. At most 1.01 ulp from the exact value, measured over all floats; NaN stays NaN.
 */
final class Exponential {
    static final String NAME = "sirocco.exp.f32";

    private static final float MAGIC = 12582912f;
    private static final float LOWEST = -104.5f;
    private static final float HIGHEST = 89f;
    private static final float LOG2_E = 1.44269504f;
    private static final float LN2_UPPER = 0.693359375f;
    private static final float LN2_LOWER = -2.12194442e-4f;
    private static final float[] Q = {0.49999994f, 0.16666521f, 0.041668389f, 0.0083687454f, 0.0013814541f};

    private Exponential() {}

    static String definition() {
        StringBuilder text = new StringBuilder();
        text.append("define internal float @").append(NAME).append("(float %x) alwaysinline nounwind {\n");
        line(text, "%low = fcmp olt float %x, " + f(LOWEST));
        line(text, "%raised = select i1 %low, float " + f(LOWEST) + ", float %x");
        line(text, "%high = fcmp ogt float %raised, " + f(HIGHEST));
        line(text, "%c = select i1 %high, float " + f(HIGHEST) + ", float %raised");
        line(text, "%shifted = " + fma("%c", f(LOG2_E), f(MAGIC)));
        line(text, "%n = fsub float %shifted, " + f(MAGIC));
        line(text, "%r.upper = " + fma("%n", f(-LN2_UPPER), "%c"));
        line(text, "%r = " + fma("%n", f(-LN2_LOWER), "%r.upper"));
        String q = f(Q[Q.length - 1]);
        for (int i = Q.length - 2; i >= 0; i--) {
            line(text, "%q" + i + " = " + fma(q, "%r", f(Q[i])));
            q = "%q" + i;
        }
        line(text, "%r2 = fmul float %r, %r");
        line(text, "%tail = " + fma(q, "%r2", "%r"));
        line(text, "%p = fadd float %tail, " + f(1f));
        line(text, "%bits = bitcast float %shifted to i32");
        line(text, "%exponent = sub i32 %bits, " + Float.floatToRawIntBits(MAGIC));
        line(text, "%half = ashr i32 %exponent, 1");
        line(text, "%rest = sub i32 %exponent, %half");
        scale(text, "%half", "1");
        scale(text, "%rest", "2");
        line(text, "%p1 = fmul float %p, %scale1");
        line(text, "%p2 = fmul float %p1, %scale2");
        line(text, "ret float %p2");
        return text.append("}\n").toString();
    }

    private static void scale(StringBuilder text, String exponent, String suffix) {
        line(text, "%biased" + suffix + " = add i32 " + exponent + ", 127");
        line(text, "%field" + suffix + " = shl i32 %biased" + suffix + ", 23");
        line(text, "%scale" + suffix + " = bitcast i32 %field" + suffix + " to float");
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append('\n');
    }

    private static String fma(String a, String b, String c) {
        return "call float @llvm.fmuladd.f32(float " + a + ", float " + b + ", float " + c + ")";
    }

    private static String f(float value) {
        return ModuleText.literal(Scalar.F32, value);
    }
}
