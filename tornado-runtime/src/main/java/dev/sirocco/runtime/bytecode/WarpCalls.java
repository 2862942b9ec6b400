package dev.sirocco.runtime.bytecode;

import dev.sirocco.runtime.ir.Op;
import dev.sirocco.runtime.ir.Type;
import dev.sirocco.runtime.ir.Type.Fragment;
import dev.sirocco.runtime.ir.Type.Scalar;
import dev.sirocco.runtime.ir.Type.Space;
import dev.sirocco.runtime.ir.Value;
import java.util.List;

/** The calls of a kernel's context that a warp makes together, for tiles of matrices, and what they become. */
final class WarpCalls {
    /** The shape of tiles of halves. */
    static final String SHAPE = "M16N8K16";

    /** Columns of a left tile and rows of a right one. */
    private static final int DEPTH = 16;

    private static final int ALIGNMENT = 16;

    private final GraphBuilder graph;

    WarpCalls(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Emits a call; {@code arguments} begin with the context. */
    Intrinsics.Outcome call(String name, List<Value> arguments) {
        return switch (name) {
            case "mmaFragment" ->
                new Intrinsics.Outcome.Result(graph.emit(Fragment.SUMS, new Op.Tile.Fill(arguments.get(1))));
            case "mmaLoadA" -> new Intrinsics.Outcome.Result(load(Fragment.LEFT, arguments));
            case "mmaLoadB" -> new Intrinsics.Outcome.Result(load(Fragment.RIGHT, arguments));
            case "mma" ->
                new Intrinsics.Outcome.Result(graph.emit(
                        Fragment.SUMS,
                        new Op.Tile.MultiplyAdd(
                                tile(Fragment.LEFT, arguments.get(1)),
                                tile(Fragment.RIGHT, arguments.get(2)),
                                tile(Fragment.SUMS, arguments.get(3)))));
            case "mmaStore" -> {
                graph.effect(new Op.Tile.Store(
                        tile(Fragment.SUMS, arguments.get(1)),
                        arguments.get(2),
                        arguments.get(3),
                        arguments.get(4),
                        arguments.get(5)));
                yield new Intrinsics.Outcome.Done();
            }
            default ->
                throw new Refusal("KernelContext." + name + " is not supported; of a warp's products there are those"
                        + " of halves: mmaFragment, mmaLoadA, mmaLoadB, mma and mmaStore");
        };
    }

    /** {@return an array whose elements a kernel reads or writes} */
    static Value noTile(Value array) {
        if (array.type() instanceof Fragment) {
            throw new Refusal("an element of a tile: where a work-item has which is the device's affair; write the tile"
                    + " with mmaStore and read that");
        }
        return array;
    }

    private Value load(Fragment kind, List<Value> arguments) {
        Value array = arguments.get(1);
        if (!array.type().equals(new Type.Array(Scalar.I32, Space.LOCAL))) {
            throw new Refusal("a tile is read from a local array of int; make one with allocateIntLocalArray");
        }
        if (literal(arguments.get(2)) != DEPTH) {
            throw new Refusal("a tile of halves has a depth of " + DEPTH + "; pass that literal");
        }
        Value offset = arguments.size() > 3 ? arguments.get(3) : graph.constant(Scalar.I32, 0L);
        long bytes = literal(offset);
        if (bytes >= 0 && bytes % ALIGNMENT != 0) {
            throw new Refusal("a tile at byte " + bytes + ": it must begin at a multiple of " + ALIGNMENT);
        }
        return graph.emit(kind, new Op.Tile.Load(kind, array, offset));
    }

    /** {@return a literal; −1 for a value that is none} */
    private long literal(Value value) {
        return graph.literal(value).map(Number::longValue).orElse(-1L);
    }

    private static Value tile(Fragment kind, Value value) {
        if (value.type() != kind) {
            throw new Refusal("a " + value.type() + " in place of a " + kind
                    + "; what mmaFragment, mmaLoadA, mmaLoadB and mma return is for these methods only");
        }
        return value;
    }
}
