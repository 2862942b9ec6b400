package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** 32-bit integers outside the Java heap, at 4 bytes each. */
public final class IntArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public IntArray(int numberOfElements) {
        super(numberOfElements, Integer.BYTES);
    }

    private IntArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Integer.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static IntArray fromArray(int[] values) {
        IntArray array = new IntArray(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static IntArray fromElements(int... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 32-bit integers, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static IntArray fromSegment(MemorySegment segment) {
        IntArray array = new IntArray(elementCount(segment, Integer.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 32-bit integers. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static IntArray fromSegmentShallow(MemorySegment segment) {
        return new IntArray(segment);
    }

    /** {@return a copy of the elements} */
    public int[] toHeapArray() {
        int[] values = new int[getSize()];
        MemorySegment.ofArray(values).copyFrom(getSegment());
        return values;
    }

    public void set(int index, int value) {
        data().set(JAVA_INT_UNALIGNED, (long) index * Integer.BYTES, value);
    }

    public int get(int index) {
        return data().get(JAVA_INT_UNALIGNED, (long) index * Integer.BYTES);
    }

    /** Gives every element the same value. */
    public void init(int value) {
        if (getSize() > 0) {
            set(0, value);
            repeatFirstElement();
        }
    }

    @Override
    public void clear() {
        super.clear();
    }
}
