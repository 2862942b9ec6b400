package dev.sirocco.runtime.hosted;

import dev.sirocco.runtime.codegen.Groups;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The work-items of one group, and what their code asks of them. */
final class HostedGroup {
    /** Kinds of ids, as the code asks for them. */
    static final int LOCAL = 0;

    static final int GROUP = 1;
    static final int GLOBAL = 2;

    /**
     * Addresses of {@code int id(int kind, int axis)}, {@code void barrier()}, {@code int shuffle(int, int)}, {@code
     * void warpBarrier()}, {@code void loadMatrices(long row, int count, int transposed, long out)}, {@code void
     * multiply(long registers, long out)}.
     */
    static final MemorySegment FUNCTIONS = functions();

    /** Far longer than any test: a barrier that some items never reach. */
    private static final int PATIENCE_SECONDS = 60;

    private record Item(HostedGroup group, Groups groups, long[] groupId, int item) {}

    private static final ThreadLocal<Item> CURRENT = new ThreadLocal<>();

    /** Work-items that run in step on NVIDIA's cards. */
    private static final int WARP = 32;

    private final CyclicBarrier barrier;
    private final CyclicBarrier[] warps;
    private final int[] exchanged;
    private final long[] rows;
    private final int[][] registers;

    HostedGroup(int threads) {
        this.barrier = new CyclicBarrier(threads);
        this.warps = new CyclicBarrier[Math.ceilDiv(threads, WARP)];
        for (int i = 0; i < warps.length; i++) {
            warps[i] = new CyclicBarrier(Math.min(WARP, threads - i * WARP));
        }
        this.exchanged = new int[threads];
        this.rows = new long[threads];
        this.registers = new int[threads][];
    }

    /** Says which work-item the calling thread is from now on. */
    void enter(Groups groups, long[] groupId, int item) {
        CURRENT.set(new Item(this, groups, groupId, item));
    }

    void await() {
        await(barrier);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException missing) {
            throw new IllegalStateException("a work-item never reaches a barrier: " + missing);
        }
    }

    private static int id(int kind, int axis) {
        Item current = CURRENT.get();
        Groups groups = current.groups;
        long x = groups.sizes().get(0);
        long y = groups.sizes().get(1);
        long local = switch (axis) {
            case 0 -> current.item % x;
            case 1 -> current.item / x % y;
            default -> current.item / (x * y);
        };
        return Math.toIntExact(
                switch (kind) {
                    case LOCAL -> local;
                    case GROUP -> current.groupId[axis];
                    default -> current.groupId[axis] * groups.sizes().get(axis) + local;
                });
    }

    private static void barrier() {
        CURRENT.get().group.await();
    }

    private static void warpBarrier() {
        Item current = CURRENT.get();
        await(current.group.warps[current.item / WARP]);
    }

    /** {@return the value that the item {@code distance} further in the same 32 gives; its own past their end} */
    private static int shuffle(int value, int distance) {
        Item current = CURRENT.get();
        HostedGroup group = current.group;
        group.exchanged[current.item] = value;
        warpBarrier();
        int from = current.item % WARP + distance < WARP ? current.item + distance : current.item;
        int given = group.exchanged[Math.min(from, group.exchanged.length - 1)];
        warpBarrier();
        return given;
    }

    /**
     * Loads matrices of 8 × 8 halves; the warp's first eight items give the first one's rows, the next eight the
     * next one's.
     */
    private static void loadMatrices(long row, int count, int transposed, long out) {
        Item current = CURRENT.get();
        HostedGroup group = current.group;
        int warp = current.item / WARP * WARP;
        group.rows[current.item] = row;
        warpBarrier();
        MemorySegment loaded = ints(out, count);
        for (int matrix = 0; matrix < count; matrix++) {
            int first = warp + 8 * matrix;
            int word = WarpModel.matrix(
                    Arrays.copyOfRange(group.rows, first, first + 8), current.item - warp, transposed != 0);
            loaded.setAtIndex(ValueLayout.JAVA_INT, matrix, word);
        }
        warpBarrier();
    }

    /** Multiplies what the warp's items give in their registers: left, right, sums. */
    private static void multiply(long registers, long out) {
        Item current = CURRENT.get();
        HostedGroup group = current.group;
        int warp = current.item / WARP * WARP;
        group.registers[current.item] = ints(registers, WarpModel.LEFT + WarpModel.RIGHT + WarpModel.SUMS)
                .toArray(ValueLayout.JAVA_INT);
        warpBarrier();
        MemorySegment sums = ints(out, WarpModel.SUMS);
        int[][] all = Arrays.copyOfRange(group.registers, warp, warp + WARP);
        for (int i = 0; i < WarpModel.SUMS; i++) {
            sums.setAtIndex(ValueLayout.JAVA_INT, i, WarpModel.sum(all, current.item - warp, i));
        }
        warpBarrier();
    }

    @SuppressWarnings("restricted")
    private static MemorySegment ints(long address, int count) {
        return MemorySegment.ofAddress(address).reinterpret((long) Integer.BYTES * count);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment functions() {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            MemorySegment table = Arena.global().allocate(ValueLayout.ADDRESS, 6);
            MethodType two = MethodType.methodType(int.class, int.class, int.class);
            FunctionDescriptor twoInts =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            Linker linker = Linker.nativeLinker();
            table.setAtIndex(
                    ValueLayout.ADDRESS,
                    0,
                    linker.upcallStub(lookup.findStatic(HostedGroup.class, "id", two), twoInts, Arena.global()));
            table.setAtIndex(
                    ValueLayout.ADDRESS,
                    1,
                    linker.upcallStub(
                            lookup.findStatic(HostedGroup.class, "barrier", MethodType.methodType(void.class)),
                            FunctionDescriptor.ofVoid(),
                            Arena.global()));
            table.setAtIndex(
                    ValueLayout.ADDRESS,
                    2,
                    linker.upcallStub(lookup.findStatic(HostedGroup.class, "shuffle", two), twoInts, Arena.global()));
            table.setAtIndex(
                    ValueLayout.ADDRESS,
                    3,
                    linker.upcallStub(
                            lookup.findStatic(HostedGroup.class, "warpBarrier", MethodType.methodType(void.class)),
                            FunctionDescriptor.ofVoid(),
                            Arena.global()));
            table.setAtIndex(
                    ValueLayout.ADDRESS,
                    4,
                    linker.upcallStub(
                            lookup.findStatic(
                                    HostedGroup.class,
                                    "loadMatrices",
                                    MethodType.methodType(void.class, long.class, int.class, int.class, long.class)),
                            FunctionDescriptor.ofVoid(
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG),
                            Arena.global()));
            table.setAtIndex(
                    ValueLayout.ADDRESS,
                    5,
                    linker.upcallStub(
                            lookup.findStatic(
                                    HostedGroup.class,
                                    "multiply",
                                    MethodType.methodType(void.class, long.class, long.class)),
                            FunctionDescriptor.ofVoid(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                            Arena.global()));
            return table;
        } catch (ReflectiveOperationException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
