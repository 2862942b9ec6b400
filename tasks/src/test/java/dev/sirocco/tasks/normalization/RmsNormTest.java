package dev.sirocco.tasks.normalization;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class RmsNormTest {
    private static final float EPSILON = 1e-5f;

    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 31, 33, 257, 4096})
    void matchesReferenceForOddLength(int dim) {
        int batch = 3;
        FloatArray x = gaussian(batch * dim, dim);
        FloatArray weight = gaussian(dim, dim + 1);
        FloatArray out = poisoned(batch * dim);
        runner.run(KernelCall.of(RmsNorm::rmsNorm, x, weight, out, step(9, batch, 0), batch, dim, EPSILON));
        for (int t = 0; t < batch; t++) {
            assertNormed(x, t, weight, out, t, dim);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "1, 4", "3, 2"})
    void writesOnlyTheRowsOfTheStep(int rows, int firstRow) {
        int batch = 5;
        int dim = 7;
        FloatArray x = gaussian(batch * dim, 11);
        FloatArray weight = gaussian(dim, 12);
        FloatArray out = poisoned(batch * dim);
        runner.run(KernelCall.of(RmsNorm::rmsNorm, x, weight, out, step(0, rows, firstRow), batch, dim, EPSILON));
        for (int t = 0; t < rows; t++) {
            assertNormed(x, firstRow + t, weight, out, t, dim);
        }
        for (int i = rows * dim; i < batch * dim; i++) {
            assertEquals(Samples.POISON, out.get(i), "element " + i + " belongs to no row of the step");
        }
    }

    private static void assertNormed(FloatArray x, int row, FloatArray weight, FloatArray out, int outRow, int dim) {
        double squares = 0;
        for (int i = 0; i < dim; i++) {
            squares += (double) x.get(row * dim + i) * x.get(row * dim + i);
        }
        double scale = 1 / Math.sqrt(squares / dim + EPSILON);
        for (int i = 0; i < dim; i++) {
            double expected = x.get(row * dim + i) * scale * weight.get(i);
            // The sum has only positive terms, so that its relative error is a sum's; five more roundings follow.
            double tolerance = Samples.sumTolerance(dim + 30, Math.abs(expected));
            assertNear(expected, out.get(outRow * dim + i), tolerance, "row " + outRow + ", element " + i);
        }
    }
}
