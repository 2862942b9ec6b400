package dev.sirocco.runtime.ptx;

import java.util.Arrays;

/** The last accesses to all places of an array or of a group's memory, to find those that no barrier orders. */
final class PtxAccesses {
    private final int unit;
    private final long[] writes;
    private final long[] reads;

    /** @param unit bytes of the smallest access that the kernel has */
    PtxAccesses(int bytes, int unit) {
        this.unit = unit;
        this.writes = new long[Math.ceilDiv(bytes, unit)];
        this.reads = new long[writes.length];
    }

    /** Forgets all. */
    void clear() {
        Arrays.fill(writes, 0);
        Arrays.fill(reads, 0);
    }

    boolean isWritten(int at, int bytes) {
        for (int i = at / unit; i * unit < at + bytes; i++) {
            if (writes[i] == 0) {
                return false;
            }
        }
        return true;
    }

    boolean isEverWritten() {
        return Arrays.stream(writes).anyMatch(write -> write != 0);
    }

    void read(int at, int bytes, long now) {
        for (int i = at / unit; i * unit < at + bytes; i++) {
            if (!PtxAccess.precedes(writes[i], now)) {
                throw new PtxFault(
                        "reads what thread " + PtxAccess.thread(writes[i]) + " writes, with no barrier between");
            }
            reads[i] = PtxAccess.read(reads[i], now);
        }
    }

    void write(int at, int bytes, long now) {
        for (int i = at / unit; i * unit < at + bytes; i++) {
            if (!PtxAccess.precedes(writes[i], now)) {
                throw new PtxFault(
                        "writes what thread " + PtxAccess.thread(writes[i]) + " writes, with no barrier between");
            }
            if (!PtxAccess.precedes(reads[i], now)) {
                throw new PtxFault("writes what other threads read, with no barrier between");
            }
            writes[i] = now;
            reads[i] = 0;
        }
    }
}
