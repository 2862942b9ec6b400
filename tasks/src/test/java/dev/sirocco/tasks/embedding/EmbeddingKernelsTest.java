package dev.sirocco.tasks.embedding;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import dev.sirocco.tasks.matmul.EncodedMatrix;
import dev.sirocco.tasks.matmul.WeightFormat;
import dev.sirocco.tasks.matmul.WeightTensor;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.HalfFloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class EmbeddingKernelsTest {
    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @CsvSource({"F32, 1", "F32, 33", "F16, 1", "F16, 31", "Q8_0, 32", "Q8_0, 96", "Q4_0, 32", "Q4_0, 96"})
    void decodesTheRowOfEachToken(WeightFormat format, int dim) {
        EncodedMatrix table = EncodedMatrix.random("token_embd", format, 7, dim, 1, 5);
        IntArray tokens = IntArray.fromElements(6, 0, 3, 3, -1);
        int rows = 4; // the fifth token belongs to no row of the step
        FloatArray out = poisoned(5 * dim);
        runner.run(lookup(table.tensor(), tokens, out, step(0, rows, 0), 5));
        for (int t = 0; t < rows; t++) {
            for (int i = 0; i < dim; i++) {
                double expected = table.value(tokens.get(t), i);
                assertNear(expected, out.get(t * dim + i), Math.abs(expected) * Samples.FLOAT_ROUNDING, "token " + t);
            }
        }
        for (int i = rows * dim; i < 5 * dim; i++) {
            assertEquals(Samples.POISON, out.get(i));
        }
    }

    private static KernelCall lookup(WeightTensor table, IntArray tokens, FloatArray out, IntArray step, int batch) {
        int dim = table.cols();
        return switch (table.format()) {
            case F32 ->
                KernelCall.of(EmbeddingKernels::f32Embedding, (FloatArray) table.data(), tokens, out, step, batch, dim);
            case F16 ->
                KernelCall.of(
                        EmbeddingKernels::f16Embedding, (HalfFloatArray) table.data(), tokens, out, step, batch, dim);
            case Q8_0 ->
                KernelCall.of(EmbeddingKernels::q8Embedding, (ByteArray) table.data(), tokens, out, step, batch, dim);
            case Q4_0 ->
                KernelCall.of(EmbeddingKernels::q4Embedding, (ByteArray) table.data(), tokens, out, step, batch, dim);
        };
    }
}
