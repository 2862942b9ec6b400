package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * An array outside the Java heap: a header of {@link #ARRAY_HEADER} bytes, whose first four hold the number of
 * elements, and then the elements without gaps, in the platform's byte order.
 *
 * <p>An array that was made by size owns its memory, which is zeroed, starts its elements on a cache line, and is given
 * back when the array and everything that shares its segment are unreachable. An array that wraps a segment keeps that
 * segment alive and owns nothing.
 *
 * <p>Wrapping a part of a mapped file overwrites four bytes in front of the elements, so the file is mapped with
 * {@code MapMode.PRIVATE} (the file itself stays as it is). The header of a region may lie in the last elements
 * of the region before it: map each region by itself, so that each has its own copy of the page.
 */
public abstract sealed class TornadoNativeArray
        permits ByteArray, DoubleArray, FloatArray, HalfFloatArray, Int8Array, IntArray, LongArray, ShortArray {

    /** Bytes in front of the first element: system property {@code tornado.panama.objectHeader}, or 16. */
    public static final long ARRAY_HEADER = headerBytes();

    /** Elements start on a cache line, which is also the widest vector. */
    private static final long DATA_ALIGNMENT = 64;

    private final MemorySegment segment;
    private final MemorySegment data;
    private final int elementSize;
    private final int size;

    /** Makes an array of zeroes. */
    TornadoNativeArray(int numberOfElements, int elementSize) {
        if (numberOfElements < 0) {
            throw new IllegalArgumentException("The number of elements may not be negative: " + numberOfElements);
        }
        this(allocate((long) numberOfElements * elementSize), elementSize);
    }

    /** Wraps header and elements, and writes the header. */
    TornadoNativeArray(MemorySegment segmentWithHeader, int elementSize) {
        requireWrappable(segmentWithHeader, Math.max(elementSize, Integer.BYTES));
        this.segment = segmentWithHeader;
        this.data = segmentWithHeader.asSlice(ARRAY_HEADER);
        this.elementSize = elementSize;
        this.size = elementCount(data, elementSize);
        segment.set(ValueLayout.JAVA_INT, 0, size);
    }

    /** {@return the number of elements} */
    public int getSize() {
        return size;
    }

    /** {@return the bytes of one element} */
    public int getElementSize() {
        return elementSize;
    }

    /** {@return the elements, without header; writes go through} */
    public MemorySegment getSegment() {
        return data;
    }

    /** {@return header and elements; writes go through} */
    public MemorySegment getSegmentWithHeader() {
        return segment;
    }

    public long getNumBytesOfSegment() {
        return data.byteSize();
    }

    public long getNumBytesOfSegmentWithHeader() {
        return segment.byteSize();
    }

    /** Makes every element zero. */
    protected void clear() {
        data.fill((byte) 0);
    }

    /** {@return the elements: not overridable, so that element access is inlined} */
    final MemorySegment data() {
        return data;
    }

    /** Copies the first element over all others, in doubling blocks. */
    final void repeatFirstElement() {
        long bytes = data.byteSize();
        for (long done = elementSize; done < bytes; done *= 2) {
            MemorySegment.copy(data, 0, data, done, Math.min(done, bytes - done));
        }
    }

    /** {@return how many elements a segment without header holds} */
    static int elementCount(MemorySegment elements, int elementSize) {
        if (elements == null) {
            throw new IllegalArgumentException("The segment may not be null");
        }
        long bytes = elements.byteSize();
        if (bytes % elementSize != 0) {
            throw new IllegalArgumentException(
                    "%d bytes are no multiple of the element size %d".formatted(bytes, elementSize));
        }
        if (bytes / elementSize > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("%d elements are too many for one array (at most %d); split the segment"
                    .formatted(bytes / elementSize, Integer.MAX_VALUE));
        }
        return (int) (bytes / elementSize);
    }

    private static void requireWrappable(MemorySegment segment, int alignment) {
        if (segment == null) {
            throw new IllegalArgumentException("The segment may not be null");
        }
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "A segment on the Java heap cannot be wrapped; copy it with fromSegment, or use an Arena");
        }
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException(
                    "A read-only segment cannot be wrapped, its header is written; map the file with MapMode.PRIVATE");
        }
        if (segment.byteSize() < ARRAY_HEADER) {
            throw new IllegalArgumentException(
                    "%d bytes are too few: the header alone takes %d".formatted(segment.byteSize(), ARRAY_HEADER));
        }
        if (segment.address() % alignment != 0) {
            throw new IllegalArgumentException(
                    "The segment at address 0x%x is not aligned to %d bytes".formatted(segment.address(), alignment));
        }
    }

    private static MemorySegment allocate(long dataBytes) {
        long padding = -ARRAY_HEADER & (DATA_ALIGNMENT - 1);
        return ZeroedMemory.allocate(padding + ARRAY_HEADER + dataBytes, DATA_ALIGNMENT)
                .asSlice(padding);
    }

    private static long headerBytes() {
        long bytes = Long.getLong("tornado.panama.objectHeader", 16);
        if (bytes < Long.BYTES || bytes % Long.BYTES != 0) {
            throw new IllegalArgumentException(
                    "-Dtornado.panama.objectHeader must be a positive multiple of 8, not " + bytes);
        }
        return bytes;
    }
}
