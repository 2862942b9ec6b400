package dev.sirocco.tasks.matmul;

import dev.sirocco.tasks.Samples;
import java.util.random.RandomGenerator;
import uk.ac.manchester.tornado.api.types.HalfFloat;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;

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
            case Q8_0, Q4_0 -> {
                ByteArray data = new ByteArray(Math.toIntExact(format.sizeBytes(rows, cols)));
                for (int block = 0; block < values.length / 32; block++) {
                    int at = block * format.blockBytes();
                    double levels = format == WeightFormat.Q8_0 ? 74 : 4.6; // deviation of the integers
                    double scale = deviation / levels * random.nextDouble(0.5, 1.5) * (random.nextBoolean() ? 1 : -1);
                    short half = Float.floatToFloat16((float) scale);
                    data.set(at, (byte) half);
                    data.set(at + 1, (byte) (half >> 8));
                    for (int i = 0; i < format.blockBytes() - 2; i++) {
                        byte packed = (byte) random.nextInt(256);
                        data.set(at + 2 + i, packed);
                        if (format == WeightFormat.Q8_0) {
                            values[block * 32 + i] = Float.float16ToFloat(half) * (double) packed;
                        } else {
                            int bits = Byte.toUnsignedInt(packed);
                            values[block * 32 + i] = Float.float16ToFloat(half) * (double) (bits % 16 - 8);
                            values[block * 32 + i + 16] = Float.float16ToFloat(half) * (double) (bits / 16 - 8);
                        }
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
