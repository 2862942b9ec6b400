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
import java.util.List;
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
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.ShortArray;

@ParameterizedClass
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class EmbeddingKernelsTest {
    @Parameter
    KernelRunner runner;

    Stream<Arguments> tables() {
        return Stream.of(WeightFormat.values())
                .flatMap(format -> runner.sizes().ofMany(List.of(1, format.blockSize() == 1 ? 31 : 3)).stream()
                        .map(count -> Arguments.of(format, count * format.blockSize())));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void decodesTheRowOfEachToken(WeightFormat format, int dim) {
        EncodedMatrix table = EncodedMatrix.random("token_embd", format, 7, dim, 1, 5);
        IntArray tokens = IntArray.fromElements(6, 0, 3, 3, -1);
        int rows = 4; // the fifth token belongs to no row of the step
        FloatArray out = poisoned(5 * dim);
        runner.run(lookup(table.tensor(), tokens, out, step(0, rows, 0), 5));
        for (int t = 0; t < rows; t++) {
            for (int i = 0; i < dim; i++) {
                double expected = table.value(tokens.get(t), i);
                // Rounded once; formats with an offset round the product and the offset, whose sum may be small.
                double tolerance = format.blockSize() == 1 ? Math.abs(expected) * Samples.FLOAT_ROUNDING : 1e-6;
                assertNear(expected, out.get(t * dim + i), tolerance, "token " + t + ", element " + i);
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
            case BF16 ->
                KernelCall.of(
                        EmbeddingKernels::bf16Embedding, (ShortArray) table.data(), tokens, out, step, batch, dim);
            case Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q2_K, Q3_K, Q4_K, Q5_K, Q6_K, IQ4_NL, IQ4_XS ->
                KernelCall.of(
                        EmbeddingKernels::blockEmbedding,
                        (ByteArray) table.data(),
                        tokens,
                        out,
                        step,
                        table.format().code(),
                        table.format().blockSize(),
                        table.format().blockBytes(),
                        batch,
                        dim);
        };
    }
}
