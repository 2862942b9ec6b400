package dev.sirocco.runtime.cuda;

import java.lang.foreign.MemorySegment;

/**
 * A small array's pinned memory, through which it goes to and from a card. Its address never changes, so that a
 * recorded copy takes along what is there whenever it is replayed. Owned by one plan's memory, which frees it.
 */
final class PinnedArray {
    /** Larger arrays take the way of {@link Staging}: what is pinned is lost to the rest of the machine. */
    static final long MOST_BYTES = 1 << 20;

    private final MemorySegment pinned;
    private final long device;

    /** The copy from pinned memory to the card. */
    record In(PinnedArray array) implements StepPart {
        @Override
        public void enqueue(CudaNative cuda, long stream) {
            cuda.copyIn(array.device, array.pinned.address(), array.pinned.byteSize(), stream);
        }
    }

    /** The copy from the card to pinned memory. */
    record Out(PinnedArray array) implements StepPart {
        @Override
        public void enqueue(CudaNative cuda, long stream) {
            cuda.copyOut(array.pinned.address(), array.device, array.pinned.byteSize(), stream);
        }
    }

    /** @param device where the array lies on the card */
    PinnedArray(CudaNative cuda, long device, long sizeBytes) {
        this.pinned = cuda.allocatePinned(sizeBytes);
        this.device = device;
    }

    void fill(MemorySegment host) {
        pinned.copyFrom(host);
    }

    void empty(MemorySegment host) {
        host.copyFrom(pinned);
    }

    void free(CudaNative cuda) {
        cuda.freePinned(pinned);
    }
}
