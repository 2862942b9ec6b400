package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import dev.sirocco.runtime.pass.SampleKernels;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Kernels lifted from bytecode and compiled in strict mode against the same methods run by the JVM: equal to the bit.
 */
class SampleKernelsTest {
    private static final int[] SIZES = {1, 2, 7, 16, 33, 100, 1023};

    private static byte[] bytes(TornadoNativeArray array) {
        return array.getSegment().toArray(ValueLayout.JAVA_BYTE);
    }

    private static void agrees(String kernel, Object... arguments) throws ReflectiveOperationException {
        Method method = Arrays.stream(SampleKernels.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
        List<TornadoNativeArray> arrays = new ArrayList<>();
        for (Object argument : arguments) {
            if (argument instanceof TornadoNativeArray array) {
                arrays.add(array);
            }
        }
        List<byte[]> before = arrays.stream().map(SampleKernelsTest::bytes).toList();
        method.invoke(null, arguments);
        List<byte[]> expected = arrays.stream().map(SampleKernelsTest::bytes).toList();
        for (int i = 0; i < arrays.size(); i++) {
            arrays.get(i).getSegment().copyFrom(MemorySegment.ofArray(before.get(i)));
        }
        Function function = FrontEnd.compile(method, List.of(arguments), null);
        HostKernel.compile(function, List.of(arguments), FloatMode.STRICT).run();
        for (int i = 0; i < arrays.size(); i++) {
            assertArrayEquals(expected.get(i), bytes(arrays.get(i)), kernel);
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

    private static ByteArray bytes(int n) {
        byte[] content = new byte[n];
        new Random(13).nextBytes(content);
        return ByteArray.fromArray(content);
    }

    @Test
    void elementwiseLoopsAgree() throws Exception {
        for (int n : SIZES) {
            agrees("saxpy", floats(n), floats(n), 1.7f);
            agrees("strided", new IntArray(n + 1), n);
            agrees("mathematics", floats(n), new FloatArray(n));
            agrees("accumulateOrSet", floats(n), floats(n), 1);
        }
    }

    @Test
    void anArrayMayBeGivenTwice() throws Exception {
        FloatArray both = floats(77);
        agrees("saxpy", both, both, 0.3f);
    }

    @Test
    void nestsOfParallelLoopsAgree() throws Exception {
        agrees("transpose", floats(7 * 13), new FloatArray(7 * 13), 7, 13);
        agrees("transpose", floats(64), new FloatArray(64), 1, 64);
        agrees("transpose", floats(64), new FloatArray(64), 64, 1);
    }

    @Test
    void sumsInOrderAgreeToTheBit() throws Exception {
        for (int columns : SIZES) {
            agrees("reduceRows", floats(5 * columns), new FloatArray(5), 5, columns);
        }
    }

    @Test
    void loopsAndSwitchesAgree() throws Exception {
        IntArray positive = ints(50);
        for (int i = 0; i < 50; i++) {
            positive.set(i, 1 + (positive.get(i) & 0xFFFF));
        }
        agrees("collatz", positive, new IntArray(50));
        agrees("switches", ints(100), new IntArray(100));
        agrees("privateArray", ints(40), new IntArray(40));
    }

    @Test
    void helpersAndHalfFloatsAgree() throws Exception {
        ByteArray blocks = bytes(10 * 20);
        for (int i = 0; i < 20; i++) {
            blocks.set(i * 10 + 1, (byte) 0x3C);
        }
        agrees("helpers", blocks, new FloatArray(20), 20);
        agrees("scaledRows", blocks, new FloatArray(2), 2, 2);
        HalfFloatArray halves = new HalfFloatArray(64);
        for (int i = 0; i < 64; i++) {
            halves.set(i, new uk.ac.manchester.tornado.api.types.HalfFloat(i * 0.37f - 9));
        }
        agrees("halves", halves, new HalfFloatArray(64));
    }

    @Test
    void conversionsAgree() throws Exception {
        FloatArray values = floats(64);
        float[] edges = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e9f, -3e9f, 1e20f, -0f, 0.99f};
        for (int i = 0; i < edges.length; i++) {
            values.set(i, edges[i]);
        }
        agrees("conversions", values, new IntArray(64), new LongArray(64), new ByteArray(64));
    }

    @Test
    void comparisonsWithNaNAgree() throws Exception {
        FloatArray a = floats(16);
        FloatArray b = floats(16);
        a.set(0, Float.NaN);
        b.set(1, Float.NaN);
        a.set(2, Float.NaN);
        b.set(2, Float.NaN);
        b.set(3, a.get(3));
        agrees("nanOrder", a, b, new IntArray(16));
    }

    @Test
    void relaxedSumsAreCloseToSumsInOrder() throws Exception {
        Method method =
                SampleKernels.class.getMethod("reduceRows", FloatArray.class, FloatArray.class, int.class, int.class);
        for (int columns : SIZES) {
            FloatArray in = floats(3 * columns);
            FloatArray out = new FloatArray(3);
            List<Object> arguments = List.of(in, out, 3, columns);
            HostKernel.compile(FrontEnd.compile(method, arguments, null), arguments, FloatMode.RELAXED)
                    .run();
            FloatArray expected = new FloatArray(3);
            SampleKernels.reduceRows(in, expected, 3, columns);
            for (int r = 0; r < 3; r++) {
                assertEquals(expected.get(r), out.get(r), 100 * columns * 0x1p-23, "row " + r + " of " + columns);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 12, 13, 14, 90, 91})
    void aRangeOfWorkItemsRunsThemAndNoOthers(int begin) throws Exception {
        int rows = 7;
        int columns = 13;
        FloatArray in = floats(rows * columns);
        Method method =
                SampleKernels.class.getMethod("transpose", FloatArray.class, FloatArray.class, int.class, int.class);
        for (int end = begin; end <= rows * columns; end += 11) {
            FloatArray out = new FloatArray(rows * columns);
            List<Object> arguments = List.of(in, out, rows, columns);
            HostKernel.compile(FrontEnd.compile(method, arguments, null), arguments, FloatMode.STRICT)
                    .run(begin, end);
            FloatArray expected = new FloatArray(rows * columns);
            for (int i = begin; i < end; i++) {
                expected.set(i % columns * rows + i / columns, in.get(i));
            }
            assertArrayEquals(bytes(expected), bytes(out), begin + " to " + end);
        }
    }
}
