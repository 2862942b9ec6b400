package dev.sirocco.tasks.matmul;

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
import uk.ac.manchester.tornado.api.types.arrays.Int8Array;

@ParameterizedClass
@MethodSource("dev.sirocco.tasks.KernelRunner#all")
class ActivationQuantizerTest {
    private static final byte UNTOUCHED = 77;

    @Parameter
    KernelRunner runner;

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 5", "3, 2, 3", "4, 0, 1"})
    void staysWithinHalfAScaleOfEveryActivation(int batch, int rows, int blocks) {
        FloatArray x = gaussian(batch * blocks * 32, 4);
        Int8Array values = new Int8Array(x.getSize());
        values.init(UNTOUCHED);
        FloatArray scales = poisoned(batch * blocks);
        FloatArray sums = poisoned(batch * blocks);
        FloatArray halfSums = poisoned(2 * batch * blocks);
        runner.run(KernelCall.of(
                ActivationQuantizer::quantizeRows, x, values, scales, sums, halfSums, step(1, rows, 0), batch, blocks));
        for (int b = 0; b < rows * blocks; b++) {
            double largest = 0;
            int largestInteger = 0;
            int[] halves = new int[2];
            for (int i = b * 32; i < b * 32 + 32; i++) {
                largest = Math.max(largest, Math.abs(x.get(i)));
                largestInteger = Math.max(largestInteger, Math.abs(values.get(i)));
                halves[i % 32 / 16] += values.get(i);
                double back = values.get(i) * (double) scales.get(b);
                assertNear(x.get(i), back, scales.get(b) * 0.5001, "element " + i);
            }
            double sum = (halves[0] + halves[1]) * (double) scales.get(b);
            assertNear(sum, sums.get(b), 1e-6 * Math.abs(sum), "sum " + b);
            for (int half = 0; half < 2; half++) {
                double halfSum = halves[half] * (double) scales.get(b);
                assertNear(halfSum, halfSums.get(2 * b + half), 1e-6 * Math.abs(halfSum), "half " + half + " of " + b);
            }
            assertNear(largest / 127, scales.get(b), 2 * Samples.FLOAT_ROUNDING * largest, "scale " + b);
            assertEquals(127, largestInteger, "the largest activation takes the largest integer");
        }
        for (int i = rows * blocks * 32; i < values.getSize(); i++) {
            assertEquals(UNTOUCHED, values.get(i), "element " + i + " belongs to no row of the step");
        }
    }

    @Test
    void keepsZerosAndPowersOfTwoExactly() {
        FloatArray x = new FloatArray(64);
        x.init(0f);
        for (int i = 0; i < 32; i++) {
            x.set(32 + i, (i % 2 == 0 ? 1 : -1) * (i % 3 == 0 ? 127f : i));
        }
        Int8Array values = new Int8Array(64);
        FloatArray scales = poisoned(2);
        runner.run(KernelCall.of(
                ActivationQuantizer::quantizeRows, x, values, scales, poisoned(2), poisoned(4), step(0, 1, 0), 1, 2));
        assertEquals(0f, scales.get(0), "a block of zeros");
        assertEquals(1f, scales.get(1));
        for (int i = 0; i < 64; i++) {
            assertEquals(x.get(i), values.get(i), "element " + i);
        }
    }

    @Test
    void roundsHalvesAwayFromZero() {
        FloatArray x = new FloatArray(32);
        x.init(0f);
        x.set(0, 127f);
        x.set(1, 2.5f);
        x.set(2, -2.5f);
        x.set(3, 3.5f);
        x.set(4, -0.49f);
        Int8Array values = new Int8Array(32);
        runner.run(KernelCall.of(
                ActivationQuantizer::quantizeRows,
                x,
                values,
                poisoned(1),
                poisoned(1),
                poisoned(2),
                step(0, 1, 0),
                1,
                1));
        assertEquals(127, values.get(0));
        assertEquals(3, values.get(1));
        assertEquals(-3, values.get(2));
        assertEquals(4, values.get(3));
        assertEquals(0, values.get(4));
    }

    @ParameterizedTest
    @CsvSource({"2, 2, 1", "16, 16, 3", "33, 20, 2", "20, 0, 3"})
    void panelsHoldTheSameIntegersAsRows(int batch, int rows, int blocks) {
        FloatArray x = gaussian(batch * blocks * 32, 2);
        for (int i = 0; i < 32; i++) {
            x.set(i, 0f); // a block without a scale
        }
        Int8Array rowValues = new Int8Array(x.getSize());
        FloatArray rowScales = new FloatArray(batch * blocks);
        FloatArray rowSums = new FloatArray(batch * blocks);
        ActivationQuantizer.quantizeRows(
                x, rowValues, rowScales, rowSums, new FloatArray(2 * batch * blocks), step(0, rows, 0), batch, blocks);

        int panels = ActivationPanels.count(batch);
        Int8Array values = new Int8Array(panels * blocks * 32 * 16);
        FloatArray scales = poisoned(panels * blocks * 16);
        FloatArray sums = poisoned(panels * blocks * 16);
        runner.run(KernelCall.of(
                ActivationQuantizer::quantizePanels, x, values, scales, sums, step(0, rows, 0), panels, blocks));
        for (int t = 0; t < panels * 16; t++) {
            for (int b = 0; b < blocks; b++) {
                int block = t / 16 * blocks + b;
                float scale = scales.get(block * 16 + t % 16);
                if (t >= rows) {
                    boolean untouched = t / 16 * 16 >= rows;
                    assertEquals(untouched ? Samples.POISON : 0f, scale, "token " + t + " is not in the step");
                    continue;
                }
                assertEquals(rowScales.get(t * blocks + b), scale, scale * 1e-6f);
                assertEquals(rowSums.get(t * blocks + b), sums.get(block * 16 + t % 16), scale * 1e-3f);
                for (int i = 0; i < 32; i++) {
                    int at = ((block * 8 + i / 4) * 16 + t % 16) * 4 + i % 4;
                    assertEquals(rowValues.get((t * blocks + b) * 32 + i), values.get(at), "token " + t + ", " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "20, 18, 3", "33, 16, 2", "17, 0, 1"})
    void roundedPanelsHoldWhatTheIntegersStandFor(int batch, int rows, int blocks) {
        FloatArray x = gaussian(batch * blocks * 32, 6);
        Int8Array integers = new Int8Array(x.getSize());
        FloatArray scales = new FloatArray(batch * blocks);
        ActivationQuantizer.quantizeRows(
                x,
                integers,
                scales,
                new FloatArray(batch * blocks),
                new FloatArray(2 * batch * blocks),
                step(0, rows, 0),
                batch,
                blocks);
        int panels = ActivationPanels.count(batch);
        FloatArray values = poisoned(panels * blocks * 32 * 16);
        runner.run(KernelCall.of(ActivationQuantizer::roundPanels, x, values, step(0, rows, 0), panels, blocks));
        int cols = blocks * 32;
        for (int t = 0; t < panels * 16; t++) {
            for (int i = 0; i < cols; i++) {
                float actual = values.get((t / 16 * cols + i) * 16 + t % 16);
                if (t < rows) {
                    float expected = integers.get(t * cols + i) * scales.get((t * cols + i) / 32);
                    assertEquals(expected, actual, Math.abs(expected) * 1e-6f, "token " + t + ", column " + i);
                } else {
                    boolean untouched = t / 16 * 16 >= rows;
                    assertEquals(untouched ? Samples.POISON : 0f, actual + 0f, "token " + t + " is not in the step");
                }
            }
        }
    }
}
