package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q5_1: a scale d, a minimum m and 32 numbers q of 5 bits; a weight is d · q + m. */
record Q5OffsetQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        int[] q = SmallBlock.putOffset(31, weights, from, block);
        Packing.fifthBits(q, block);
        Packing.nibbles(q, 0, block);
    }
}
