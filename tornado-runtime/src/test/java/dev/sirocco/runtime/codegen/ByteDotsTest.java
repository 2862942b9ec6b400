package dev.sirocco.runtime.codegen;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.runtime.ir.Function;
import dev.sirocco.runtime.pass.FrontEnd;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Dot products of bytes on every unit that this machine has: the integers that Java computes. */
class ByteDotsTest {
    private static final int N = 37;

    static List<DotUnit> units() {
        return HostKernel.dotUnits();
    }

    /** Random bytes with a good share of −128 and 127. */
    private static byte[] bytes(int n, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[n];
        random.nextBytes(bytes);
        for (int i = 0; i < n; i++) {
            int extreme = random.nextInt(6);
            bytes[i] = extreme == 0 ? Byte.MIN_VALUE : extreme == 1 ? Byte.MAX_VALUE : bytes[i];
        }
        return bytes;
    }

    private static Method method(String kernel) {
        return Arrays.stream(ByteKernels.class.getDeclaredMethods())
                .filter(m -> m.getName().equals(kernel))
                .findFirst()
                .orElseThrow();
    }

    private static void agrees(DotUnit unit, String kernel, TornadoNativeArray out, Object... scalars)
            throws ReflectiveOperationException {
        int size = N * 240;
        List<Object> arguments = new ArrayList<>(
                List.of(ByteArray.fromArray(bytes(size, 1)), Int8Array.fromArray(bytes(size, 2)), out, N));
        arguments.addAll(List.of(scalars));
        method(kernel).invoke(null, arguments.toArray());
        byte[] expected = out.getSegment().toArray(ValueLayout.JAVA_BYTE);
        out.getSegment().fill((byte) 0);
        arguments.set(0, ByteArray.fromArray(bytes(size, 1)));
        Function function = FrontEnd.compile(method(kernel), arguments, null);
        HostKernel.compile(function, arguments, FloatMode.STRICT, new HostTarget(512, unit))
                .run();
        assertArrayEquals(expected, out.getSegment().toArray(ValueLayout.JAVA_BYTE), kernel);
    }

    @ParameterizedTest
    @MethodSource("units")
    void lanesOfAPrivateArrayAgree(DotUnit unit) throws Exception {
        agrees(unit, "lanes", new IntArray(N * 20));
    }

    @ParameterizedTest
    @MethodSource("units")
    void sumsThatALoopCarriesAgree(DotUnit unit) throws Exception {
        for (int words : new int[] {1, 3, 4, 8, 16, 31, 60}) {
            agrees(unit, "carried", new IntArray(N), words);
        }
    }

    @ParameterizedTest
    @MethodSource("units")
    void everyFormOfByteAgrees(DotUnit unit) throws Exception {
        agrees(unit, "forms", new IntArray(4 * N));
        agrees(unit, "nibbles", new FloatArray(N));
    }

    @ParameterizedTest
    @MethodSource("units")
    void whatIsComputedFromFewBitsAgrees(DotUnit unit) throws Exception {
        agrees(unit, "levels", new FloatArray(20 * N));
        agrees(unit, "steps", new IntArray(2 * N));
    }

    @ParameterizedTest
    @MethodSource("units")
    void aBitOfAnIntAboveThoseOfBytesAgrees(DotUnit unit) throws Exception {
        agrees(unit, "fifths", new IntArray(20 * N));
        agrees(unit, "brokenFifths", new IntArray(2 * N));
    }

    @ParameterizedTest
    @MethodSource("units")
    void bitsAtAPlaceThatIsComputedAgree(DotUnit unit) throws Exception {
        agrees(unit, "moved", new IntArray(3 * N));
        agrees(unit, "movedTooFar", new IntArray(3 * N));
    }

    @ParameterizedTest
    @MethodSource("units")
    void whatOnlyLooksLikeADotProductAgrees(DotUnit unit) throws Exception {
        agrees(unit, "scattered", new IntArray(N));
        agrees(unit, "written", new IntArray(N));
    }

    private static long calls(String kernel, TornadoNativeArray out, Object... scalars) {
        List<Object> arguments = new ArrayList<>(List.of(new ByteArray(9999), new Int8Array(9999), out, N));
        arguments.addAll(List.of(scalars));
        Function function = FrontEnd.compile(method(kernel), arguments, null);
        Launch launch = Launch.of(function, arguments, null, FloatMode.RELAXED);
        String ir = LlvmEmitter.emit(function, launch, new HostTarget(512, DotUnit.VNNI_512));
        return Pattern.compile("call i32 @sirocco\\.dot4").matcher(ir).results().count();
    }

    @Test
    void findsDotProductsAndNothingElse() {
        assertEquals(1, calls("lanes", new IntArray(N * 20)));
        assertEquals(1, calls("carried", new IntArray(N), 8));
        assertEquals(2, calls("nibbles", new FloatArray(N)));
        assertEquals(5, calls("forms", new IntArray(4 * N)));
        assertEquals(2, calls("levels", new FloatArray(20 * N)));
        assertEquals(1, calls("steps", new IntArray(2 * N)));
        assertEquals(2, calls("fifths", new IntArray(20 * N)));
        assertEquals(0, calls("brokenFifths", new IntArray(2 * N)));
        assertEquals(3, calls("moved", new IntArray(3 * N)));
        assertEquals(0, calls("movedTooFar", new IntArray(3 * N)));
        assertEquals(0, calls("scattered", new IntArray(N)));
        assertEquals(0, calls("written", new IntArray(N)));
    }
}
