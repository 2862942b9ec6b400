package dev.sirocco.runtime.cuda;

import java.lang.foreign.MemorySegment;

/**
 * Two pinned buffers through which large arrays go to and from a card: while one is copied by the card, the other is
 * filled or emptied by the host. Owned by one plan's memory, which closes it; made when first needed.
 */
final class Staging {
    private static final long SLOT_BYTES = 8 << 20;

    private final CudaNative cuda;
    private final long stream;
    private final MemorySegment[] slots = new MemorySegment[2];
    private final long[] events = new long[2];
    private int next;

    Staging(CudaNative cuda, long stream) {
        this.cuda = cuda;
        this.stream = stream;
        try {
            for (int i = 0; i < slots.length; i++) {
                slots[i] = cuda.allocatePinned(SLOT_BYTES);
                events[i] = cuda.createEvent();
                cuda.record(events[i], stream);
            }
        } catch (CudaException failed) {
            close();
            throw failed;
        }
    }

    /** Copies to the device; the host's memory may change as soon as this returns. */
    void copyIn(MemorySegment host, long device) {
        for (long at = 0; at < host.byteSize(); at += SLOT_BYTES) {
            long size = Math.min(SLOT_BYTES, host.byteSize() - at);
            int slot = takeSlot();
            MemorySegment.copy(host, at, slots[slot], 0, size);
            cuda.copyIn(device + at, slots[slot].address(), size, stream);
            cuda.record(events[slot], stream);
        }
    }

    /** Copies to the host; it is there when this returns. */
    void copyOut(long device, MemorySegment host) {
        long ahead = 0;
        int[] order = {takeSlot(), takeSlot()};
        for (long at = 0; at < host.byteSize(); at += SLOT_BYTES) {
            while (ahead < host.byteSize() && ahead < at + 2 * SLOT_BYTES) {
                int slot = order[(int) (ahead / SLOT_BYTES % 2)];
                long size = Math.min(SLOT_BYTES, host.byteSize() - ahead);
                cuda.copyOut(slots[slot].address(), device + ahead, size, stream);
                cuda.record(events[slot], stream);
                ahead += SLOT_BYTES;
            }
            int slot = order[(int) (at / SLOT_BYTES % 2)];
            cuda.await(events[slot]);
            MemorySegment.copy(slots[slot], 0, host, at, Math.min(SLOT_BYTES, host.byteSize() - at));
        }
    }

    /** {@return a slot that the card is done with} */
    private int takeSlot() {
        int slot = next;
        next = 1 - next;
        cuda.await(events[slot]);
        return slot;
    }

    void close() {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != null) {
                cuda.freePinned(slots[i]);
                slots[i] = null;
            }
            if (events[i] != 0) {
                cuda.destroyEvent(events[i]);
                events[i] = 0;
            }
        }
    }
}
