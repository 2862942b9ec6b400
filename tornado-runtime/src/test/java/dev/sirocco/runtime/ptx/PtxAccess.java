package dev.sirocco.runtime.ptx;

/**
 * Who accesses memory, and after which barriers, packed into a {@code long}: from the upper end, the group plus one, the
 * barriers that its threads have passed, those of the warp, and the thread. Zero is nobody.
 */
final class PtxAccess {
    private static final int THREAD_BITS = 11;
    private static final int BARRIER_BITS = 15;
    private static final int MANY = 1 << THREAD_BITS - 1;
    private static final int MANY_WARPS = (1 << THREAD_BITS) - 1;
    private static final long MANY_GROUPS = (1L << Long.SIZE - THREAD_BITS - 2 * BARRIER_BITS) - 1;
    private static final int WARP = PtxWarp.LANES;

    private PtxAccess() {}

    static long of(long group, int barriers, int warpBarriers, int thread) {
        if ((barriers | warpBarriers) >> BARRIER_BITS != 0 || group + 1 >= MANY_GROUPS) {
            throw new PtxFault("more barriers or groups than the virtual card counts");
        }
        return (((group + 1) << BARRIER_BITS | barriers) << BARRIER_BITS | warpBarriers) << THREAD_BITS | thread;
    }

    private static long group(long access) {
        return access >>> THREAD_BITS + 2 * BARRIER_BITS;
    }

    private static int barriers(long access) {
        return (int) (access >>> THREAD_BITS + BARRIER_BITS) & (1 << BARRIER_BITS) - 1;
    }

    private static int warpBarriers(long access) {
        return (int) (access >>> THREAD_BITS) & (1 << BARRIER_BITS) - 1;
    }

    static int thread(long access) {
        return (int) access & MANY_WARPS;
    }

    /** {@return the warp of a thread or of many threads of one warp} */
    private static int warp(int thread) {
        return thread >= MANY ? thread - MANY : thread / WARP;
    }

    /** {@return whether an access is sure to be over before one that comes later in this run begins} */
    static boolean precedes(long earlier, long now) {
        if (earlier == 0) {
            return true;
        }
        if (group(earlier) != group(now)) {
            return false;
        }
        int thread = thread(earlier);
        return barriers(earlier) < barriers(now)
                || thread == thread(now)
                || thread != MANY_WARPS
                        && warp(thread) == warp(thread(now))
                        && warpBarriers(earlier) < warpBarriers(now);
    }

    /** {@return all who read since the last barrier between them} */
    static long read(long earlier, long now) {
        if (precedes(earlier, now)) {
            return now;
        }
        if (group(earlier) != group(now)) {
            return MANY_GROUPS << THREAD_BITS + 2 * BARRIER_BITS | MANY_WARPS;
        }
        int thread = thread(earlier);
        boolean sameWarp = thread != MANY_WARPS && warp(thread) == warp(thread(now));
        return now & ~(long) MANY_WARPS | (sameWarp ? MANY + warp(thread) : MANY_WARPS);
    }
}
