package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** 64-bit floats outside the Java heap, at 8 bytes each. */
public final class DoubleArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public DoubleArray(int numberOfElements) {
        super(numberOfElements, Double.BYTES);
    }

    private DoubleArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Double.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static DoubleArray fromArray(double[] values) {
        DoubleArray array = new DoubleArray(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static DoubleArray fromElements(double... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 64-bit floats, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static DoubleArray fromSegment(MemorySegment segment) {
        DoubleArray array = new DoubleArray(elementCount(segment, Double.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 64-bit floats. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static DoubleArray fromSegmentShallow(MemorySegment segment) {
        return new DoubleArray(segment);
    }

    /** {@return a copy of the elements} */
    public double[] toHeapArray() {
        double[] values = new double[getSize()];
        MemorySegment.ofArray(values).copyFrom(getSegment());
        return values;
    }

    public void set(int index, double value) {
        data().set(JAVA_DOUBLE_UNALIGNED, (long) index * Double.BYTES, value);
    }

    public double get(int index) {
        return data().get(JAVA_DOUBLE_UNALIGNED, (long) index * Double.BYTES);
    }

    /** Gives every element the same value. */
    public void init(double value) {
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
