package dev.sirocco.runtime.ptx;

/** Instructions in which the lanes of a warp work together. */
final class PtxExchanges {
    private static final int WHOLE_SEGMENT = 31;
    private static final int ROWS = 8;
    private static final int ROW_BYTES = 16;

    /** Of a long. */
    private static final int HALVES = 4;

    private PtxExchanges() {}

    /**
     * {@return what an instruction does}
     *
     * @throws PtxFault when it is not known
     */
    static PtxOperation of(PtxInstruction i) {
        String name = String.join(".", i.parts());
        return switch (name) {
            case "bar.warp.sync" -> (warp, active) -> warp.passBarrier(active);
            case "shfl.sync.down.b32" -> shuffleDown(i);
            case "ldmatrix.sync.aligned.m8n8.x2.shared.b16",
                    "ldmatrix.sync.aligned.m8n8.x4.shared.b16",
                    "ldmatrix.sync.aligned.m8n8.x2.trans.shared.b16",
                    "ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16" -> loadMatrices(i);
            case "mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32" -> multiply(i);
            default -> throw i.unknown();
        };
    }

    /** {@return where an instruction says which lanes take part, or -1 where all do} */
    static int members(PtxInstruction i) {
        return switch (i.name()) {
            case "bar" -> i.slot(0);
            case "shfl" -> i.slot(4);
            default -> -1;
        };
    }

    private static PtxOperation shuffleDown(PtxInstruction i) {
        int d = i.slot(0);
        int a = i.slot(1);
        int distance = i.slot(2);
        int limit = i.slot(3);
        return (warp, active) -> {
            long[] given = new long[PtxWarp.LANES];
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                given[lane] = warp.get(a, lane);
            }
            for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                if ((active >> lane & 1) == 0) {
                    continue;
                }
                if (warp.get(limit, lane) != WHOLE_SEGMENT) {
                    throw i.unknown();
                }
                int from = lane + (int) warp.get(distance, lane);
                int source = from < PtxWarp.LANES ? from : lane;
                if ((active >> source & 1) == 0) {
                    throw new PtxFault("lane " + lane + " asks lane " + source + ", which takes no part");
                }
                warp.set(d, lane, given[source]);
            }
        };
    }

    /** The first eight lanes give the addresses of the first matrix's rows, the next eight those of the next one's. */
    private static PtxOperation loadMatrices(PtxInstruction i) {
        int[] to = i.slots(0);
        PtxOperand.Address from = i.address(1);
        boolean transposed = i.has("trans");
        int given = to.length * ROWS == PtxWarp.LANES ? -1 : (1 << to.length * ROWS) - 1;
        return (warp, active) -> {
            long[] places = new long[PtxWarp.LANES];
            for (int lane = 0; lane < ROWS * to.length; lane++) {
                places[lane] = warp.get(from.base().index(), lane) + from.offset();
            }
            warp.count(PtxMemory.Space.SHARED, places, given, ROW_BYTES);
            for (int matrix = 0; matrix < to.length; matrix++) {
                short[][] rows = new short[ROWS][ROWS];
                for (int row = 0; row < ROWS; row++) {
                    int lane = matrix * ROWS + row;
                    long address = PtxTransfers.aligned(places[lane], ROW_BYTES);
                    for (int column = 0; column < ROWS; column += HALVES) {
                        long halves = warp.memory()
                                .load(
                                        PtxMemory.Space.SHARED,
                                        address + (long) Short.BYTES * column,
                                        Long.BYTES,
                                        warp.access(lane),
                                        false);
                        for (int k = 0; k < HALVES; k++) {
                            rows[row][column + k] = (short) (halves >> k * Short.SIZE);
                        }
                    }
                }
                for (int lane = 0; lane < PtxWarp.LANES; lane++) {
                    warp.set(to[matrix], lane, WarpModel.matrix(rows, lane, transposed) & 0xFFFF_FFFFL);
                }
            }
        };
    }

    private static PtxOperation multiply(PtxInstruction i) {
        int[] sums = i.slots(0);
        int[] left = i.slots(1);
        int[] right = i.slots(2);
        int[] before = i.slots(3);
        return (warp, active) -> WarpModel.multiply(
                registers(warp, left), registers(warp, right), registers(warp, before), registers(warp, sums));
    }

    private static long[][] registers(PtxWarp warp, int[] slots) {
        long[][] registers = new long[slots.length][];
        for (int k = 0; k < slots.length; k++) {
            registers[k] = warp.lanes(slots[k]);
        }
        return registers;
    }
}
