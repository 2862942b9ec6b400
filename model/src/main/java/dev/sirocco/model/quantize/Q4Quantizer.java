package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q4_0: a scale d and 32 numbers q of 4 bits; a weight is d · (q − 8). */
record Q4Quantizer() implements Quantizer {
    private static final Levels LEVELS = Levels.from(-8, 7);

    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        Packing.nibbles(SmallBlock.putScale(LEVELS, weights, from, block), 0, block);
    }
}
