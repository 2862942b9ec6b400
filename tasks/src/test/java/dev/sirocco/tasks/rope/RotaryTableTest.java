package dev.sirocco.tasks.rope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class RotaryTableTest {
    @Test
    void turnsPairsByFallingFrequencies() {
        FloatArray rotation = new FloatArray(2 * 4);
        new RotaryTable(4, 100.0).fill(rotation, 3, 2);
        assertEquals((float) Math.cos(3), rotation.get(0));
        assertEquals((float) Math.sin(3), rotation.get(1));
        assertEquals((float) Math.cos(0.3), rotation.get(2), 1e-7);
        assertEquals((float) Math.sin(0.3), rotation.get(3), 1e-7);
        assertEquals((float) Math.cos(4), rotation.get(4));
        assertEquals((float) Math.sin(0.4), rotation.get(7), 1e-7);
    }

    @Test
    void keepsItsAccuracyAtFarPositions() {
        FloatArray rotation = new FloatArray(2);
        int position = 1 << 24; // the next odd position is no fp32 number
        new RotaryTable(2, 1e4).fill(rotation, position + 1, 1);
        assertEquals(Math.cos(position + 1.0), rotation.get(0), 1e-7);
        assertEquals(Math.sin(position + 1.0), rotation.get(1), 1e-7);
    }

    @Test
    void refusesWhatCannotBeRotated() {
        assertThrows(IllegalArgumentException.class, () -> new RotaryTable(5, 1e4));
        assertThrows(IllegalArgumentException.class, () -> new RotaryTable(4, 0));
        assertThrows(IllegalArgumentException.class, () -> new RotaryTable(4, Double.NaN));
    }
}
