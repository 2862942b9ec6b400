package dev.sirocco.runtime.ptx;

import java.util.Arrays;
import java.util.List;

/**
 * Up to 32 threads that carry out the same instruction where they stand at the same one. Where they part, those that are
 * furthest behind go on, until they meet the others.
 */
final class PtxWarp {
    static final int LANES = 32;

    private final List<PtxStep> steps;
    private final PtxMemory memory;
    private final long[] parameters;
    private final int firstThread;
    private final int existing;
    private final long[][] slots;
    private final PtxCounts counts;
    private final int[] places = new int[LANES];

    /** Bit i: lane i has ended, waits for the group, or for others of the warp. */
    private int ended;

    private int atBarrier;
    private int held;
    private int warpBarriers;

    /**
     * @param firstThread the number of the first lane's thread in the group
     * @param threads     how many threads there are, at most 32
     * @param counts      what is counted in
     */
    PtxWarp(
            PtxModule module,
            List<PtxStep> steps,
            PtxMemory memory,
            long[] parameters,
            int firstThread,
            int threads,
            PtxCounts counts) {
        this.counts = counts;
        this.steps = steps;
        this.memory = memory;
        this.parameters = parameters;
        this.firstThread = firstThread;
        this.existing = threads == LANES ? -1 : (1 << threads) - 1;
        this.slots = new long[module.slots().count()][LANES];
        module.slots().constants().forEach(constant -> Arrays.fill(slots[constant.slot()], constant.value()));
    }

    long get(int slot, int lane) {
        return slots[slot][lane];
    }

    void set(int slot, int lane, long value) {
        slots[slot][lane] = value;
    }

    /** {@return a register of all lanes} The caller may change it. */
    long[] lanes(int slot) {
        return slots[slot];
    }

    /** Counts an access to memory that some lanes have. */
    void count(PtxMemory.Space space, long[] addresses, int active, int bytes) {
        counts.access(space, addresses, active, bytes);
    }

    long parameter(int index) {
        return parameters[index];
    }

    PtxMemory memory() {
        return memory;
    }

    /** {@return who accesses memory now} */
    long access(int lane) {
        return memory.access(firstThread + lane, warpBarriers);
    }

    /** Begins another group. */
    void start() {
        Arrays.fill(places, 0);
        ended = ~existing;
        atBarrier = 0;
        held = 0;
        warpBarriers = 0;
    }

    /** What the lanes that are given wrote and read is ordered before what they do next. */
    void passBarrier(int lanes) {
        if ((lanes & existing) == existing) {
            warpBarriers++;
        }
    }

    boolean isAtBarrier() {
        return atBarrier != 0;
    }

    boolean hasEndedInPart() {
        return (ended & existing) != 0;
    }

    void leaveBarrier() {
        atBarrier = 0;
    }

    /** Goes on until each lane has ended or waits for the group. */
    void run() {
        for (int runnable = ~(ended | atBarrier | held); runnable != 0; runnable = ~(ended | atBarrier | held)) {
            int place = Integer.MAX_VALUE;
            for (int lane = 0; lane < LANES; lane++) {
                if ((runnable >> lane & 1) != 0) {
                    place = Math.min(place, places[lane]);
                }
            }
            int lanes = 0;
            int others = Integer.MAX_VALUE;
            for (int lane = 0; lane < LANES; lane++) {
                if ((runnable >> lane & 1) != 0) {
                    if (places[lane] == place) {
                        lanes |= 1 << lane;
                    } else {
                        others = Math.min(others, places[lane]);
                    }
                }
            }
            run(place, lanes, others);
        }
        if (held != 0) {
            int lane = Integer.numberOfTrailingZeros(held);
            throw new PtxFault("lanes of the warp of thread " + firstThread + " wait for others that never come: "
                    + steps.get(places[lane]).source().text());
        }
    }

    /**
     * Carries out instructions for lanes that stand at the same one, until they part or come to where others stand.
     *
     * @param others the place of those that are the next ones on
     */
    private void run(int first, int start, int others) {
        int place = first;
        int lanes = start;
        while (place < others) {
            PtxStep step = steps.get(place);
            counts.instruction();
            int active = step.active(this, lanes);
            switch (step.kind()) {
                case COMPUTE -> {
                    compute(step, active);
                    place++;
                }
                case BRANCH -> {
                    if (active != lanes && active != 0) {
                        move(lanes & ~active, place + 1);
                        move(active, step.target());
                        return;
                    }
                    place = active == 0 ? place + 1 : step.target();
                }
                case EXIT -> {
                    ended |= active;
                    lanes &= ~active;
                    place++;
                    if (lanes == 0) {
                        return;
                    }
                }
                case BARRIER -> {
                    atBarrier |= active;
                    move(active, place + 1);
                    return;
                }
                case EXCHANGE -> {
                    int here = active | heldAt(place);
                    int asked = step.target() < 0 ? -1 : (int) get(step.target(), Integer.numberOfTrailingZeros(here));
                    if (step.target() < 0 && existing != -1) {
                        throw new PtxFault("a warp of less than 32 threads at "
                                + step.source().text());
                    }
                    if ((here & ~asked) != 0) {
                        throw new PtxFault("a lane that is not in the mask takes part in "
                                + step.source().text());
                    }
                    if ((asked & ~ended & ~here) != 0) {
                        held |= active;
                        move(active, place);
                        return;
                    }
                    held &= ~here;
                    lanes = here;
                    compute(step, here);
                    place++;
                }
                default -> throw step.source().unknown();
            }
        }
        move(lanes, place);
    }

    private void compute(PtxStep step, int active) {
        try {
            step.operation().run(this, active);
        } catch (PtxFault fault) {
            throw fault.at(step.source().text() + ", a thread of " + firstThread + " to " + (firstThread + LANES - 1));
        }
    }

    private int heldAt(int place) {
        int found = 0;
        for (int lane = 0; lane < LANES; lane++) {
            found |= places[lane] == place ? held & 1 << lane : 0;
        }
        return found;
    }

    private void move(int lanes, int place) {
        for (int lane = 0; lane < LANES; lane++) {
            if ((lanes >> lane & 1) != 0) {
                places[lane] = place;
            }
        }
    }
}
