package dev.sirocco.runtime.ptx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/** What the threads of one group after the other can reach: the kernel's arrays, the group's memory, and their own. */
final class PtxMemory {
    /** Kinds of memory, as PTX names them. */
    enum Space {
        GLOBAL,
        SHARED,
        LOCAL,
        GENERIC
    }

    /** Where memory of threads and of groups is seen by accesses that name no kind. Arrays are far below. */
    static final long LOCAL_WINDOW = 1L << 60;

    static final long SHARED_WINDOW = 1L << 61;

    private static final class Array {
        private final MemorySegment bytes;
        private PtxAccesses accesses;
        private boolean isRead;

        private Array(MemorySegment bytes) {
            this.bytes = bytes;
        }
    }

    private final List<Array> arrays;
    private final boolean[] isShared;
    private final MemorySegment shared;
    private final PtxAccesses sharedAccesses;
    private final MemorySegment local;
    private final int localBytes;
    private final int smallestAccess;
    private long group;
    private int barriers;
    private Array last;

    PtxMemory(PtxModule module, int threads, List<MemorySegment> arrays) {
        this.arrays = arrays.stream().map(Array::new).toList();
        this.isShared = module.isShared();
        this.shared = MemorySegment.ofArray(new byte[module.sharedBytes()]);
        this.sharedAccesses = new PtxAccesses(module.sharedBytes(), module.smallestAccess("shared"));
        this.smallestAccess = module.smallestAccess("global");
        this.localBytes = module.localBytes();
        this.local = MemorySegment.ofArray(new byte[localBytes * threads]);
    }

    /** A new group begins, whose memory nobody has written. */
    void enter(long next) {
        group = next;
        barriers = 0;
        sharedAccesses.clear();
    }

    /** The group's threads have met. */
    void barrier() {
        barriers++;
    }

    /** {@return who accesses memory now} */
    long access(int thread, int warpBarriers) {
        return PtxAccess.of(group, barriers, warpBarriers, thread);
    }

    /**
     * {@return the bits at an address}
     *
     * @param unchanged whether the kernel says that nobody writes the array
     */
    long load(Space space, long address, int bytes, long now, boolean unchanged) {
        switch (space) {
            case GLOBAL -> {
                Array array = array(address, bytes);
                int at = (int) (address - array.bytes.address());
                if (unchanged) {
                    array.isRead = true;
                } else {
                    accesses(array).read(at, bytes, now);
                }
                return get(array.bytes, at, bytes);
            }
            case SHARED -> {
                int at = shared(address, bytes);
                if (!sharedAccesses.isWritten(at, bytes)) {
                    throw new PtxFault("reads memory of the group at " + at + " that nobody has written");
                }
                sharedAccesses.read(at, bytes, now);
                return get(shared, at, bytes);
            }
            case LOCAL -> {
                return get(local, local(address, bytes, now), bytes);
            }
            default -> {
                return load(space(address), inSpace(address), bytes, now, unchanged);
            }
        }
    }

    void store(Space space, long address, int bytes, long value, long now) {
        switch (space) {
            case GLOBAL -> {
                Array array = array(address, bytes);
                int at = (int) (address - array.bytes.address());
                accesses(array).write(at, bytes, now);
                set(array.bytes, at, bytes, value);
            }
            case SHARED -> {
                int at = shared(address, bytes);
                sharedAccesses.write(at, bytes, now);
                set(shared, at, bytes, value);
            }
            case LOCAL -> set(local, local(address, bytes, now), bytes, value);
            default -> store(space(address), inSpace(address), bytes, value, now);
        }
    }

    /** {@return what was at an address in global memory, to which a number is added in one step} */
    long add(long address, PtxType type, long addend) {
        Array array = array(address, type.bytes());
        int at = (int) (address - array.bytes.address());
        long old = get(array.bytes, at, type.bytes());
        set(
                array.bytes,
                at,
                type.bytes(),
                type.isReal() ? type.register(type.real(old) + type.real(addend)) : old + addend);
        return old;
    }

    /** Checks, when all groups have ended, that what was said to be unchanged is. */
    void end() {
        for (int i = 0; i < arrays.size(); i++) {
            Array array = arrays.get(i);
            if (array.isRead && array.accesses != null && array.accesses.isEverWritten()) {
                throw new PtxFault("array " + i + " is read by ld.global.nc, and written");
            }
        }
    }

    private Array array(long address, int bytes) {
        if (last == null || !contains(last, address, bytes)) {
            last = null;
            for (Array array : arrays) {
                if (contains(array, address, bytes)) {
                    last = array;
                }
            }
            if (last == null) {
                throw new PtxFault(bytes + " bytes at " + Long.toHexString(address) + " are outside of the arrays "
                        + arrays.stream()
                                .map(array -> Long.toHexString(array.bytes.address()) + "+" + array.bytes.byteSize())
                                .toList());
            }
        }
        return last;
    }

    private static boolean contains(Array array, long address, int bytes) {
        long at = address - array.bytes.address();
        return at >= 0 && at <= array.bytes.byteSize() - bytes;
    }

    private PtxAccesses accesses(Array array) {
        if (array.accesses == null) {
            array.accesses = new PtxAccesses(Math.toIntExact(array.bytes.byteSize()), smallestAccess);
        }
        return array.accesses;
    }

    /** Arrays have more between them than an access has bytes: its ends are in the same one. */
    private int shared(long address, int bytes) {
        if (address < 0
                || address > isShared.length - bytes
                || !isShared[(int) address]
                || !isShared[(int) address + bytes - 1]) {
            throw new PtxFault(bytes + " bytes at " + address + " are outside of the group's arrays");
        }
        return (int) address;
    }

    private int local(long address, int bytes, long now) {
        if (address < 0 || address > localBytes - bytes) {
            throw new PtxFault(bytes + " bytes at " + address + " are outside of the thread's own " + localBytes);
        }
        return (int) address + PtxAccess.thread(now) * localBytes;
    }

    private static Space space(long address) {
        return address >= SHARED_WINDOW ? Space.SHARED : address >= LOCAL_WINDOW ? Space.LOCAL : Space.GLOBAL;
    }

    private static long inSpace(long address) {
        return space(address) == Space.GLOBAL ? address : address & LOCAL_WINDOW - 1;
    }

    private static long get(MemorySegment memory, long at, int bytes) {
        return switch (bytes) {
            case 1 -> memory.get(ValueLayout.JAVA_BYTE, at) & 0xFFL;
            case 2 -> memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, at) & 0xFFFFL;
            case 4 -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, at) & 0xFFFF_FFFFL;
            default -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, at);
        };
    }

    private static void set(MemorySegment memory, long at, int bytes, long value) {
        switch (bytes) {
            case 1 -> memory.set(ValueLayout.JAVA_BYTE, at, (byte) value);
            case 2 -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, at, (short) value);
            case 4 -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, at, (int) value);
            default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, at, value);
        }
    }
}
