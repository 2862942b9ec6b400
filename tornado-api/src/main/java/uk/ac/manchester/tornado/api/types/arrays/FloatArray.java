package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/** 32-bit floats outside the Java heap, at 4 bytes each. */
public final class FloatArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public FloatArray(int numberOfElements) {
        super(numberOfElements, Float.BYTES);
    }

    private FloatArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Float.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static FloatArray fromArray(float[] values) {
        FloatArray array = new FloatArray(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static FloatArray fromElements(float... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 32-bit floats, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static FloatArray fromSegment(MemorySegment segment) {
        FloatArray array = new FloatArray(elementCount(segment, Float.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 32-bit floats. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static FloatArray fromSegmentShallow(MemorySegment segment) {
        return new FloatArray(segment);
    }

    /** {@return a copy of the elements} */
    public float[] toHeapArray() {
        float[] values = new float[getSize()];
        MemorySegment.ofArray(values).copyFrom(getSegment());
        return values;
    }

    public void set(int index, float value) {
        data().set(JAVA_FLOAT_UNALIGNED, (long) index * Float.BYTES, value);
    }

    public float get(int index) {
        return data().get(JAVA_FLOAT_UNALIGNED, (long) index * Float.BYTES);
    }

    /** Gives every element the same value. */
    public void init(float value) {
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
