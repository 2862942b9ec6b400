package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** 16-bit floats outside the Java heap, at 2 bytes each. */
public final class HalfFloatArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public HalfFloatArray(int numberOfElements) {
        super(numberOfElements, Short.BYTES);
    }

    private HalfFloatArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Short.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static HalfFloatArray fromArray(HalfFloat[] values) {
        HalfFloatArray array = new HalfFloatArray(values.length);
        for (int i = 0; i < values.length; i++) {
            array.set(i, values[i]);
        }
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static HalfFloatArray fromElements(HalfFloat... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of 16-bit floats, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static HalfFloatArray fromSegment(MemorySegment segment) {
        HalfFloatArray array = new HalfFloatArray(elementCount(segment, Short.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then 16-bit floats. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static HalfFloatArray fromSegmentShallow(MemorySegment segment) {
        return new HalfFloatArray(segment);
    }

    /** {@return a copy of the elements} */
    public HalfFloat[] toHeapArray() {
        HalfFloat[] values = new HalfFloat[getSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /** {@return a copy of the elements' bits} */
    public short[] toShortArray() {
        return getSegment().toArray(JAVA_SHORT_UNALIGNED);
    }

    public void set(int index, HalfFloat value) {
        data().set(JAVA_SHORT_UNALIGNED, (long) index * Short.BYTES, value.getHalfFloatValue());
    }

    public HalfFloat get(int index) {
        return new HalfFloat(data().get(JAVA_SHORT_UNALIGNED, (long) index * Short.BYTES));
    }

    /** Gives every element the same value. */
    public void init(HalfFloat value) {
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
