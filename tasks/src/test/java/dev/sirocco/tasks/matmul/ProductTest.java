package dev.sirocco.tasks.matmul;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.StepState;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

/** The product kernels of every format, with activations exactly as the kernel gets them. */
@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class ProductTest {
    @Parameter
    KernelRunner runner;

    /** Activations as a kernel takes them, and the numbers that they stand for: (tokens, cols). */
    private record Activations(
            FloatArray floats,
            Int8Array integers,
            FloatArray scales,
            FloatArray sums,
            FloatArray halfSums,
            double[] values) {

        /** One token. */
        static Activations vector(WeightFormat format, int cols) {
            return format.quantizesActivations() ? integers(1, 1, cols) : floats(1, 1, cols);
        }

        /** A chunk in panels of 16 tokens. */
        static Activations panels(WeightFormat format, int batch, int cols) {
            return switch (format) {
                case F32, F16, BF16 -> floats(batch, 16, cols);
                case Q8_0, Q4_0 -> integers(batch, 16, cols);
                case Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS -> floats(batch, 16, cols);
            };
        }

        private static Activations floats(int batch, int lanes, int cols) {
            FloatArray x = gaussian(batch * cols, 21);
            FloatArray panels = poisoned(panels(batch, lanes) * lanes * cols);
            for (int t = 0; t < batch; t++) {
                for (int i = 0; i < cols; i++) {
                    panels.set((t / lanes * cols + i) * lanes + t % lanes, x.get(t * cols + i));
                }
            }
            return new Activations(
                    panels,
                    new Int8Array(1),
                    new FloatArray(1),
                    new FloatArray(1),
                    new FloatArray(1),
                    Samples.doubles(x));
        }

        private static Activations integers(int batch, int lanes, int cols) {
            int blocks = cols / 32;
            Int8Array integers = new Int8Array(panels(batch, lanes) * lanes * cols);
            FloatArray scales = poisoned(panels(batch, lanes) * lanes * blocks);
            FloatArray sums = poisoned(scales.getSize());
            FloatArray halfSums = poisoned(2 * scales.getSize());
            double[] values = new double[batch * cols];
            RandomGenerator random = Samples.random(23);
            for (int t = 0; t < batch; t++) {
                for (int b = 0; b < blocks; b++) {
                    int block = t / lanes * blocks + b;
                    float scale = (float) random.nextGaussian();
                    int[] halves = new int[2];
                    for (int i = 0; i < 32; i++) {
                        int q = random.nextInt(-127, 128);
                        integers.set(((block * 8 + i / 4) * lanes + t % lanes) * 4 + i % 4, (byte) q);
                        values[t * cols + b * 32 + i] = q * (double) scale;
                        halves[i / 16] += q;
                    }
                    scales.set(block * lanes + t % lanes, scale);
                    sums.set(block * lanes + t % lanes, scale * (halves[0] + halves[1]));
                    if (lanes == 1) {
                        halfSums.set(2 * block, scale * halves[0]);
                        halfSums.set(2 * block + 1, scale * halves[1]);
                    }
                }
            }
            return new Activations(new FloatArray(1), integers, scales, sums, halfSums, values);
        }

        private static int panels(int batch, int lanes) {
            return (batch - 1) / lanes + 1;
        }
    }

    /** Rows around the tile of four, columns around the blocks of 32: each shape is a kernel to compile. */
    Stream<Arguments> shapes() {
        int[][] any = {{1, 1}, {257, 33}, {3, 257}, {5, 31}};
        int[][] blocks = {{1, 1}, {66, 2}, {7, 11}, {5, 3}};
        return Stream.of(WeightFormat.values())
                .flatMap(format -> runner.sizes().ofMany(Arrays.asList(format.blockSize() == 1 ? any : blocks)).stream()
                        .filter(shape -> format.blockSize() < 256 || shape[1] < 10)
                        .map(shape -> Arguments.of(format, shape[0], shape[1] * format.blockSize())));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixVectorMatchesReference(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        Activations x = Activations.vector(format, cols);
        FloatArray out = poisoned(rows);
        runner.run(vector(matrix.tensor(), x, out, step(5, 1, 0), 0));
        assertProduct(matrix, x, out, 1, new double[rows]);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixMatrixMatchesReferenceForEveryFillingOfTheTiles(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        int batch = 35;
        Activations x = Activations.panels(format, batch, cols);
        for (int tokens : new int[] {0, 1, 7, 15, 16, 17, 32, 35}) {
            FloatArray out = poisoned(batch * rows);
            runner.run(matrix(matrix.tensor(), x, out, step(5, tokens, 0), 0));
            assertProduct(matrix, x, out, tokens, new double[batch * rows]);
            for (int i = tokens * rows; i < batch * rows; i++) {
                assertEquals(Samples.POISON, out.get(i), "element " + i + " belongs to no row of the step");
            }
        }
    }

    Stream<Arguments> shapesToAddTo() {
        return runner.sizes().of(shapes().toList()).stream();
    }

    @ParameterizedTest
    @MethodSource("shapesToAddTo")
    void accumulationAddsToTheOutput(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, 7);
        int batch = 18;
        Activations x = Activations.panels(format, batch, cols);
        FloatArray out = gaussian(batch * rows, 8);
        double[] before = Samples.doubles(out);
        runner.run(matrix(matrix.tensor(), x, out, step(0, batch, 0), 1));
        assertProduct(matrix, x, out, batch, before);

        x = Activations.vector(format, cols);
        out = gaussian(rows, 9);
        before = Samples.doubles(out);
        runner.run(vector(matrix.tensor(), x, out, step(0, 1, 0), 1));
        assertProduct(matrix, x, out, 1, before);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixVectorLeavesTheOutputAloneWithoutARow(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, 7);
        FloatArray out = poisoned(rows);
        IntArray step = step(0, 0, 0);
        assertEquals(0, step.get(StepState.ROWS));
        runner.run(vector(matrix.tensor(), Activations.vector(format, cols), out, step, 0));
        for (int i = 0; i < rows; i++) {
            assertEquals(Samples.POISON, out.get(i));
        }
    }

    private static void assertProduct(
            EncodedMatrix matrix, Activations x, FloatArray out, int tokens, double[] before) {
        int rows = matrix.tensor().rows();
        int cols = matrix.tensor().cols();
        for (int t = 0; t < tokens; t++) {
            for (int row = 0; row < rows; row++) {
                double expected = before[t * rows + row];
                double magnitude = Math.abs(expected);
                for (int i = 0; i < cols; i++) {
                    double term = matrix.value(row, i) * x.values()[t * cols + i];
                    expected += term;
                    magnitude += Math.abs(term);
                }
                assertNear(
                        expected,
                        out.get(t * rows + row),
                        Samples.sumTolerance(cols, 3 * magnitude), // nibbles are up to 15 before their offset goes
                        "token " + t + ", row " + row);
            }
        }
    }

    private static KernelCall vector(WeightTensor w, Activations x, FloatArray out, IntArray step, int accumulate) {
        int rows = w.rows();
        int cols = w.cols();
        return switch (w.format()) {
            case F32 ->
                KernelCall.of(
                        Float32Product::f32MatrixVector,
                        (FloatArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        rows,
                        cols,
                        accumulate);
            case F16 ->
                KernelCall.of(
                        Float16Product::f16MatrixVector,
                        (HalfFloatArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        rows,
                        cols,
                        accumulate);
            case BF16 ->
                KernelCall.of(
                        BFloat16Product::bf16MatrixVector,
                        (ShortArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        rows,
                        cols,
                        accumulate);
            case Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                KernelCall.of(
                        BlockProduct::blockMatrixVector,
                        (ByteArray) w.data(),
                        x.integers(),
                        x.scales(),
                        x.sums(),
                        x.halfSums(),
                        out,
                        step,
                        w.format().code(),
                        w.format().blockSize(),
                        w.format().blockBytes(),
                        rows,
                        cols,
                        accumulate);
            case Q8_0 ->
                KernelCall.of(
                        Q8Product::q8MatrixVector,
                        (ByteArray) w.data(),
                        x.integers(),
                        x.scales(),
                        out,
                        step,
                        rows,
                        cols,
                        accumulate);
            case Q4_0 ->
                KernelCall.of(
                        Q4Product::q4MatrixVector,
                        (ByteArray) w.data(),
                        x.integers(),
                        x.scales(),
                        x.sums(),
                        out,
                        step,
                        rows,
                        cols,
                        accumulate);
        };
    }

    private static KernelCall matrix(WeightTensor w, Activations x, FloatArray out, IntArray step, int accumulate) {
        int rows = w.rows();
        int cols = w.cols();
        return switch (w.format()) {
            case F32 ->
                KernelCall.of(
                        Float32Product::f32MatrixMatrix,
                        (FloatArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        (rows + 3) / 4,
                        rows,
                        cols,
                        accumulate);
            case F16 ->
                KernelCall.of(
                        Float16Product::f16MatrixMatrix,
                        (HalfFloatArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        (rows + 3) / 4,
                        rows,
                        cols,
                        accumulate);
            case BF16 ->
                KernelCall.of(
                        BFloat16Product::bf16MatrixMatrix,
                        (ShortArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        (rows + 3) / 4,
                        rows,
                        cols,
                        accumulate);
            case Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                KernelCall.of(
                        BlockProduct::blockMatrixMatrix,
                        (ByteArray) w.data(),
                        x.floats(),
                        out,
                        step,
                        w.format().code(),
                        w.format().blockSize(),
                        w.format().blockBytes(),
                        (rows + 3) / 4,
                        rows,
                        cols,
                        accumulate);
            case Q8_0 ->
                KernelCall.of(
                        Q8Product::q8MatrixMatrix,
                        (ByteArray) w.data(),
                        x.integers(),
                        x.scales(),
                        out,
                        step,
                        (rows + 3) / 4,
                        rows,
                        cols,
                        accumulate);
            case Q4_0 ->
                KernelCall.of(
                        Q4Product::q4MatrixMatrix,
                        (ByteArray) w.data(),
                        x.integers(),
                        x.scales(),
                        x.sums(),
                        out,
                        step,
                        (rows + 3) / 4,
                        rows,
                        cols,
                        accumulate);
        };
    }
}
