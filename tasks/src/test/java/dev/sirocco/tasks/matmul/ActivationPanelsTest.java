package dev.sirocco.tasks.matmul;

import static dev.sirocco.tasks.Samples.POISON;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class ActivationPanelsTest {
    private static final int LANES = ActivationPanels.LANES;

    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @CsvSource({"2, 2, 1", "16, 16, 33", "33, 20, 5", "40, 33, 7", "20, 0, 3"})
    void putsTheTokensOfAColumnSideBySide(int batch, int rows, int cols) {
        FloatArray x = gaussian(batch * cols, 1);
        int count = ActivationPanels.count(batch);
        FloatArray panels = poisoned(count * cols * LANES);
        runner.run(KernelCall.of(ActivationPanels::packPanels, x, panels, step(0, rows, 0), count, cols));
        for (int t = 0; t < count * LANES; t++) {
            for (int i = 0; i < cols; i++) {
                assertEquals(expected(x.get(Math.min(t, batch - 1) * cols + i), t, rows), at(panels, t, i, cols));
            }
        }
    }

    /** Tokens of the step, then zeros to the end of the last panel that has one, then nothing is written. */
    private static float expected(float value, int token, int rows) {
        if (token < rows) {
            return value;
        }
        return token / LANES * LANES < rows ? 0f : POISON;
    }

    private static float at(FloatArray panels, int token, int col, int cols) {
        return panels.get((token / LANES * cols + col) * LANES + token % LANES);
    }
}
