package uk.ac.manchester.tornado.api.types.arrays;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.HalfFloat;

/** Bytes outside the Java heap: quantised weights, whose blocks mix 16-bit scales and packed integers. */
public final class ByteArray extends TornadoNativeArray {

    /**
     * Makes an array of zeroes.
     *
     * @throws IllegalArgumentException if the number of elements is negative
     */
    public ByteArray(int numberOfElements) {
        super(numberOfElements, Byte.BYTES);
    }

    private ByteArray(MemorySegment segmentWithHeader) {
        super(segmentWithHeader, Byte.BYTES);
    }

    /** {@return an array that holds a copy of the values} */
    public static ByteArray fromArray(byte[] values) {
        ByteArray array = new ByteArray(values.length);
        array.getSegment().copyFrom(MemorySegment.ofArray(values));
        return array;
    }

    /** {@return an array that holds a copy of the values} */
    public static ByteArray fromElements(byte... values) {
        return fromArray(values);
    }

    /**
     * Copies a segment of bytes, without header, into a new array.
     *
     * @throws IllegalArgumentException if its size is no multiple of the element size, or it has more than 2^31 - 1
     *     elements
     */
    public static ByteArray fromSegment(MemorySegment segment) {
        ByteArray array = new ByteArray(elementCount(segment, Byte.BYTES));
        array.getSegment().copyFrom(segment);
        return array;
    }

    /**
     * Wraps a native segment of {@link #ARRAY_HEADER} bytes and then bytes. They are not copied; the
     * header is overwritten. {@link TornadoNativeArray} says what that asks of mapped files.
     *
     * @throws IllegalArgumentException if the segment is null, on the heap, read-only, misaligned or of a wrong size
     */
    public static ByteArray fromSegmentShallow(MemorySegment segment) {
        return new ByteArray(segment);
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

    /**
     * Writes a 16-bit float in the platform's byte order.
     *
     * @param byteIndex where its first byte goes
     * @throws IllegalArgumentException if the byte index is odd: devices address it as a 16-bit element
     */
    public void setHalfFloat(int byteIndex, HalfFloat value) {
        data().set(JAVA_SHORT_UNALIGNED, evenIndex(byteIndex), value.getHalfFloatValue());
    }

    /**
     * Reads a 16-bit float in the platform's byte order.
     *
     * @param byteIndex where its first byte lies
     * @throws IllegalArgumentException if the byte index is odd: devices address it as a 16-bit element
     */
    public HalfFloat getHalfFloat(int byteIndex) {
        return new HalfFloat(data().get(JAVA_SHORT_UNALIGNED, evenIndex(byteIndex)));
    }

    private static int evenIndex(int byteIndex) {
        if ((byteIndex & 1) != 0) {
            throw new IllegalArgumentException("A 16-bit float lies at an even byte index, not at " + byteIndex);
        }
        return byteIndex;
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
