package dev.sirocco.tasks.workgroup;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.TensorDevices;
import dev.sirocco.tasks.matmul.EncodedMatrix;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import dev.sirocco.testing.BlockReference;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Products on tensor cores, with the very halves that they get, against sums in fp64. */
@ParameterizedClass
@MethodSource("runners")
class TensorProductsTest {
    @Parameter
    GroupRunner runner;

    static Stream<GroupRunner> runners() {
        return TensorDevices.all().map(GroupRunner::new);
    }

    /**
     * Rows that leave tiles and warps partly empty, columns that leave stages, tiles and parts so, odd ones among them;
     * no token, one, a tile that is full, and one more.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 3, 1",
        "5, 31, 18, 17",
        "19, 77, 9, 0",
        "33, 64, 8, 8",
        "130, 72, 4, 3",
        "128, 128, 64, 64",
        "7, 150, 66, 65",
    })
    void matchesSumsOfHalvesForEveryFilling(int rows, int cols, int batch, int tokens) {
        assertSumsOfHalves(WeightFormat.F16, rows, cols, batch, tokens, false);
        assertSumsOfHalves(WeightFormat.F16, rows, cols, batch, tokens, true);
    }

    /** Rows and columns that fill tiles and stages or do not, bf16 in odd numbers, blocks with half a stage left over. */
    @ParameterizedTest
    @CsvSource({
        "BF16, 19, 77, 9, 8",
        "BF16, 128, 64, 8, 8",
        "Q8_0, 5, 32, 9, 9",
        "Q8_0, 130, 96, 9, 8",
        "Q8_0, 256, 128, 9, 0",
        "Q8_0, 128, 64, 65, 65",
        "Q4_0, 130, 96, 9, 8",
        "Q4_0, 128, 128, 8, 7",
        "Q4_1, 7, 96, 8, 8",
        "Q5_0, 7, 96, 8, 8",
        "Q5_1, 7, 96, 8, 8",
        "IQ4_NL, 7, 96, 8, 8",
        "Q2_K, 9, 256, 8, 8",
        "Q3_K, 9, 256, 8, 8",
        "Q4_K, 9, 512, 8, 8",
        "Q4_K, 128, 256, 8, 8",
        "Q5_K, 9, 256, 8, 8",
        "Q6_K, 9, 256, 8, 8",
        "IQ4_XS, 9, 256, 8, 8",
    })
    void matchesSumsOfHalvesOfOtherFormats(WeightFormat format, int rows, int cols, int batch, int tokens) {
        assertSumsOfHalves(format, rows, cols, batch, tokens, true);
    }

