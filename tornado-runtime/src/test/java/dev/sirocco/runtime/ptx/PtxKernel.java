package dev.sirocco.runtime.ptx;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** A kernel that the virtual card can run. */
public final class PtxKernel {
    private static final String[] AXES = {"x", "y", "z"};

    private final PtxModule module;
    private final List<PtxStep> steps;

    private PtxKernel(PtxModule module) {
        this.module = module;
        this.steps = module.instructions().stream()
                .map(i -> PtxStep.of(i, module.labels()))
                .toList();
    }

    /**
     * {@return the kernel of a PTX text}
     *
     * @throws PtxFault when it has what the virtual card does not know
     */
    public static PtxKernel of(byte[] ptx) {
        return new PtxKernel(PtxModule.of(ptx));
    }

    /**
     * Runs the kernel, one group after the other.
     *
     * @param groups how many groups there are along each of the three axes
     * @param sizes  the threads of a group along each axis
     * @param arrays in the order of its parameters
     * @return what it asked of a multiprocessor
     * @throws PtxFault when it does what a card would not, or would do otherwise each time
     */
    public PtxCounts run(List<Long> groups, List<Long> sizes, List<MemorySegment> arrays) {
        List<Long> made = module.groupSize().stream().map(Long::valueOf).toList();
        if (!made.equals(sizes) || arrays.size() != module.parameters()) {
            throw new PtxFault("made for groups of " + made + " and " + module.parameters() + " arrays, not " + sizes
                    + " and " + arrays.size());
        }
        int threads = module.groupSize().stream().reduce(1, Math::multiplyExact);
        long[] parameters = arrays.stream().mapToLong(MemorySegment::address).toArray();
        PtxMemory memory = new PtxMemory(module, threads, arrays);
        PtxCounts counts = new PtxCounts();
        List<PtxWarp> warps = new ArrayList<>();
        for (int first = 0; first < threads; first += PtxWarp.LANES) {
            PtxWarp warp = new PtxWarp(
                    module, steps, memory, parameters, first, Math.min(PtxWarp.LANES, threads - first), counts);
            setThreadIds(warp, first);
            warps.add(warp);
        }
        long number = 0;
        for (long z = 0; z < groups.get(2); z++) {
            for (long y = 0; y < groups.get(1); y++) {
                for (long x = 0; x < groups.get(0); x++) {
                    memory.enter(number++);
                    long[] id = {x, y, z};
                    for (int axis = 0; axis < AXES.length; axis++) {
                        for (PtxWarp warp : warps) {
                            setAll(warp, "%ctaid." + AXES[axis], id[axis]);
                        }
                    }
                    runGroup(warps, memory);
                }
            }
        }
        memory.end();
        return counts;
    }

    private void setThreadIds(PtxWarp warp, int first) {
        int sizeX = module.groupSize().get(0);
        int sizeY = module.groupSize().get(1);
        for (int lane = 0; lane < PtxWarp.LANES; lane++) {
            int thread = first + lane;
            int[] id = {thread % sizeX, thread / sizeX % sizeY, thread / (sizeX * sizeY)};
            for (int axis = 0; axis < AXES.length; axis++) {
                int slot = module.slots().find("%tid." + AXES[axis]);
                if (slot >= 0) {
                    warp.set(slot, lane, id[axis]);
                }
            }
        }
    }

    private void setAll(PtxWarp warp, String name, long value) {
        int slot = module.slots().find(name);
        for (int lane = 0; lane < PtxWarp.LANES && slot >= 0; lane++) {
            warp.set(slot, lane, value);
        }
    }

    private static void runGroup(List<PtxWarp> warps, PtxMemory memory) {
        warps.forEach(PtxWarp::start);
        while (true) {
            warps.forEach(PtxWarp::run);
            if (warps.stream().noneMatch(PtxWarp::isAtBarrier)) {
                return;
            }
            if (warps.stream().anyMatch(PtxWarp::hasEndedInPart)) {
                throw new PtxFault("threads of a group wait at a barrier that others never reach");
            }
            warps.forEach(PtxWarp::leaveBarrier);
            memory.barrier();
        }
    }
}
