package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Op.Unary;
import dev.sirocco.runtime.ir.Type.Scalar;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The functions that code for PTX brings along, run by the host, against StrictMath's: over floats in steps of their
 * bit pattern, and over random doubles.
 */
class TranscendentalTest {
    /** Prime, so that all exponents and mantissas come; {@code -Dsirocco.functions.step=101} takes 42 million. */
    private static final long STEP = Long.getLong("sirocco.functions.step", 20011);

    private static final double LARGEST_ANGLE = 0x1p30;

    /** The functions, where they are tested, and how exact they are. */
    enum Function {
        LOG(Unary.Kind.LOG, StrictMath::log, 0.51, 2),
        SIN(Unary.Kind.SIN, StrictMath::sin, 0.51, 2),
        COS(Unary.Kind.COS, StrictMath::cos, 0.51, 2),
        TANH(Unary.Kind.TANH, StrictMath::tanh, 0.51, 3),
        EXP(Unary.Kind.EXP, StrictMath::exp, 1.01, 2);

        private final Unary.Kind kind;
        private final DoubleUnaryOperator exact;
        private final double floatUlps;
        private final double doubleUlps;

        Function(Unary.Kind kind, DoubleUnaryOperator exact, double floatUlps, double doubleUlps) {
            this.kind = kind;
            this.exact = exact;
            this.floatUlps = floatUlps;
            this.doubleUlps = doubleUlps;
        }

        boolean isDefined(double x) {
            return this != SIN && this != COS || Math.abs(x) <= LARGEST_ANGLE || !Double.isFinite(x);
        }
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void functionsOfFloatsAreAsExactAsStated(Function function) {
        int n = Math.toIntExact((1L << 32) / STEP);
        FloatArray in = new FloatArray(n);
        for (int i = 0; i < n; i++) {
            float x = Float.intBitsToFloat((int) (i * STEP));
            in.set(i, function.isDefined(x) ? x : 1f);
        }
        FloatArray out = (FloatArray) Elementwise.run(
                ElementCode.PTX,
                FloatMode.RELAXED,
                Scalar.F32,
                (k, v) -> k.emit(Scalar.F32, new Op.Unary(function.kind, v.getFirst())),
                List.of(in));
        for (int i = 0; i < n; i++) {
            double exact = function.exact.applyAsDouble(in.get(i));
            float nearest = (float) exact;
            String what = function + "(" + in.get(i) + ") is " + out.get(i) + ", not " + exact;
            if (!Float.isFinite(nearest) || !Float.isFinite(out.get(i))) {
                assertEquals(nearest, out.get(i), what);
            } else {
                assertTrue(Math.abs(out.get(i) - exact) <= function.floatUlps * Math.ulp(nearest), what);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Function.class)
    void functionsOfDoublesAreAsExactAsStated(Function function) {
        int n = 100_000;
        Random random = new Random(9);
        DoubleArray in = new DoubleArray(n);
        for (int i = 0; i < n; i++) {
            double x = i % 2 == 0 ? random.nextGaussian() * 20 : Double.longBitsToDouble(random.nextLong());
            in.set(i, function.isDefined(x) ? x : random.nextDouble());
        }
        DoubleArray out = (DoubleArray) Elementwise.run(
                ElementCode.PTX,
                FloatMode.RELAXED,
                Scalar.F64,
                (k, v) -> k.emit(Scalar.F64, new Op.Unary(function.kind, v.getFirst())),
                List.of(in));
        for (int i = 0; i < n; i++) {
            double exact = function.exact.applyAsDouble(in.get(i));
            String what = function + "(" + in.get(i) + ") is " + out.get(i) + ", not " + exact;
            if (!Double.isFinite(exact) || !Double.isFinite(out.get(i))) {
                assertEquals(exact, out.get(i), what);
            } else {
                assertTrue(Math.abs(out.get(i) - exact) <= function.doubleUlps * Math.ulp(exact), what);
            }
        }
    }

    @Test
    void powersOfFloatsAreRoundedOnce() {
        int n = 100_000;
        Random random = new Random(10);
        FloatArray base = new FloatArray(n);
        FloatArray exponent = new FloatArray(n);
        for (int i = 0; i < n; i++) {
            base.set(i, Float.intBitsToFloat(random.nextInt()));
            exponent.set(i, (float) (random.nextGaussian() * (i % 3 == 0 ? 0.1 : 5)));
            if (i % 4 == 0) {
                exponent.set(i, Math.round(exponent.get(i)));
            }
        }
        FloatArray out = (FloatArray) Elementwise.run(
                ElementCode.PTX,
                FloatMode.RELAXED,
                Scalar.F32,
                (k, v) -> k.emit(Scalar.F32, new Op.Binary(Binary.Kind.POW, v.get(0), v.get(1))),
                List.of(base, exponent));
        for (int i = 0; i < n; i++) {
            double exact = StrictMath.pow(base.get(i), exponent.get(i));
            String what = base.get(i) + "^" + exponent.get(i) + " is " + out.get(i) + ", not " + exact;
            if (!Float.isFinite((float) exact) || !Float.isFinite(out.get(i))) {
                assertEquals((float) exact, out.get(i), what);
            } else {
                assertTrue(Math.abs(out.get(i) - exact) <= 0.51 * Math.ulp((float) exact), what);
            }
        }
    }
}