    /** A weight is one rounding from exact in fp32, so that its half is that of the nearest fp32. */
    private void assertSumsOfHalves(
            WeightFormat format, int rows, int cols, int batch, int tokens, boolean accumulate) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        FloatArray x = gaussian(batch * cols, 21);
        FloatArray out = accumulate ? gaussian(batch * rows, 8) : poisoned(batch * rows);
        double[] before = Samples.doubles(out);
        multiply(matrix.tensor(), x, batch, tokens, out, accumulate);
        for (int token = 0; token < batch; token++) {
            for (int row = 0; row < rows; row++) {
                int at = token * rows + row;
                if (token >= tokens) {
                    assertEquals(before[at], out.get(at), "token " + token + " is not in the step");
                    continue;
                }
                double sum = accumulate ? before[at] : 0;
                double magnitude = Math.abs(sum);
                for (int i = 0; i < cols; i++) {
                    double term = (double) half((float) matrix.value(row, i)) * half(x.get(token * cols + i));
                    sum += term;
                    magnitude += Math.abs(term);
                }
                double tolerance = Samples.sumTolerance(cols, magnitude);
                assertNear(sum, out.get(at), tolerance, "token " + token + ", row " + row);
            }
        }
    }

    /** Sums of whole numbers below 2^24, in whatever order and by whatever device, are exact. */
    @ParameterizedTest
    @EnumSource(names = {"Q8_0", "Q4_0"})
    void wholeNumbersAreMultipliedExactly(WeightFormat format) {
        int rows = 130;
        int cols = 160;
        int batch = 66;
        ByteArray blocks = new ByteArray(Math.toIntExact(format.sizeBytes(rows, cols)));
        RandomGenerator random = Samples.random(5);
        byte[] block = new byte[format.blockBytes()];
        int[] weights = new int[rows * cols];
        for (int b = 0; b < weights.length / format.blockSize(); b++) {
            random.nextBytes(block);
            block[0] = 0;
            block[1] = (byte) (random.nextBoolean() ? 0x40 : 0xC0); // 2 or -2
            for (int i = 0; i < block.length; i++) {
                blocks.set(b * block.length + i, block[i]);
            }
            for (int i = 0; i < format.blockSize(); i++) {
                weights[b * format.blockSize() + i] = (int) BlockReference.weight(format.name(), block, i);
            }
        }
        FloatArray x = new FloatArray(batch * cols);
        for (int i = 0; i < batch * cols; i++) {
            x.set(i, random.nextInt(-40, 41));
        }
        FloatArray out = poisoned(batch * rows);
        multiply(new WeightTensor("w", format, rows, cols, blocks), x, batch, batch, out, false);
        for (int token = 0; token < batch; token++) {
            for (int row = 0; row < rows; row++) {
                int sum = 0;
                for (int i = 0; i < cols; i++) {
                    sum += weights[row * cols + i] * (int) x.get(token * cols + i);
                }
                assertEquals(sum, out.get(token * rows + row), "token " + token + ", row " + row);
            }
        }
    }

    /** In a block with too large a scale, the largest weight that there can be is the largest half. */
    @ParameterizedTest
    @CsvSource({"Q8_0, 128", "Q4_0, 8", "Q4_1, 16"})
    void noWeightIsTooLargeForAHalf(WeightFormat format, int most) {
        int cols = format.blockSize();
        ByteArray blocks = new ByteArray(format.blockBytes());
        blocks.init((byte) -1);
        int header = format == WeightFormat.Q4_1 ? 4 : 2;
        for (int at = 0; at < header; at += 2) {
            blocks.set(at, (byte) 0xFF);
            blocks.set(at + 1, (byte) 0x7B); // 65504
        }
        FloatArray x = new FloatArray(2 * cols);
        x.init(0);
        x.set(cols - 1, 1);
        FloatArray out = poisoned(2);
        multiply(new WeightTensor("w", format, 1, cols, blocks), x, 2, 2, out, false);
        int integer = switch (format) {
            case Q8_0 -> -1;
            case Q4_0 -> 7;
            default -> 15 + 1; // with a minimum that is as large as the scale
        };
        assertEquals(half(integer * 65504f / most), out.get(0));
    }

    private void multiply(
            WeightTensor weight, FloatArray values, int batch, int tokens, FloatArray out, boolean accumulate) {
        GroupInput x = GroupInput.allocate(batch, weight.cols());
        x.values().getSegment().copyFrom(values.getSegment());
        TensorProducts products =
                TensorProducts.allocate(batch, weight.cols(), TensorProducts.sums(batch, weight.rows()));
        products.packed().init(0x7E007E00); // not a number, where nothing is written
        List<Object> arrays = new ArrayList<>(x.arrays());
        arrays.addAll(products.arrays());
        arrays.addAll(List.of(weight.data(), out));
        runner.run(step(5, tokens, 0), batch, arrays, graph -> {
            products.pack(graph, "pack", x);
            products.add(graph, "product", weight, out, accumulate);
        });
    }

    @Test
    void packsTokensInTilesOfColumnsAndPairs() {
        int batch = 66;
        int cols = 70;
        GroupInput x = GroupInput.allocate(batch, cols);
        for (int i = 0; i < batch * cols; i++) {
            x.values().set(i, i % 2000 - 1000f);
        }
        x.values().set(3, 1e9f); // too large for a half
        TensorProducts products = TensorProducts.allocate(batch, cols, TensorProducts.sums(batch, 1));
        EncodedMatrix matrix = EncodedMatrix.random("w", WeightFormat.F16, 1, cols, 1, 1);
        FloatArray out = new FloatArray(batch);
        List<Object> arrays = new ArrayList<>(x.arrays());
        arrays.addAll(products.arrays());
        arrays.addAll(List.of(matrix.tensor().data(), out));
        runner.run(step(0, batch, 0), batch, arrays, graph -> {
            products.pack(graph, "pack", x);
            products.add(graph, "product", matrix.tensor(), out, false);
        });
        for (int token = 0; token < 128; token++) {
            for (int column = 0; column < 128; column++) {
                int tile = (token / 64 * 2 + column / 64) * 32 + column % 64 / 16 * 8 + token % 64 / 8;
                int word = products.packed().get(tile * 64 + column % 16 * 4 + token % 8 / 2);
                float value = column >= cols ? 0 : x.values().get(Math.min(token, batch - 1) * cols + column);
                float actual = Float.float16ToFloat((short) (token % 2 == 0 ? word : word >> 16));
                assertEquals(half(value), actual, "token " + token + ", column " + column);
            }
        }
    }

    /** {@return the half that is nearest, at most the largest} */
    private static float half(float value) {
        return Math.clamp(Float.float16ToFloat(Float.floatToFloat16(value)), -65504f, 65504f);
    }
}
