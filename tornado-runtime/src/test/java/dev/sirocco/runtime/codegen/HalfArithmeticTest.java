package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sirocco.runtime.codegen.opencl.OpenClEmitter;
import dev.sirocco.runtime.codegen.opencl.OpenClTarget;
import dev.sirocco.runtime.hosted.Clang;
import dev.sirocco.runtime.hosted.HostedCode;
import dev.sirocco.runtime.hosted.PtxAssembler;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.llvm.DeviceCompiler;
import dev.sirocco.runtime.llvm.HostCompiler;
import dev.sirocco.runtime.llvm.LlvmLibrary;
import dev.sirocco.runtime.llvm.NvidiaArchitecture;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Arithmetic on halves rounds each result to the nearest, ties to even, whatever it is generated as. */
class HalfArithmeticTest {
    /** An OpenCL device with half arithmetic. */
    private static final OpenClTarget WITH_HALVES = new OpenClTarget(true, true, false, true, false, false);

    private static final int OPERATIONS = 6;

    /** Zeros, ties, the least and largest of the small and of the normal, and what is no number. */
    private static final short[] EDGES = {
        0x0000,
        (short) 0x8000,
        0x0001,
        (short) 0x8001,
        0x0002,
        0x0003,
        0x03FF,
        0x0400,
        0x0401,
        (short) 0x83FF,
        (short) 0x8400,
        0x1400,
        0x1001,
        0x2BFF,
        0x2C00,
        0x3555,
        0x3BFF,
        0x3C00,
        0x3C01,
        0x3C03,
        (short) 0xBC00,
        0x3E00,
        0x4000,
        0x4200,
        0x4248,
        0x5640,
        0x6400,
        0x6401,
        0x67FF,
        0x6800,
        (short) 0xE801,
        0x7800,
        0x7BFE,
        0x7BFF,
        (short) 0xFBFF,
        0x7C00,
        (short) 0xFC00,
        0x7E00,
    };

