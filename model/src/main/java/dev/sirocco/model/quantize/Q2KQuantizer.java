package dev.sirocco.model.quantize;

import java.nio.ByteBuffer;

/** Q2_K: 16 groups of 16 numbers of 2 bits, their scales and minimums of 4 bits, and the block's scales. */
record Q2KQuantizer() implements Quantizer {
    @Override
    public void quantize(float[] weights, int from, ByteBuffer block) {
        OffsetGroups fitted = OffsetGroups.fit(weights, from, 16, 3, 15);
        for (int g = 0; g < 16; g++) {
            block.put((byte) (fitted.scales()[g] | fitted.minimums()[g] << 4));
        }
        Packing.pairs(fitted.levels(), 0, block);
        block.putShort(Levels.float16(fitted.scale())).putShort(Levels.float16(fitted.minimum()));
    }
}
