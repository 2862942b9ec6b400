package uk.ac.manchester.tornado.api.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TornadoMathTest {
    private static final float[] POINTS = {-3.75f, -1f, -0.5f, 0f, 0.25f, 1f, 2.5f, 88f};

    @Test
    void roundsTheDoubleFunctionsToFloat() {
        for (float x : POINTS) {
            assertEquals((float) Math.exp(x), TornadoMath.exp(x));
            assertEquals((float) Math.sin(x), TornadoMath.sin(x));
            assertEquals((float) Math.cos(x), TornadoMath.cos(x));
            assertEquals((float) Math.tan(x), TornadoMath.tan(x));
            assertEquals((float) Math.tanh(x), TornadoMath.tanh(x));
            assertEquals((float) Math.sqrt(x), TornadoMath.sqrt(x));
            assertEquals((float) Math.log(x), TornadoMath.log(x));
            assertEquals((float) Math.floor(x), TornadoMath.floor(x));
            assertEquals((float) Math.ceil(x), TornadoMath.ceil(x));
            assertEquals((float) Math.pow(x, 3f), TornadoMath.pow(x, 3f));
            assertEquals(Math.exp((double) x), TornadoMath.exp((double) x));
            assertEquals(Math.tanh((double) x), TornadoMath.tanh((double) x));
            assertEquals(Math.pow(x, 0.5), TornadoMath.pow((double) x, 0.5));
        }
        assertEquals(10f, TornadoMath.log2(1024f));
        assertEquals(-3.0, TornadoMath.log2(0.125));
    }

    @Test
    void comparesEveryType() {
        assertEquals(-1f, TornadoMath.min(-1f, 2f));
        assertEquals(2.0, TornadoMath.max(-1.0, 2.0));
        assertEquals(-1, TornadoMath.min(-1, 2));
        assertEquals(1L << 40, TornadoMath.max(1L << 40, 2L));
        assertEquals((short) -5, TornadoMath.min((short) -5, (short) 5));
        assertEquals((byte) 5, TornadoMath.max((byte) -5, (byte) 5));
        assertEquals(Float.NaN, TornadoMath.max(Float.NaN, 1f));
        assertEquals(4, TornadoMath.abs(-4));
        assertEquals(4.5f, TornadoMath.abs(-4.5f));
        assertEquals((byte) 4, TornadoMath.abs((byte) -4));
    }

    @Test
    void clampsToItsBounds() {
        assertEquals(127, TornadoMath.clamp(300, -127, 127));
        assertEquals(-127, TornadoMath.clamp(-300, -127, 127));
        assertEquals(12, TornadoMath.clamp(12, -127, 127));
        assertEquals(0.5f, TornadoMath.clamp(0.5f, 0f, 1f));
        assertEquals(1.0, TornadoMath.clamp(7.0, 0.0, 1.0));
        assertEquals((byte) 3, TornadoMath.clamp((byte) 9, (byte) 1, (byte) 3));
    }
}
