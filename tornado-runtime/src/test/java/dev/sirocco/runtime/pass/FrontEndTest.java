package dev.sirocco.runtime.pass;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sirocco.runtime.bytecode.Argument;
import dev.sirocco.runtime.bytecode.Lifter;
import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.ir.Interpreter;
import dev.sirocco.runtime.ir.KernelException;
import dev.sirocco.runtime.ir.Printer;
import dev.sirocco.runtime.ir.Type;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Lifted kernels, run by the IR's interpreter, against the same methods run by the JVM: equal to the bit. */
class FrontEndTest {
    private static Method method(Class<?> owner, String name) {
        return Arrays.stream(owner.getDeclaredMethods())
                .filter(m -> m.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static byte[] bytes(Object array) {
        MemorySegment segment = ((TornadoNativeArray) array).getSegment();
        return segment.toArray(ValueLayout.JAVA_BYTE);
    }

    private static void agrees(String kernel, Object... arguments) throws ReflectiveOperationException {
        Method method = method(SampleKernels.class, kernel);
        List<byte[]> before = new ArrayList<>();
        for (Object argument : arguments) {
            before.add(argument instanceof TornadoNativeArray ? bytes(argument) : null);
        }
        method.invoke(null, arguments);
        List<byte[]> expected = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof TornadoNativeArray array) {
                expected.add(bytes(array));
                array.getSegment().copyFrom(MemorySegment.ofArray(before.get(i)));
            } else {
                expected.add(null);
            }
        }
        Function function = FrontEnd.compile(method, List.of(arguments), null);
        Interpreter.run(function, List.of(arguments));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof TornadoNativeArray array) {
                assertArrayEquals(expected.get(i), bytes(array), () -> kernel + "\n" + Printer.print(function));
            }
        }
    }

    private static FloatArray floats(int n) {
        Random random = new Random(7);
        FloatArray array = new FloatArray(n);
        for (int i = 0; i < n; i++) {
            array.set(i, (float) random.nextGaussian() * 100);
        }
        return array;
    }

    private static IntArray ints(int n) {
        Random random = new Random(11);
        IntArray array = new IntArray(n);
        for (int i = 0; i < n; i++) {
            array.set(i, random.nextInt());
        }
        return array;
    }

    @Test
    void liftsElementwiseLoops() throws Exception {
        agrees("saxpy", floats(17), floats(17), 1.5f);
        agrees("accumulateOrSet", floats(5), floats(5), 0);
        agrees("accumulateOrSet", floats(5), floats(5), 1);
    }

    @Test
    void keepsStartStepAndInclusiveBoundOfParallelLoops() throws Exception {
        for (int n : new int[] {0, 3, 4, 9, 10}) {
            agrees("strided", new IntArray(12), n);
        }
    }

    @Test
    void mapsNestedParallelLoops() throws Exception {
        agrees("transpose", floats(35), new FloatArray(35), 5, 7);
        Function function = FrontEnd.compile(
                method(SampleKernels.class, "transpose"), List.of(floats(35), new FloatArray(35), 5, 7), null);
        assertEquals(List.of(5L, 7L), function.domain());
    }

    @Test
    void liftsSequentialLoopsAndSpecialisesOnScalars() throws Exception {
        agrees("reduceRows", floats(30), new FloatArray(5), 5, 6);
        agrees("reduceRows", floats(15), new FloatArray(5), 5, 3);
        Function function = FrontEnd.compile(
                method(SampleKernels.class, "reduceRows"), List.of(floats(15), new FloatArray(5), 5, 3), null);
        String text = Printer.print(function);
        assertEquals(2, text.split("branch", -1).length - 1, text);
    }

    @Test
    void liftsWhileLoopsOverLongs() throws Exception {
        agrees("collatz", IntArray.fromElements(1, 2, 3, 27, 97, 871), new IntArray(6));
    }

    @Test
    void inlinesHelpers() throws Exception {
        byte[] content = new byte[50];
        new Random(3).nextBytes(content);
        for (int i = 0; i < 50; i += 10) {
            content[i + 1] &= 0x3F;
        }
        agrees("helpers", ByteArray.fromArray(content), new FloatArray(5), 5);
    }

    @Test
    void liftsHalfFloats() throws Exception {
        HalfFloatArray in = new HalfFloatArray(6);
        for (int i = 0; i < 6; i++) {
            in.set(i, new HalfFloat(i * 1.7f - 4));
        }
        agrees("halves", in, new HalfFloatArray(6));
    }

    @Test
    void liftsSwitchesShiftsAndPrivateArrays() throws Exception {
        agrees("switches", ints(40), new IntArray(40));
        agrees("privateArray", ints(23), new IntArray(23));
    }

    @Test
    void liftsOnlyTheCaseThatAnArgumentChoosesInsideLoopsToo() throws Exception {
        for (int format : new int[] {2, 7, 8, 9}) {
            agrees("chosenByArgument", ints(5), new IntArray(5), 5, format);
        }
        Method method = method(SampleKernels.class, "chosenByArgument");
        Function lifted = Lifter.lift(
                        method,
                        List.of(
                                new Argument.Elements(new Type.Array(Type.Scalar.I32, Type.Space.GLOBAL), 5),
                                new Argument.Elements(new Type.Array(Type.Scalar.I32, Type.Space.GLOBAL), 5),
                                new Argument.Literal(Type.Scalar.I32, 5L),
                                new Argument.Literal(Type.Scalar.I32, 7L)))
                .function();
        String text = Printer.print(lifted);
        assertTrue(text.contains("or "), text);
        assertFalse(text.contains("xor ") || text.contains("switch"), text);
    }

    @Test
    void convertsAsJavaDoes() throws Exception {
        FloatArray in = FloatArray.fromElements(
                0f,
                -0f,
                1.9f,
                -1.9f,
                127.5f,
                128f,
                300f,
                -129f,
                3e9f,
                -3e9f,
                1e30f,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY);
        int n = in.getSize();
        agrees("conversions", in, new IntArray(n), new LongArray(n), new ByteArray(n));
    }

    @Test
    void branchesOnNanAsJavaDoes() throws Exception {
        float[] values = {0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY};
        FloatArray a = new FloatArray(36);
        FloatArray b = new FloatArray(36);
        for (int i = 0; i < 36; i++) {
            a.set(i, values[i / 6]);
            b.set(i, values[i % 6]);
        }
        agrees("nanOrder", a, b, new IntArray(36));
    }

    @Test
    void mapsMathematics() throws Exception {
        agrees("mathematics", floats(19), new FloatArray(19));
    }

    @Test
    void readsThreadIdsOfTheKernelContext() {
        IntArray out = new IntArray(5);
        List<Object> arguments = List.of(new KernelContext(), out);
        Interpreter.run(FrontEnd.compile(method(SampleKernels.class, "context"), arguments, null), arguments, 8);
        assertArrayEquals(new int[] {0, 2, 4, 6, 8}, out.toHeapArray());
    }

    @Test
    void compilesEqualSpecialisationsOnce() {
        Method saxpy = method(SampleKernels.class, "saxpy");
        Function first = FrontEnd.compile(saxpy, List.of(floats(9), floats(9), 2f), null);
        assertSame(first, FrontEnd.compile(saxpy, List.of(floats(9), floats(9), 2f), null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "carries | carries sum from one iteration to the next",
                "twoNests | two @Parallel loops one after the other",
                "breaks | break or return out of an @Parallel loop",
                "unknownBound | must be known when the graph is built",
                "throwing | throw: a device has no exceptions",
                "recursive | recursion through fibonacci",
                "staticState | pass it as an argument",
                "library | Float.intBitsToFloat cannot be called from a kernel",
                "effectOutside | effect outside the innermost @Parallel loop",
                "choosesArray | choose between elements, not arrays",
                "countsDown | must count up",
                "allocates | must be known when the kernel is compiled"
            })
    void refusesWithKernelLineAndReason(String kernel, String reason) {
        Method method = method(RefusedKernels.class, kernel);
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : method.getParameterTypes()) {
            arguments.add(
                    type == int.class ? (Object) 4 : type == IntArray.class ? new IntArray(4) : new FloatArray(4));
        }
        KernelException refusal = assertThrows(KernelException.class, () -> FrontEnd.compile(method, arguments, null));
        assertTrue(refusal.getMessage().contains(reason), refusal::getMessage);
        assertTrue(
                refusal.getMessage().matches("kernel RefusedKernels\\.\\w+ \\(line \\d+\\): .*"), refusal::getMessage);
    }
}
