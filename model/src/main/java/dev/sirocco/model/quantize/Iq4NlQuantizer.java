package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** IQ4_NL: a scale d and 32 indices of 4 bits; a weight is d times a level of a table. */
record Iq4NlQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        Packing.nibbles(SmallBlock.putScale(Levels.IQ4, weights, from, block), 0, block);
    }
}
