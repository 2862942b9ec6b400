package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q4_1: a scale d, a minimum m and 32 numbers q of 4 bits; a weight is d · q + m. */
record Q4OffsetQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        Packing.nibbles(SmallBlock.putOffset(15, weights, from, block), 0, block);
    }
}
