package dev.sirocco.runtime.ptx;

import java.util.List;

/** Instructions that load and store. */
final class PtxTransfers {
    private static final List<String> KNOWN =
            List.of("ld", "st", "global", "shared", "local", "nc", "v2", "v4", "relaxed", "weak", "volatile");

    private PtxTransfers() {}

    /**
     * {@return what an instruction does}
     *
     * @throws PtxFault when it is not known
     */
    static PtxOperation of(PtxInstruction i) {
        if (i.name().equals("atom")) {
            return add(i);
        }
        if (i.has("param")) {
            int to = i.slot(0);
            int parameter = i.address(1).base().index();
            return (warp, active) -> {
                for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                    if ((active >> lane & 1) != 0) {
                        warp.set(to, lane, warp.parameter((int) warp.get(parameter, lane)));
                    }
                }
            };
        }
        if (!KNOWN.containsAll(i.parts().subList(0, i.parts().size() - 1))) {
            throw i.unknown();
        }
        return i.name().equals("ld") ? load(i) : store(i);
    }

    private static PtxMemory.Space space(PtxInstruction i) {
        return i.has("global")
                ? PtxMemory.Space.GLOBAL
                : i.has("shared")
                        ? PtxMemory.Space.SHARED
                        : i.has("local") ? PtxMemory.Space.LOCAL : PtxMemory.Space.GENERIC;
    }

    private static PtxOperation load(PtxInstruction i) {
        PtxMemory.Space space = space(i);
        PtxType type = i.type();
        int[] to = i.slots(0);
        PtxOperand.Address from = i.address(1);
        boolean unchanged = i.has("nc");
        int bytes = type.bytes();
        return (warp, active) -> {
            long[] addresses = addresses(warp, active, from, bytes * to.length);
            warp.count(space, addresses, active, bytes * to.length);
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    long address = addresses[lane];
                    long now = warp.access(lane);
                    for (int k = 0; k < to.length; k++) {
                        long value = warp.memory().load(space, address + (long) k * bytes, bytes, now, unchanged);
                        warp.set(to[k], lane, type.isReal() ? value : type.number(value));
                    }
                }
            }
        };
    }

    private static PtxOperation store(PtxInstruction i) {
        PtxMemory.Space space = space(i);
        int bytes = i.type().bytes();
        PtxOperand.Address to = i.address(0);
        int[] from = i.slots(1);
        return (warp, active) -> {
            long[] addresses = addresses(warp, active, to, bytes * from.length);
            warp.count(space, addresses, active, bytes * from.length);
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    long address = addresses[lane];
                    long now = warp.access(lane);
                    for (int k = 0; k < from.length; k++) {
                        warp.memory().store(space, address + (long) k * bytes, bytes, warp.get(from[k], lane), now);
                    }
                }
            }
        };
    }

    private static PtxOperation add(PtxInstruction i) {
        if (!i.has("global") || !i.has("add")) {
            throw i.unknown();
        }
        PtxType type = i.type();
        int old = i.slot(0);
        PtxOperand.Address at = i.address(1);
        int base = at.base().index();
        int addend = i.slot(2);
        return (warp, active) -> {
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) != 0) {
                    long address = aligned(warp.get(base, lane) + at.offset(), type.bytes());
                    warp.set(old, lane, warp.memory().add(address, type, warp.get(addend, lane)));
                }
            }
        };
    }

    private static long[] addresses(PtxWarp warp, int active, PtxOperand.Address operand, int bytes) {
        long[] base = warp.lanes(operand.base().index());
        long[] addresses = new long[PtxWarp.LANES];
        for (int lane = 0; lane < PtxWarp.LANES; lane++) {
            if ((active >> lane & 1) != 0) {
                addresses[lane] = aligned(base[lane] + operand.offset(), bytes);
            }
        }
        return addresses;
    }

    static long aligned(long address, int bytes) {
        if (address % bytes != 0) {
            throw new PtxFault(
                    "an access of " + bytes + " bytes at " + Long.toHexString(address) + ", which is not a multiple");
        }
        return address;
    }
}
