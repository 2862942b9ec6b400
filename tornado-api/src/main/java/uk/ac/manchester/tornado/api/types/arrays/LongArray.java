package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** 64-bit integers outside the Java heap, at 8 bytes each. */
public final class LongArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public LongArray(int numberOfElements) {
        super(numberOfElements, Long.BYTES);
    }

    private LongArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Long.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static LongArray fromArray(long[] values) {
        LongArray array = new LongArray(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static LongArray fromElements(long... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 64-bit integers, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static LongArray fromSegment(MemorySegment segment) {
        LongArray array = new LongArray(elementCount(segment, Long.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 64-bit integers. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static LongArray fromSegmentShallow(MemorySegment segment) {
        return new LongArray(segment);
    }

    /** {@return a copy of the elements} */
    public long[] toHeapArray() {
        long[] values = new long[getSize()];
        MemorySegment.ofArray(values).copyFrom(getSegment());
        return values;
    }

    public void set(int index, long value) {
        data().set(JAVA_LONG_UNALIGNED, (long) index * Long.BYTES, value);
    }

    public long get(int index) {
        return data().get(JAVA_LONG_UNALIGNED, (long) index * Long.BYTES);
    }

    /** Gives every element the same value. */
    public void init(long value) {
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
