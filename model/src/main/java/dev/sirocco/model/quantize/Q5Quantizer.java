package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q5_0: a scale d and 32 numbers q of 5 bits; a weight is d · (q − 16). */
record Q5Quantizer() implements Quantizer {
    private static final Levels LEVELS = Levels.from(-16, 15);

    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        int[] q = SmallBlock.putScale(LEVELS, weights, from, block);
        Packing.fifthBits(q, block);
        Packing.nibbles(q, 0, block);
    }
}
