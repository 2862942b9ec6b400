package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q8_0: a scale d and 32 numbers q of 8 bits; a weight is d · q. */
record Q8Quantizer() implements Quantizer {
    private static final Levels LEVELS = Levels.from(-128, 127);

    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        for (int index : SmallBlock.putScale(LEVELS, weights, from, block)) {
            block.put((byte) LEVELS.value(index));
        }
    }
}