    static void operators(HalfFloatArray a, HalfFloatArray b, HalfFloatArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            HalfFloat x = a.get(i);
            HalfFloat y = b.get(i);
            out.set(i, HalfFloat.add(x, y));
            out.set(n + i, HalfFloat.sub(x, y));
            out.set(2 * n + i, HalfFloat.mult(x, y));
            out.set(3 * n + i, HalfFloat.div(x, y));
            out.set(4 * n + i, HalfFloat.sub(HalfFloat.mult(x, y), HalfFloat.add(x, y)));
            out.set(5 * n + i, HalfFloat.mult(HalfFloat.add(x, new HalfFloat(0.5f)), y));
        }
    }

    /** Halves are compared and converted as floats of equal value. */
    static void comparisons(HalfFloatArray a, HalfFloatArray b, IntArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            float x = a.get(i).getFloat32();
            float y = b.get(i).getFloat32();
            int less = x < y ? 1 : 0;
            int atMost = x <= y ? 2 : 0;
            int equal = x == y ? 4 : 0;
            int different = x != y ? 8 : 0;
            out.set(i, less + atMost + equal + different + 16 * (int) x);
        }
    }

    static void fromFloats(FloatArray x, HalfFloatArray out, int n) {
        for (@Parallel int i = 0; i < n; i++) {
            out.set(i, new HalfFloat(x.get(i)));
        }
    }

    /** Left operands, or right ones: every edge with every edge, then random bits. */
    private static HalfFloatArray operands(boolean left) {
        int random = 60_000;
        int edges = EDGES.length * EDGES.length;
        Random bits = new Random(left ? 11 : 12);
        HalfFloatArray array = new HalfFloatArray(edges + random);
        for (int i = 0; i < array.getSize(); i++) {
            short edge = EDGES[(left ? i / EDGES.length : i) % EDGES.length];
            array.set(i, new HalfFloat(i < edges ? edge : (short) bits.nextInt()));
        }
        return array;
    }

    private static Function function(String kernel, Object... arguments) {
        Method method = Arrays.stream(HalfArithmeticTest.class.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        return FrontEnd.compile(method, List.of(arguments), null);
    }

    /** NaN has many forms; any will do. */
    private static void assertSame(HalfFloatArray expected, HalfFloatArray actual, HalfFloatArray a, HalfFloatArray b) {
        int n = a.getSize();
        for (int i = 0; i < expected.getSize(); i++) {
            int at = i;
            assertEquals(
                    expected.get(i).getFloat32(),
                    actual.get(i).getFloat32(),
                    () -> "operation " + at / n + " of " + a.get(at % n) + " and " + b.get(at % n));
        }
    }

    private static HalfFloatArray expectedOperators(HalfFloatArray a, HalfFloatArray b) {
        HalfFloatArray expected = new HalfFloatArray(OPERATIONS * a.getSize());
        operators(a, b, expected, a.getSize());
        return expected;
    }

    @Test
    void theReferenceRoundsTheExactResultOnce() {
        HalfFloatArray a = operands(true);
        HalfFloatArray b = operands(false);
        int finite = 0;
        for (int i = 0; i < a.getSize(); i++) {
            double x = a.get(i).getFloat32();
            double y = b.get(i).getFloat32();
            if (Double.isFinite(x) && Double.isFinite(y)) {
                finite++;
                BigDecimal left = new BigDecimal(x);
                BigDecimal right = new BigDecimal(y);
                assertNearest(left.add(right), HalfFloat.add(a.get(i), b.get(i)));
                assertNearest(left.subtract(right), HalfFloat.sub(a.get(i), b.get(i)));
                assertNearest(left.multiply(right), HalfFloat.mult(a.get(i), b.get(i)));
            }
        }
        assertTrue(finite > 50_000, () -> "most of them should be finite");
    }

    /** No half is nearer, and of two that are as near this one is even. */
    private static void assertNearest(BigDecimal exact, HalfFloat rounded) {
        short bits = rounded.getHalfFloatValue();
        int magnitude = bits & 0x7FFF;
        BigDecimal distance = value(magnitude).subtract(exact.abs()).abs();
        for (int other : new int[] {magnitude - 1, magnitude + 1}) {
            if (other >= 0 && other <= 0x7C00) {
                int order =
                        distance.compareTo(value(other).subtract(exact.abs()).abs());
                assertTrue(order < 0 || order == 0 && (magnitude & 1) == 0, () -> exact + " was rounded to " + rounded);
            }
        }
        assertTrue(exact.signum() == 0 || exact.signum() < 0 == bits < 0, () -> exact + " became " + rounded);
    }

    /** Infinity stands where the next half would be. */
    private static BigDecimal value(int magnitude) {
        return magnitude == 0x7C00 ? new BigDecimal(0x1p16) : new BigDecimal(Float.float16ToFloat((short) magnitude));
    }

    @ParameterizedTest
    @EnumSource(ElementCode.class)
    void operatorsRoundEachResult(ElementCode code) {
        HalfFloatArray a = operands(true);
        HalfFloatArray b = operands(false);
        HalfFloatArray out = new HalfFloatArray(OPERATIONS * a.getSize());
        code.run(function("operators", a, b, out, a.getSize()), List.of(a, b, out), FloatMode.STRICT);
        assertSame(expectedOperators(a, b), out, a, b);
    }

    @ParameterizedTest
    @EnumSource(ElementCode.class)
    void comparisonsAndConversionsAreThoseOfFloats(ElementCode code) {
        HalfFloatArray a = operands(true);
        HalfFloatArray b = operands(false);
        int n = a.getSize();
        IntArray expected = new IntArray(n);
        comparisons(a, b, expected, n);
        IntArray out = new IntArray(n);
        code.run(function("comparisons", a, b, out, n), List.of(a, b, out), FloatMode.RELAXED);
        for (int i = 0; i < n; i++) {
            int at = i;
            assertEquals(expected.get(i), out.get(i), () -> a.get(at) + " and " + b.get(at));
        }
    }

    @ParameterizedTest
    @EnumSource(ElementCode.class)
    void floatsAreRoundedToTheNearestHalf(ElementCode code) {
        Random random = new Random(13);
        int n = 50_000;
        FloatArray x = new FloatArray(n);
        for (int i = 0; i < n; i++) {
            float half = Float.float16ToFloat((short) random.nextInt());
            float next = Float.float16ToFloat((short) (Float.floatToFloat16(half) + 1));
            float tie = (half + next) / 2;
            x.set(i, i % 3 == 0 ? tie : i % 3 == 1 ? Math.nextUp(tie) : Float.intBitsToFloat(random.nextInt()));
        }
        HalfFloatArray out = new HalfFloatArray(n);
        code.run(function("fromFloats", x, out, n), List.of(x, out), FloatMode.RELAXED);
        for (int i = 0; i < n; i++) {
            int at = i;
            assertEquals(
                    Float.float16ToFloat(Float.floatToFloat16(x.get(i))),
                    out.get(i).getFloat32(),
                    () -> "" + x.get(at));
        }
    }

    @Test
    void openClWithHalfArithmeticRoundsEachResult() {
        assumeTrue(Clang.find().isPresent(), Clang.REMEDY);
        HalfFloatArray a = operands(true);
        HalfFloatArray b = operands(false);
        HalfFloatArray out = new HalfFloatArray(OPERATIONS * a.getSize());
        ElementCode.run(
                HostedCode.openCl(Clang.find().orElseThrow(), WITH_HALVES),
                function("operators", a, b, out, a.getSize()),
                List.of(a, b, out),
                FloatMode.STRICT);
        assertSame(expectedOperators(a, b), out, a, b);
    }

    @Test
    void openClHasHalfArithmeticWhereTheDeviceHasIt() {
        HalfFloatArray halves = new HalfFloatArray(OPERATIONS);
        Function function = function("operators", halves, halves, halves, 1);
        Launch launch = Launch.of(function, List.of(halves, halves, halves, 1), null, FloatMode.STRICT);
        String with = OpenClEmitter.emit(function, launch, WITH_HALVES);
        assertTrue(with.contains("#pragma OPENCL EXTENSION cl_khr_fp16 : enable"), with);
        assertTrue(with.contains("(half) x * (half) y"), with);
        String without = OpenClEmitter.emit(function, launch, OpenClTarget.CORE);
        assertTrue(!without.contains("cl_khr_fp16") && !without.contains("(half)"), without);
    }

    /** Quotients are made in 32 bits, which PTX has no half instruction for. */
    @ParameterizedTest
    @EnumSource(
            value = NvidiaArchitecture.class,
            names = {"VOLTA", "TURING", "AMPERE", "HOPPER"})
    void ptxHasInstructionsOfHalves(NvidiaArchitecture card) {
        HalfFloatArray halves = new HalfFloatArray(OPERATIONS);
        Function function = function("operators", halves, halves, halves, 1);
        Launch launch = Launch.of(function, List.of(halves, halves, halves, 1), null, FloatMode.RELAXED);
        HostCompiler host =
                assertInstanceOf(LlvmLibrary.Present.class, LlvmLibrary.get()).host();
        PtxTarget target = new PtxTarget();
        byte[] ptx = DeviceCompiler.ptx(host, card)
                .compile(LlvmEmitter.emit(function, launch, target), target.symbol(function), null);
        String text = new String(ptx, StandardCharsets.UTF_8);
        for (String instruction : List.of("add.rn.f16", "sub.rn.f16", "mul.rn.f16", "div.rn.f32")) {
            assertTrue(text.contains(instruction), () -> "no " + instruction + " in\n" + text);
        }
        assumeTrue(PtxAssembler.find().isPresent(), PtxAssembler.REMEDY);
        PtxAssembler.find().orElseThrow().assemble(ptx, card);
    }
}
