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
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
        EncodedMatrix matrix = EncodedMatrix.random("w", WeightFormat.F16, rows, cols, 1, rows * 1000L + cols);
        GroupInput x = GroupInput.allocate(batch, cols);
        x.values().getSegment().copyFrom(gaussian(batch * cols, 21).getSegment());
        for (boolean accumulate : new boolean[] {false, true}) {
            FloatArray out = accumulate ? gaussian(batch * rows, 8) : poisoned(batch * rows);
            double[] before = Samples.doubles(out);
            TensorProducts products = TensorProducts.allocate(batch, cols, TensorProducts.sums(batch, rows));
            products.packed().init(0x7E007E00); // not a number, where nothing is written
            List<Object> arrays = new ArrayList<>(x.arrays());
            arrays.addAll(products.arrays());
            arrays.addAll(List.of(matrix.tensor().data(), out));
            runner.run(step(5, tokens, 0), batch, arrays, graph -> {
                products.pack(graph, "pack", x);
                products.add(graph, "product", matrix.tensor(), out, accumulate);
            });
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
                        double term = matrix.value(row, i) * half(x.values().get(token * cols + i));
                        sum += term;
                        magnitude += Math.abs(term);
                    }
                    double tolerance = Samples.sumTolerance(cols, magnitude);
                    assertNear(sum, out.get(at), tolerance, "token " + token + ", row " + row);
                }
            }
        }
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
        return Math.min(65504f, Float.float16ToFloat(Float.floatToFloat16(value)));
    }
}
