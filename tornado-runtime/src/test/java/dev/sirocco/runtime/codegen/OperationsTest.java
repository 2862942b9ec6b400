package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Op.Binary;
import dev.sirocco.runtime.ir.Op.Compare.Condition;
import dev.sirocco.runtime.ir.Op.Unary;
import dev.sirocco.runtime.ir.Type.Scalar;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Every operation for every type, on edge values and random ones, against Java: equal to the bit in strict mode. What
 * is generated for GPUs is run by the host.
 */
@ParameterizedClass
@EnumSource(ElementCode.class)
class OperationsTest {
    /** Sines of larger numbers are NaN in code for PTX. */
    private static final double LARGEST_ANGLE = 0x1p45;

    @Parameter
    ElementCode code;

    private static final List<Scalar> INTEGERS = List.of(Scalar.I32, Scalar.I64);
    private static final List<Scalar> FLOATS = List.of(Scalar.F32, Scalar.F64);

    private static List<Number> integers(Scalar type) {
        List<Number> values = new ArrayList<>(List.of(
                0L, 1L, -1L, 2L, -2L, 7L, 31L, 32L, 33L, 63L, 64L, 127L, 128L, -128L, -129L, 255L, 32767L, -32768L));
        values.addAll(List.of(
                (long) Integer.MIN_VALUE,
                (long) Integer.MAX_VALUE,
                Integer.MAX_VALUE + 1L,
                Long.MIN_VALUE,
                Long.MAX_VALUE));
        Random random = new Random(3);
        for (int i = 0; i < 16; i++) {
            values.add(random.nextLong() >> random.nextInt(60));
        }
        return values.stream().<Number>map(v -> cut(type, v.longValue())).toList();
    }

