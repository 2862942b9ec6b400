package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.MemorySegment;

/** 8-bit signed integers outside the Java heap: activations quantised to int8. */
public final class Int8Array extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public Int8Array(int numberOfElements) {
        super(numberOfElements, Byte.BYTES);
    }

    private Int8Array(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Byte.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static Int8Array fromArray(byte[] values) {
        Int8Array array = new Int8Array(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static Int8Array fromElements(byte... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 8-bit integers, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static Int8Array fromSegment(MemorySegment segment) {
        Int8Array array = new Int8Array(elementCount(segment, Byte.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 8-bit integers. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static Int8Array fromSegmentShallow(MemorySegment segment) {
        return new Int8Array(segment);
    }

    /** {@return a copy of the elements} */
    public byte[] toHeapArray() {
        byte[] values = new byte[getSize()];
        MemorySegment.ofArray(values).copyFrom(getSegment());
        return values;
    }

    public void set(int index, byte value) {
        data().set(JAVA_BYTE, index, value);
    }

    public byte get(int index) {
        return data().get(JAVA_BYTE, index);
    }

    /** Gives every element the same value. */
    public void init(byte value) {
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
