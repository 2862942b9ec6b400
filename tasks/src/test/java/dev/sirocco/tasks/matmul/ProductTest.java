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
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
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

/** The product kernels of every format, with activations exactly as the kernel gets them. */
@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class ProductTest {
    @Parameter
    KernelRunner runner;

    /** Activations of a chunk: floats, or integers with scales; and the numbers that they stand for. */
    private record Activations(FloatArray floats, Int8Array integers, FloatArray scales, double[] values) {
        static Activations random(WeightFormat format, int batch, int cols) {
            double[] values = new double[batch * cols];
            if (!format.quantizesActivations()) {
                FloatArray floats = gaussian(batch * cols, 21);
                return new Activations(floats, new Int8Array(1), new FloatArray(1), Samples.doubles(floats));
            }
            Int8Array integers = new Int8Array(batch * cols);
            FloatArray scales = gaussian(batch * cols / 32, 22);
            RandomGenerator random = Samples.random(23);
            for (int i = 0; i < values.length; i++) {
                integers.set(i, (byte) random.nextInt(-127, 128));
                values[i] = integers.get(i) * (double) scales.get(i / 32);
            }
            return new Activations(new FloatArray(1), integers, scales, values);
        }
    }

    static Stream<Arguments> shapes() {
        return Stream.of(WeightFormat.values()).flatMap(format -> {
            int[] widths = format.blockSize() == 1 ? new int[] {1, 3, 31, 33, 257} : new int[] {32, 64, 96, 352};
            return Stream.of(1, 5, 257)
                    .flatMap(
                            rows -> java.util.Arrays.stream(widths).mapToObj(cols -> Arguments.of(format, rows, cols)));
        });
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixVectorMatchesReference(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        Activations x = Activations.random(format, 1, cols);
        FloatArray out = poisoned(rows);
        runner.run(vector(matrix.tensor(), x, out, step(5, 1, 0), 0));
        assertProduct(matrix, x, out, 1, new double[rows]);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void matrixMatrixMatchesReferenceForEveryRemainderOfTheTile(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, rows * 1000L + cols);
        int batch = 11;
        Activations x = Activations.random(format, batch, cols);
        for (int tokens : new int[] {0, 1, 2, 3, 4, 7, 8, 11}) {
            FloatArray out = poisoned(batch * rows);
            runner.run(matrix(matrix.tensor(), x, out, step(5, tokens, 0), 0));
            assertProduct(matrix, x, out, tokens, new double[batch * rows]);
            for (int i = tokens * rows; i < batch * rows; i++) {
                assertEquals(Samples.POISON, out.get(i), "element " + i + " belongs to no row of the step");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void accumulationAddsToTheOutput(WeightFormat format, int rows, int cols) {
        EncodedMatrix matrix = EncodedMatrix.random("w", format, rows, cols, 1, 7);
        int batch = 6;
        Activations x = Activations.random(format, batch, cols);
        FloatArray out = gaussian(batch * rows, 8);
        double[] before = Samples.doubles(out);
        runner.run(matrix(matrix.tensor(), x, out, step(0, batch, 0), 1));
        assertProduct(matrix, x, out, batch, before);

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
        runner.run(vector(matrix.tensor(), Activations.random(format, 1, cols), out, step, 0));
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
                        Samples.sumTolerance(cols, magnitude),
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
                        rows,
                        cols,
                        accumulate);
            case Q4_0 ->
                KernelCall.of(
                        Q4Product::q4MatrixMatrix,
                        (ByteArray) w.data(),
                        x.integers(),
                        x.scales(),
                        out,
                        step,
                        rows,
                        cols,
                        accumulate);
        };
    }
}
