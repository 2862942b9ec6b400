package dev.sirocco.tasks.feedforward;

import static dev.sirocco.tasks.Samples.assertNear;
import static dev.sirocco.tasks.Samples.gaussian;
import static dev.sirocco.tasks.Samples.poisoned;
import static dev.sirocco.tasks.Samples.step;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sirocco.tasks.KernelCall;
import dev.sirocco.tasks.KernelRunner;
import dev.sirocco.tasks.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class SwiGluTest {
    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 31", "3, 2, 33", "5, 5, 257", "2, 0, 3"})
    void matchesReferenceForRowsOfTheStep(int batch, int rows, int ffnDim) {
        FloatArray gate = gaussian(batch * ffnDim, 1);
        FloatArray up = gaussian(batch * ffnDim, 2);
        FloatArray out = poisoned(batch * ffnDim);
        runner.run(KernelCall.of(SwiGlu::swiGlu, gate, up, out, step(3, rows, 0), batch, ffnDim));
        for (int i = 0; i < rows * ffnDim; i++) {
            assertGated(gate.get(i), up.get(i), out.get(i));
        }
        for (int i = rows * ffnDim; i < batch * ffnDim; i++) {
            assertEquals(Samples.POISON, out.get(i), "element " + i + " belongs to no row of the step");
        }
    }

    @Test
    void staysFiniteForLargeGates() {
        FloatArray gate = FloatArray.fromElements(-1e30f, -1000f, -90f, -80f, -20f, 0f, 20f, 90f, 1000f, 1e30f);
        FloatArray up = new FloatArray(gate.getSize());
        up.init(2f);
        FloatArray out = poisoned(gate.getSize());
        runner.run(KernelCall.of(SwiGlu::swiGlu, gate, up, out, step(0, 1, 0), 1, gate.getSize()));
        for (int i = 0; i < gate.getSize(); i++) {
            double expected = gate.get(i) / (1 + Math.exp(Math.min(80, -gate.get(i)))) * 2;
            assertNear(expected, out.get(i), 1e-5 * Math.abs(expected) + 1e-30, "gate " + gate.get(i));
        }
    }

    /** Eight roundings, and an exponential good to four units in the last place. */
    private static void assertGated(float gate, float up, float actual) {
        double expected = gate / (1 + Math.exp(-gate)) * up;
        assertNear(expected, actual, 16 * Samples.FLOAT_ROUNDING * Math.abs(expected), "gate " + gate + ", up " + up);
    }
}
