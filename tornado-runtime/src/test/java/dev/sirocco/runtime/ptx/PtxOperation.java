package dev.sirocco.runtime.ptx;

/** What an instruction does. */
@FunctionalInterface
interface PtxOperation {
    /**
     * Carries it out.
     *
     * @param warp   whose registers and memory
     * @param active bit i says whether lane i takes part
     */
    void run(PtxWarp warp, int active);
}
