package dev.sirocco.tasks.rope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class RotaryTableTest {
    @Test
    void turnsPairsByFallingFrequencies() {
        FloatArray rotation = new FloatArray(2 * RotaryTable.length(4));
        new RotaryTable(4, plain(100.0)).fill(rotation, 3, 2);
        assertEquals((float) Math.cos(3), rotation.get(0));
        assertEquals((float) Math.sin(3), rotation.get(1));
        assertEquals((float) Math.cos(0.3), rotation.get(2), 1e-7);
        assertEquals((float) Math.sin(0.3), rotation.get(3), 1e-7);
        assertEquals(1f, rotation.get(4), "no temperature");
        assertEquals((float) Math.cos(4), rotation.get(5));
        assertEquals((float) Math.sin(0.4), rotation.get(8), 1e-7);
    }

    @Test
    void keepsItsAccuracyAtFarPositions() {
        FloatArray rotation = new FloatArray(RotaryTable.length(2));
        int position = 1 << 24; // the next odd position is no fp32 number
        new RotaryTable(2, plain(1e4)).fill(rotation, position + 1, 1);
        assertEquals(Math.cos(position + 1.0), rotation.get(0), 1e-7);
        assertEquals(Math.sin(position + 1.0), rotation.get(1), 1e-7);
    }

    @Test
    void refusesWhatCannotBeRotated() {
        assertThrows(IllegalArgumentException.class, () -> new RotaryTable(5, plain(1e4)));
        assertThrows(IllegalArgumentException.class, () -> plain(0));
        assertThrows(IllegalArgumentException.class, () -> plain(Double.NaN));
    }

    @Test
    void linearScalingStretchesAllPositions() {
        FloatArray rotation = new FloatArray(RotaryTable.length(4));
        Rotary rotary = new Rotary(100, RotaryPairs.ADJACENT, new RotaryScaling.Linear(4), QueryTemperature.NONE);
        new RotaryTable(4, rotary).fill(rotation, 8, 1);
        assertEquals(Math.cos(2), rotation.get(0), 1e-7);
        assertEquals(Math.sin(0.2), rotation.get(3), 1e-7);
    }

    @Test
    void yarnKeepsFastPairsAndStretchesSlowOnes() {
        // Ministral 3: theta 1e6, heads of 128, 16 times 16384 positions. The pair that turns 32 times in 16384 is
        // 128 · ln(16384 / 64π) / (2 · ln 1e6) = 20.38, and 36.43 is the one that turns once.
        RotaryScaling.Yarn yarn = new RotaryScaling.Yarn(16, 16384, 32, 1, RotaryScaling.Yarn.magnitude(16, 1, 1));
        assertEquals(1, yarn.magnitude());
        assertEquals(Math.pow(1e6, -40.0 / 128), yarn.frequency(20, 128, 1e6), 1e-15);
        double plain = Math.pow(1e6, -56.0 / 128);
        double along = (28 - 20) / (37.0 - 20);
        assertEquals(plain * (1 - along) + plain / 16 * along, yarn.frequency(28, 128, 1e6), 1e-15);
        assertEquals(Math.pow(1e6, -74.0 / 128) / 16, yarn.frequency(37, 128, 1e6), 1e-18);
    }

    @Test
    void yarnWithoutADivisorGrowsVectors() {
        assertEquals(1 + 0.1 * Math.log(16), RotaryScaling.Yarn.magnitude(16, 1, 0), 1e-15);
        assertEquals(1, RotaryScaling.Yarn.magnitude(1, 1, 0));
        FloatArray rotation = new FloatArray(RotaryTable.length(4));
        Rotary rotary =
                new Rotary(100, RotaryPairs.ADJACENT, new RotaryScaling.Yarn(2, 64, 32, 1, 1.5), QueryTemperature.NONE);
        new RotaryTable(4, rotary).fill(rotation, 0, 1);
        assertEquals(1.5f, rotation.get(0));
    }

    @Test
    void temperatureGrowsWithEachLengthOfTheOriginalContext() {
        QueryTemperature temperature = new QueryTemperature(0.1, 16);
        assertEquals(1, temperature.factor(15));
        assertEquals(1 + 0.1 * Math.log(2), temperature.factor(16), 1e-15);
        assertEquals(1 + 0.1 * Math.log(4), temperature.factor(63), 1e-15);
        assertEquals(1, QueryTemperature.NONE.factor(1 << 30));
    }

    private static Rotary plain(double theta) {
        return Rotary.of(theta, RotaryPairs.ADJACENT);
    }
}
