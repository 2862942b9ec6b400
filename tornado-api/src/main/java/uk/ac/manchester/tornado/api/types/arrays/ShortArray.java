package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** 16-bit integers outside the Java heap, at 2 bytes each. */
public final class ShortArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public ShortArray(int numberOfElements) {
        super(numberOfElements, Short.BYTES);
    }

    private ShortArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Short.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static ShortArray fromArray(short[] values) {
        ShortArray array = new ShortArray(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static ShortArray fromElements(short... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 16-bit integers, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static ShortArray fromSegment(MemorySegment segment) {
        ShortArray array = new ShortArray(elementCount(segment, Short.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 16-bit integers. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static ShortArray fromSegmentShallow(MemorySegment segment) {
        return new ShortArray(segment);
    }

    /** {@return a copy of the elements} */
    public short[] toHeapArray() {
        short[] values = new short[getSize()];
        MemorySegment.ofArray(values).copyFrom(getSegment());
        return values;
    }

    public void set(int index, short value) {
        data().set(JAVA_SHORT_UNALIGNED, (long) index * Short.BYTES, value);
    }

    public short get(int index) {
        return data().get(JAVA_SHORT_UNALIGNED, (long) index * Short.BYTES);
    }

    /** Gives every element the same value. */
    public void init(short value) {
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
