package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/**
 * Memory of zeroes that is given back when it is unreachable.
 *
 * <p>Small arrays come from an automatic arena. An arena writes its zeroes at once, which takes the better part of a
 * second for each gigabyte and makes all of it resident, and it is limited to the size of the Java heap. Large arrays,
 * such as a key-value cache of which little may ever be used, come from {@code calloc}, whose fresh pages cost nothing
 * until they are touched.
 */
final class ZeroedMemory {
    private static final long LARGE_BYTES = 1 << 20;
    private static final long FIRST_COLLECTION_BYTES = 1L << 30;

    private ZeroedMemory() {}

    /** {@return zeroed memory; the alignment is a power of two} */
    static MemorySegment allocate(long sizeBytes, long alignment) {
        if (sizeBytes < LARGE_BYTES) {
            return Arena.ofAuto().allocate(sizeBytes, alignment);
        }
        MemorySegment block = CHeap.allocate(sizeBytes + alignment);
        return block.asSlice(-block.address() & (alignment - 1), sizeBytes);
    }

    /** The C library's heap. Loaded with the first large array only: small programs never pay for the linker. */
    @SuppressWarnings("restricted")
    private static final class CHeap {
        // void *calloc(size_t count, size_t size)
        private static final MethodHandle CALLOC = function(
                "calloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));
        // void free(void *block)
        private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));

        /** The collector does not see this memory: it is asked to run when twice what survived last time is in use. */
        private static final AtomicLong USED_BYTES = new AtomicLong();

        private static final AtomicLong COLLECT_AT_BYTES = new AtomicLong(FIRST_COLLECTION_BYTES);

        static MemorySegment allocate(long sizeBytes) {
            if (USED_BYTES.get() + sizeBytes > COLLECT_AT_BYTES.get()) {
                System.gc();
                COLLECT_AT_BYTES.set(Math.max(FIRST_COLLECTION_BYTES, 2 * (USED_BYTES.get() + sizeBytes)));
            }
            MemorySegment block = calloc(sizeBytes);
            if (block.address() == 0) {
                System.gc();
                block = calloc(sizeBytes);
            }
            if (block.address() == 0) {
                throw new TornadoOutOfMemoryException("An array of %d bytes cannot be allocated; %d bytes are in use"
                        .formatted(sizeBytes, USED_BYTES.get()));
            }
            USED_BYTES.addAndGet(sizeBytes);
            return block.reinterpret(sizeBytes, Arena.ofAuto(), CHeap::free);
        }

        private static MemorySegment calloc(long sizeBytes) {
            try {
                return (MemorySegment) CALLOC.invokeExact(1L, sizeBytes);
            } catch (Throwable e) {
                throw new AssertionError("calloc(1, " + sizeBytes + ") cannot be called", e);
            }
        }

        private static void free(MemorySegment block) {
            try {
                FREE.invokeExact(block);
            } catch (Throwable e) {
                throw new AssertionError("free cannot be called", e);
            }
            USED_BYTES.addAndGet(-block.byteSize());
        }

        private static MethodHandle function(String name, FunctionDescriptor descriptor) {
            Linker linker = Linker.nativeLinker();
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
        }
    }
}