    private static List<Number> floats(Scalar type) {
        List<Number> values = new ArrayList<>(List.of(
                0.0,
                -0.0,
                1.0,
                -1.0,
                0.5,
                -2.5,
                3.0,
                1e-3,
                1e10,
                -1e10,
                3e38,
                1e-40,
                1e-45,
                1e300,
                -1e-310,
                2147483648.0));
        values.addAll(
                List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 9.3e18, -9.3e18, 65504.0));
        values.addAll(List.of(2049.0, 65520.0, 5.9e-8, 2.9e-8, 6.1e-5, 16777217.0, 0.1, 127.5, 300.0, -300.9));
        Random random = new Random(4);
        for (int i = 0; i < 12; i++) {
            values.add(random.nextGaussian() * Math.pow(10, random.nextInt(20) - 10));
        }
        return values.stream()
                .<Number>map(v ->
                        type == Scalar.F64 ? v : type == Scalar.F32 ? (double) v.floatValue() : half(v.floatValue()))
                .toList();
    }

    private static double half(float value) {
        return Float.float16ToFloat(Float.floatToFloat16(value));
    }

    private static long cut(Scalar type, long value) {
        return switch (type) {
            case I8 -> (byte) value;
            case I16 -> (short) value;
            case I32 -> (int) value;
            case BOOL, I64, F16, F32, F64 -> value;
        };
    }

    private static List<Number> values(Scalar type) {
        return type.isFloat() ? floats(type) : integers(type);
    }

    /** Every value with every value: two arrays of n² elements. */
    private static List<TornadoNativeArray> pairs(Scalar type) {
        List<Number> left = new ArrayList<>();
        List<Number> right = new ArrayList<>();
        for (Number a : values(type)) {
            for (Number b : values(type)) {
                left.add(a);
                right.add(b);
            }
        }
        return List.of(Elementwise.filled(type, left), Elementwise.filled(type, right));
    }

    private static void assertSame(Number expected, Number actual, String what) {
        if (expected instanceof Double e && e.isNaN()) {
            assertTrue(((Double) actual).isNaN(), () -> what + " gave " + actual);
        } else {
            assertEquals(expected, actual, what);
        }
    }

    @ParameterizedTest
    @EnumSource(Binary.Kind.class)
    void binaryOperationsOnIntegersAreJavas(Binary.Kind kind) {
        if (kind == Binary.Kind.POW) {
            return;
        }
        for (Scalar type : INTEGERS) {
            List<TornadoNativeArray> pairs = pairs(type);
            TornadoNativeArray out = Elementwise.run(
                    code,
                    FloatMode.STRICT,
                    type,
                    (k, in) -> k.emit(type, new Op.Binary(kind, in.get(0), in.get(1))),
                    pairs);
            for (int i = 0; i < out.getSize(); i++) {
                long a = Elementwise.get(pairs.get(0), i).longValue();
                long b = Elementwise.get(pairs.get(1), i).longValue();
                assertEquals(integer(kind, type, a, b), Elementwise.get(out, i), a + " " + kind + " " + b + " " + type);
            }
        }
    }

    private static long integer(Binary.Kind kind, Scalar type, long a, long b) {
        int x = (int) a;
        int y = (int) b;
        boolean wide = type == Scalar.I64;
        return switch (kind) {
            case ADD -> wide ? a + b : x + y;
            case SUB -> wide ? a - b : x - y;
            case MUL -> wide ? a * b : x * y;
            case DIV -> b == 0 ? 0 : wide ? a / b : x / y;
            case REM -> b == 0 ? 0 : wide ? a % b : x % y;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> wide ? a << b : x << y;
            case SHR -> wide ? a >> b : x >> y;
            case USHR -> wide ? a >>> b : x >>> y;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case POW -> throw new IllegalArgumentException();
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Binary.Kind.class,
            names = {"DIV", "REM", "SHL", "SHR", "USHR", "MUL"})
    void binaryOperationsWithLiteralsAreJavas(Binary.Kind kind) {
        for (Scalar type : INTEGERS) {
            TornadoNativeArray in = Elementwise.filled(type, values(type));
            for (long literal :
                    new long[] {0, 1, -1, 2, 3, -7, 16, 31, 32, 33, 63, 64, 100, cut(type, Long.MIN_VALUE)}) {
                TornadoNativeArray out = Elementwise.run(
                        code,
                        FloatMode.STRICT,
                        type,
                        (k, v) -> k.emit(type, new Op.Binary(kind, v.getFirst(), k.constant(type, literal))),
                        List.of(in));
                for (int i = 0; i < out.getSize(); i++) {
                    long a = Elementwise.get(in, i).longValue();
                    assertEquals(
                            integer(kind, type, a, literal), Elementwise.get(out, i), a + " " + kind + " " + literal);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Binary.Kind.class,
            names = {"ADD", "SUB", "MUL", "DIV", "REM", "MIN", "MAX"})
    void binaryOperationsOnFloatsAreJavas(Binary.Kind kind) {
        if (code == ElementCode.PTX && kind == Binary.Kind.REM) {
            return; // refused, see LaunchTest
        }
        for (Scalar type : FLOATS) {
            List<TornadoNativeArray> pairs = pairs(type);
            TornadoNativeArray out = Elementwise.run(
                    code,
                    FloatMode.STRICT,
                    type,
                    (k, in) -> k.emit(type, new Op.Binary(kind, in.get(0), in.get(1))),
                    pairs);
            for (int i = 0; i < out.getSize(); i++) {
                double a = Elementwise.get(pairs.get(0), i).doubleValue();
                double b = Elementwise.get(pairs.get(1), i).doubleValue();
                assertSame(real(kind, type, a, b), Elementwise.get(out, i), a + " " + kind + " " + b + " " + type);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Binary.Kind.class,
            names = {"MIN", "MAX", "DIV"})
    void relaxedOperationsKeepNaNAndInfinity(Binary.Kind kind) {
        for (Scalar type : FLOATS) {
            List<TornadoNativeArray> pairs = pairs(type);
            TornadoNativeArray out = Elementwise.run(
                    code,
                    FloatMode.RELAXED,
                    type,
                    (k, in) -> k.emit(type, new Op.Binary(kind, in.get(0), in.get(1))),
                    pairs);
            for (int i = 0; i < out.getSize(); i++) {
                double a = Elementwise.get(pairs.get(0), i).doubleValue();
                double b = Elementwise.get(pairs.get(1), i).doubleValue();
                double expected = real(kind, type, a, b);
                double actual = Elementwise.get(out, i).doubleValue();
                boolean zeroSign = kind == Binary.Kind.DIV && b == 0; // the sign of a zero may get lost
                assertSame(
                        zeroSign ? Math.abs(expected) : expected + 0.0,
                        zeroSign ? Math.abs(actual) : actual + 0.0,
                        a + " " + kind + " " + b + " " + type);
            }
        }
    }

    private static double real(Binary.Kind kind, Scalar type, double a, double b) {
        float x = (float) a;
        float y = (float) b;
        boolean wide = type == Scalar.F64;
        return switch (kind) {
            case ADD -> wide ? a + b : x + y;
            case SUB -> wide ? a - b : x - y;
            case MUL -> wide ? a * b : x * y;
            case DIV -> wide ? a / b : x / y;
            case REM -> wide ? a % b : x % y;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
            case POW, AND, OR, XOR, SHL, SHR, USHR -> throw new IllegalArgumentException();
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Unary.Kind.class,
            names = {"NEG", "ABS"})
    void unaryOperationsOnIntegersAreJavas(Unary.Kind kind) {
        for (Scalar type : INTEGERS) {
            TornadoNativeArray in = Elementwise.filled(type, values(type));
            TornadoNativeArray out = Elementwise.run(
                    code,
                    FloatMode.STRICT,
                    type,
                    (k, v) -> k.emit(type, new Op.Unary(kind, v.getFirst())),
                    List.of(in));
            for (int i = 0; i < out.getSize(); i++) {
                long a = Elementwise.get(in, i).longValue();
                long expected = cut(type, kind == Unary.Kind.NEG ? -a : Math.abs(a));
                assertEquals(expected, Elementwise.get(out, i), kind + " " + a);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Unary.Kind.class)
    void unaryOperationsOnFloatsAreJavas(Unary.Kind kind) {
        EnumSet<Unary.Kind> exact =
                EnumSet.of(Unary.Kind.NEG, Unary.Kind.ABS, Unary.Kind.SQRT, Unary.Kind.FLOOR, Unary.Kind.CEIL);
        for (Scalar type : FLOATS) {
            TornadoNativeArray in = Elementwise.filled(type, values(type));
            TornadoNativeArray out = Elementwise.run(
                    code,
                    FloatMode.STRICT,
                    type,
                    (k, v) -> k.emit(type, new Op.Unary(kind, v.getFirst())),
                    List.of(in));
            for (int i = 0; i < out.getSize(); i++) {
                double a = Elementwise.get(in, i).doubleValue();
                double expected = unary(kind, a);
                double actual = Elementwise.get(out, i).doubleValue();
                String what = kind + " " + type + " " + a;
                boolean angle = kind == Unary.Kind.SIN || kind == Unary.Kind.COS;
                if (code == ElementCode.PTX && angle && Math.abs(a) >= LARGEST_ANGLE) {
                    assertTrue(Double.isNaN(actual), what);
                } else if (exact.contains(kind)) {
                    assertSame(type == Scalar.F64 ? expected : (double) (float) expected, actual, what);
                } else {
                    assertWithinUlps(type, expected, actual, kind == Unary.Kind.TANH ? 3 : 2, what);
                }
            }
        }
    }

    private static double unary(Unary.Kind kind, double a) {
        return switch (kind) {
            case NEG -> -a;
            case ABS -> Math.abs(a);
            case SQRT -> Math.sqrt(a);
            case EXP -> StrictMath.exp(a);
            case LOG -> StrictMath.log(a);
            case SIN -> StrictMath.sin(a);
            case COS -> StrictMath.cos(a);
            case TANH -> StrictMath.tanh(a);
            case FLOOR -> Math.floor(a);
            case CEIL -> Math.ceil(a);
        };
    }

    private static void assertWithinUlps(Scalar type, double expected, double actual, double ulps, String what) {
        boolean single = type == Scalar.F32;
        double rounded = single ? (float) expected : expected;
        if (Double.isNaN(rounded) || Double.isInfinite(rounded)) {
            assertSame(rounded, actual, what);
        } else {
            double unit = single ? Math.ulp((float) expected) : Math.ulp(expected);
            assertEquals(expected, actual, ulps * unit, what);
        }
    }

    @ParameterizedTest
    @EnumSource(FloatMode.class)
    void powersAreWithinTwoUlps(FloatMode mode) {
        for (Scalar type : FLOATS) {
            List<TornadoNativeArray> pairs = pairs(type);
            TornadoNativeArray out = Elementwise.run(
                    code,
                    mode,
                    type,
                    (k, in) -> k.emit(type, new Op.Binary(Binary.Kind.POW, in.get(0), in.get(1))),
                    pairs);
            for (int i = 0; i < out.getSize(); i++) {
                double a = Elementwise.get(pairs.get(0), i).doubleValue();
                double b = Elementwise.get(pairs.get(1), i).doubleValue();
                boolean differs = Double.isNaN(b) && a == 1 || Double.isInfinite(b) && Math.abs(a) == 1;
                if (!differs) { // C says 1 where Java says NaN
                    double expected = StrictMath.pow(a, b);
                    boolean wide = code == ElementCode.PTX && type == Scalar.F64;
                    double ulps = wide ? 0x1p-42 * Math.abs(expected) / Math.ulp(expected) + 2 : 2;
                    assertWithinUlps(type, expected, Elementwise.get(out, i).doubleValue(), ulps, a + " ^ " + b);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Condition.class)
    void comparisonsAreJavas(Condition condition) {
        for (FloatMode mode : FloatMode.values()) {
            for (Scalar type : List.of(Scalar.I32, Scalar.I64, Scalar.F32, Scalar.F64)) {
                List<TornadoNativeArray> pairs = pairs(type);
                TornadoNativeArray out = Elementwise.run(
                        code,
                        mode,
                        Scalar.I32,
                        (k, in) -> k.emit(
                                Scalar.I32,
                                new Op.Select(
                                        k.emit(Scalar.BOOL, new Op.Compare(condition, in.get(0), in.get(1))),
                                        k.constant(Scalar.I32, 1L),
                                        k.constant(Scalar.I32, 0L))),
                        pairs);
                for (int i = 0; i < out.getSize(); i++) {
                    Number a = Elementwise.get(pairs.get(0), i);
                    Number b = Elementwise.get(pairs.get(1), i);
                    assertEquals(
                            holds(condition, a, b) ? 1L : 0L, Elementwise.get(out, i), a + " " + condition + " " + b);
                }
            }
        }
    }

    private static boolean holds(Condition condition, Number left, Number right) {
        if (left instanceof Double a && right instanceof Double y) {
            double x = a;
            return switch (condition) {
                case EQ -> x == y;
                case NE -> x != y;
                case LT -> x < y;
                case LE -> x <= y;
                case GT -> x > y;
                case GE -> x >= y;
            };
        }
        int order = Long.compare(left.longValue(), right.longValue());
        return switch (condition) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Scalar.class,
            names = {"BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void conversionsAreJavas(Scalar from) {
        TornadoNativeArray in = Elementwise.filled(from, values(from));
        for (Scalar to : Arrays.asList(Scalar.values()).subList(1, Scalar.values().length)) {
            TornadoNativeArray out = Elementwise.run(
                    code, FloatMode.RELAXED, to, (k, v) -> k.emit(to, new Op.Convert(to, v.getFirst())), List.of(in));
            for (int i = 0; i < out.getSize(); i++) {
                Number a = Elementwise.get(in, i);
                assertSame(converted(from, to, a), Elementwise.get(out, i), from + " " + a + " to " + to);
            }
        }
    }

    private static Number converted(Scalar from, Scalar to, Number value) {
        double d = value.doubleValue();
        int narrow = from.isFloat() ? (int) d : (int) value.longValue();
        return switch (to) {
            case BOOL -> throw new IllegalArgumentException();
            case I8 -> (long) (byte) narrow;
            case I16 -> (long) (short) narrow;
            case I32 -> (long) narrow;
            case I64 -> from.isFloat() ? (long) d : value.longValue();
            case F16 -> half(value.floatValue());
            case F32 -> (double) value.floatValue();
            case F64 -> d;
        };
    }

    @ParameterizedTest
    @EnumSource(
            value = Scalar.class,
            names = {"BOOL"},
            mode = EnumSource.Mode.EXCLUDE)
    void elementsOfAnyTypeAreReadFromBytes(Scalar as) {
        byte[] content = new byte[512];
        new Random(5).nextBytes(content);
        List<Number> raw = new ArrayList<>();
        for (byte b : content) {
            raw.add(b);
        }
        TornadoNativeArray bytes = Elementwise.filled(Scalar.I8, raw);
        int n = 256;
        List<Number> offsets = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            offsets.add((i * 37L) % (512 - 8));
        }
        TornadoNativeArray at = Elementwise.filled(Scalar.I32, offsets);
        TornadoNativeArray out = Reads.run(code, bytes, at, as);
        for (int i = 0; i < n; i++) {
            byte[] expected = Arrays.copyOfRange(
                    content, offsets.get(i).intValue(), offsets.get(i).intValue() + as.sizeBytes());
            byte[] actual = out.getSegment()
                    .asSlice((long) i * as.sizeBytes(), as.sizeBytes())
                    .toArray(ValueLayout.JAVA_BYTE);
            assertEquals(Arrays.toString(expected), Arrays.toString(actual), as + " at " + offsets.get(i));
        }
    }
}
