package dev.sirocco.benchmarks.random;

import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Arrays with random contents in memory, for kernels that are measured by themselves. */
public final class RandomArrays {
    private static final int PIECE_BLOCKS = 1 << 14;

    private RandomArrays() {}

    /** {@return a matrix with deviation 1/√cols} */
    public static WeightTensor matrix(WeightFormat format, int rows, int cols, long seed) {
        TornadoNativeArray data = format.allocate(format.sizeBytes(rows, cols));
        fill(data.getSegment(), format, (float) (1 / Math.sqrt(cols)), seed);
        return new WeightTensor(format + " " + rows + "x" + cols, format, rows, cols, data);
    }

    /** {@return values with mean 0 and deviation 1} */
    public static FloatArray floats(int size, long seed) {
        FloatArray values = new FloatArray(size);
        fill(values.getSegment(), WeightFormat.F32, 1, seed);
        return values;
    }

    /** Fills an array with values of a format, of mean 0. */
    public static void fill(TornadoNativeArray array, WeightFormat format, float deviation, long seed) {
        fill(array.getSegment(), format, deviation, seed);
    }

    private static void fill(MemorySegment target, WeightFormat format, float deviation, long seed) {
        SplitMix random = new SplitMix(seed);
        long step = (long) PIECE_BLOCKS * format.blockBytes();
        for (long at = 0; at < target.byteSize(); at += step) {
            ByteBuffer piece = target.asSlice(at, Math.min(step, target.byteSize() - at))
                    .asByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN);
            while (piece.hasRemaining()) {
                BlockFiller.fill(piece, format, random, 0, deviation);
            }
        }
    }
}
