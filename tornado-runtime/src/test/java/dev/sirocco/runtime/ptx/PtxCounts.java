package dev.sirocco.runtime.ptx;

import java.util.Arrays;

/**
 * What a kernel asks of a multiprocessor, counted while the virtual card carries it out. A load or store of a warp goes
 * to memory as one access of all lanes, or as two or four of half or a quarter of them where each has 8 or 16 bytes.
 */
public final class PtxCounts {
    private static final int LINE_BYTES = 128;
    private static final int BANKS = 32;
    private static final int BANK_BYTES = 4;

    private long instructions;
    private long lines;
    private long turns;

    /** {@return instructions of warps} */
    public long instructions() {
        return instructions;
    }

    /** {@return lines of 128 bytes that accesses to global memory touch} The cache gives one a cycle. */
    public long lines() {
        return lines;
    }

    /** {@return the cycles that local memory has for its accesses: one for each word of the bank with the most} */
    public long turns() {
        return turns;
    }

    void instruction() {
        instructions++;
    }

    /**
     * Counts an access.
     *
     * @param addresses of the lanes
     * @param active    which of them take part
     * @param bytes     of each
     */
    void access(PtxMemory.Space space, long[] addresses, int active, int bytes) {
        int lanes = Math.min(PtxWarp.LANES, PtxWarp.LANES * BANK_BYTES / bytes);
        for (int first = 0; first < PtxWarp.LANES; first += lanes) {
            switch (space) {
                case GLOBAL -> lines += distinctLines(addresses, active, first, first + lanes, bytes);
                case SHARED -> turns += turns(addresses, active, first, first + lanes, bytes);
                default -> {
                    // a thread's own memory is not counted: kernels that matter have none
                }
            }
        }
    }

    private static int distinctLines(long[] addresses, int active, int first, int end, int bytes) {
        long[] found = new long[2 * (end - first)];
        int count = 0;
        for (int lane = first; lane < end; lane++) {
            if ((active >> lane & 1) != 0) {
                found[count++] = addresses[lane] / LINE_BYTES;
                found[count++] = (addresses[lane] + bytes - 1) / LINE_BYTES;
            }
        }
        return distinct(found, count);
    }

    private static int turns(long[] addresses, int active, int first, int end, int bytes) {
        int words = Math.max(1, bytes / BANK_BYTES);
        long[] found = new long[words * (end - first)];
        int count = 0;
        for (int lane = first; lane < end; lane++) {
            for (int word = 0; word < words && (active >> lane & 1) != 0; word++) {
                found[count++] = addresses[lane] / BANK_BYTES + word;
            }
        }
        int[] banks = new int[BANKS];
        int most = 0;
        Arrays.sort(found, 0, count);
        for (int i = 0; i < count; i++) {
            if (i == 0 || found[i] != found[i - 1]) {
                most = Math.max(most, ++banks[(int) (found[i] % BANKS)]);
            }
        }
        return most;
    }

    private static int distinct(long[] values, int count) {
        Arrays.sort(values, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            distinct += i == 0 || values[i] != values[i - 1] ? 1 : 0;
        }
        return distinct;
    }
}
