package dev.sirocco.runtime.ptx;

import java.util.Map;

/**
 * An instruction, ready to be carried out.
 *
 * @param source    the instruction
 * @param kind      who decides what comes next
 * @param operation what it does, or null
 * @param guard     the slot of its predicate, or -1
 * @param target    where a branch goes, or where the lanes that take part are named, or -1
 */
record PtxStep(PtxInstruction source, Kind kind, PtxOperation operation, int guard, int target) {
    /** What an instruction means for the lanes that carry it out. */
    enum Kind {
        COMPUTE,
        BRANCH,
        EXIT,
        /** Lanes of a warp meet. */
        EXCHANGE,
        /** Threads of a group meet. */
        BARRIER
    }

    /**
     * {@return an instruction's step}
     *
     * @throws PtxFault when the virtual card does not know it
     */
    static PtxStep of(PtxInstruction i, Map<String, Integer> labels) {
        int guard = i.guard() == null ? -1 : i.guard().index();
        return switch (i.name()) {
            case "bra" -> {
                String label = ((PtxOperand.Label) i.operands().getFirst()).name();
                if (!labels.containsKey(label)) {
                    throw new PtxFault("no label " + label);
                }
                yield new PtxStep(i, Kind.BRANCH, null, guard, labels.get(label));
            }
            case "ret", "exit" -> new PtxStep(i, Kind.EXIT, null, guard, -1);
            case "bar" ->
                i.has("warp")
                        ? new PtxStep(i, Kind.EXCHANGE, PtxExchanges.of(i), unguarded(i), PtxExchanges.members(i))
                        : new PtxStep(groupBarrier(i), Kind.BARRIER, null, unguarded(i), -1);
            case "shfl", "ldmatrix", "mma" ->
                new PtxStep(i, Kind.EXCHANGE, PtxExchanges.of(i), unguarded(i), PtxExchanges.members(i));
            case "ld", "st", "atom" -> new PtxStep(i, Kind.COMPUTE, PtxTransfers.of(i), guard, -1);
            default -> new PtxStep(i, Kind.COMPUTE, PtxArithmetic.of(i), guard, -1);
        };
    }

    private static PtxInstruction groupBarrier(PtxInstruction i) {
        if (!i.text().equals("bar.sync 0")) {
            throw i.unknown();
        }
        return i;
    }

    private static int unguarded(PtxInstruction i) {
        if (i.guard() != null) {
            throw i.unknown();
        }
        return -1;
    }

    /** {@return which of some lanes carry it out} */
    int active(PtxWarp warp, int lanes) {
        if (guard < 0) {
            return lanes;
        }
        int holds = 0;
        for (int lane = 0; lane < PtxWarp.LANES; lane++) {
            holds |= (warp.get(guard, lane) != 0 ? 1 : 0) << lane;
        }
        return lanes & (source.negated() ? ~holds : holds);
    }
}
