package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.Samples;
import dev.sirocco.testing.BlockReference;
import dev.sirocco.testing.RandomBlock;
import java.util.random.RandomGenerator;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/**
 * A random matrix in a weight format together with exactly the numbers that it stands for. Quantised bytes take every
 * value that they can have, and scales both signs.
 *
 * @param tensor what kernels read
 * @param values (rows, cols)
 */
public record EncodedMatrix(WeightTensor tensor, double[] values) {

    /** {@return a matrix whose elements have about the given standard deviation} */
    public static EncodedMatrix random(
            String name, WeightFormat format, int rows, int cols, double deviation, long seed) {
        RandomGenerator random = Samples.random(seed);
        double[] values = new double[rows * cols];
        return switch (format) {
            case F32 -> {
                FloatArray data = new FloatArray(rows * cols);
                for (int i = 0; i < values.length; i++) {
                    data.set(i, (float) (deviation * random.nextGaussian()));
                    values[i] = data.get(i);
                }
                yield new EncodedMatrix(new WeightTensor(name, format, rows, cols, data), values);
            }
            case F16 -> {
                HalfFloatArray data = new HalfFloatArray(rows * cols);
                for (int i = 0; i < values.length; i++) {
                    short half = Float.floatToFloat16((float) (deviation * random.nextGaussian()));
                    data.set(i, new HalfFloat(half));
                    values[i] = Float.float16ToFloat(half);
                }
                yield new EncodedMatrix(new WeightTensor(name, format, rows, cols, data), values);
            }
            case BF16 -> {
                ShortArray data = new ShortArray(rows * cols);
                for (int i = 0; i < values.length; i++) {
                    int bits = Float.floatToIntBits((float) (deviation * random.nextGaussian())) >> 16;
                    data.set(i, (short) bits);
                    values[i] = Float.intBitsToFloat(bits << 16);
                }
                yield new EncodedMatrix(new WeightTensor(name, format, rows, cols, data), values);
            }
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> {
                ByteArray data = new ByteArray(Math.toIntExact(format.sizeBytes(rows, cols)));
                int size = format.blockSize();
                for (int b = 0; b < values.length / size; b++) {
                    byte[] block = RandomBlock.of(format.name(), size, format.blockBytes(), deviation, random);
                    for (int i = 0; i < block.length; i++) {
                        data.set(b * block.length + i, block[i]);
                    }
                    for (int i = 0; i < size; i++) {
                        values[b * size + i] = BlockReference.weight(format.name(), block, i);
                    }
                }
                yield new EncodedMatrix(new WeightTensor(name, format, rows, cols, data), values);
            }
        };
    }

    /** {@return the element at a row and a column} */
    public double value(int row, int col) {
        return values[row * tensor.cols() + col];
    }
}
