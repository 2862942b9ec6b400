package uk.ac.manchester.tornado.api.types.arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.HalfFloat;

class NativeArrayTest {
    private static final long HEADER = TornadoNativeArray.ARRAY_HEADER;
    private static final int[] SIZES = {0, 1, 2, 31, 1000, 300_001};

    @ParameterizedTest
    @EnumSource
    void startsAsZeroes(ArrayKind kind) {
        for (int size : SIZES) {
            TornadoNativeArray array = kind.make.apply(size);
            assertEquals(size, array.getSize());
            for (int i = 0; i < size; i++) {
                assertEquals(0.0, kind.get(array, i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void returnsWhatWasSet(ArrayKind kind) {
        for (int size : SIZES) {
            assertCounts(kind, kind.counting(size));
        }
    }

    @ParameterizedTest
    @EnumSource
    void laysElementsBehindAHeaderThatHoldsTheirNumber(ArrayKind kind) {
        for (int size : SIZES) {
            TornadoNativeArray array = kind.counting(size);
            long bytes = (long) size * kind.elementSize;
            assertEquals(kind.elementSize, array.getElementSize());
            assertEquals(bytes, array.getNumBytesOfSegment());
            assertEquals(bytes + HEADER, array.getNumBytesOfSegmentWithHeader());
            assertEquals(bytes, array.getSegment().byteSize());
            assertEquals(bytes + HEADER, array.getSegmentWithHeader().byteSize());
            assertEquals(size, array.getSegmentWithHeader().get(ValueLayout.JAVA_INT, 0));
            assertEquals(
                    array.getSegmentWithHeader().address() + HEADER,
                    array.getSegment().address());
            assertEquals(-1, array.getSegmentWithHeader().asSlice(HEADER).mismatch(array.getSegment()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void startsElementsOnACacheLine(ArrayKind kind) {
        for (int size : SIZES) {
            assertEquals(0, kind.make.apply(size).getSegment().address() % 64, "size " + size);
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesElementsFromAnArgumentList(ArrayKind kind) {
        TornadoNativeArray array = kind.ofThree(3, -4, 5);
        assertEquals(3, array.getSize());
        assertEquals(3.0, kind.get(array, 0));
        assertEquals(-4.0, kind.get(array, 1));
        assertEquals(5.0, kind.get(array, 2));
    }

    @ParameterizedTest
    @EnumSource
    void copiesToTheHeap(ArrayKind kind) {
        Object heap = kind.heapArray(kind.counting(777));
        assertEquals(777, Array.getLength(heap));
        for (int i = 0; i < 777; i++) {
            Object element = Array.get(heap, i);
            double value = element instanceof HalfFloat half ? half.getFloat32() : ((Number) element).doubleValue();
            assertEquals(ArrayKind.expected(i), value);
        }
    }

    @ParameterizedTest
    @EnumSource
    void copiesASegmentThatItDoesNotShare(ArrayKind kind) {
        TornadoNativeArray original = kind.counting(333);
        TornadoNativeArray copy = kind.copy.apply(original.getSegment());
        kind.set(original, 0, 17);
        assertEquals(333, copy.getSize());
        assertCounts(kind, copy);
    }

    @ParameterizedTest
    @EnumSource
    void copiesASegmentThatIsReadOnlyOrOnTheHeap(ArrayKind kind) {
        TornadoNativeArray original = kind.counting(20);
        assertCounts(kind, kind.copy.apply(original.getSegment().asReadOnly()));
        byte[] bytes = original.getSegment().toArray(ValueLayout.JAVA_BYTE);
        assertCounts(kind, kind.copy.apply(MemorySegment.ofArray(bytes)));
    }

    @ParameterizedTest
    @EnumSource
    void fillsEveryElement(ArrayKind kind) {
        for (int size : SIZES) {
            TornadoNativeArray array = kind.make.apply(size);
            kind.init(array, -7);
            for (int i = 0; i < size; i++) {
                assertEquals(-7.0, kind.get(array, i), "element " + i + " of " + size);
            }
            array.clear();
            for (int i = 0; i < size; i++) {
                assertEquals(0.0, kind.get(array, i), "element " + i + " of " + size);
            }
            assertEquals(size, array.getSegmentWithHeader().get(ValueLayout.JAVA_INT, 0));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesIndicesOutsideOfIt(ArrayKind kind) {
        TornadoNativeArray array = kind.make.apply(5);
        for (int index : new int[] {-1, 5, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> kind.get(array, index));
            assertThrows(IndexOutOfBoundsException.class, () -> kind.set(array, index, 1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesANegativeSize(ArrayKind kind) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> kind.make.apply(-3));
        assertTrue(error.getMessage().contains("-3"), error.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"INT8", "BYTE"},
            mode = EnumSource.Mode.EXCLUDE)
    void refusesToCopyABrokenElement(ArrayKind kind) {
        MemorySegment segment = Arena.ofAuto().allocate(3L * kind.elementSize + 1);
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> kind.copy.apply(segment));
        assertTrue(error.getMessage().contains("multiple of the element size " + kind.elementSize), error.getMessage());
    }

    @Test
    void keepsFloatsToTheBit() {
        float[] values = {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, Float.NEGATIVE_INFINITY, 0.1f};
        assertArrayEquals(values, FloatArray.fromArray(values).toHeapArray());
        double[] doubles = {0d, -0d, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, 0.1};
        assertArrayEquals(doubles, DoubleArray.fromArray(doubles).toHeapArray());
    }

    @Test
    void givesSixteenBitFloatsAsBits() {
        HalfFloatArray array = HalfFloatArray.fromElements(new HalfFloat(1f), new HalfFloat((short) 0x8001));
        assertArrayEquals(new short[] {0x3c00, (short) 0x8001}, array.toShortArray());
    }

    @Test
    void addressesMoreThanTwoGigabytes() {
        IntArray array = new IntArray(700_000_000);
        array.set(699_999_999, 41);
        array.set(600_000_000, 42);
        assertEquals(41, array.get(699_999_999));
        assertEquals(42, array.get(600_000_000));
        assertEquals(0, array.get(0));
        assertEquals(2_800_000_000L, array.getNumBytesOfSegment());
    }

    private static void assertCounts(ArrayKind kind, TornadoNativeArray array) {
        for (int i = 0; i < array.getSize(); i++) {
            assertEquals(ArrayKind.expected(i), kind.get(array, i));
        }
    }
}
